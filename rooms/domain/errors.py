"""What can go wrong in a room, in words of the domain; only doors turn them into status codes and frames."""


class RoomError(Exception):
    """Base of all below; its text is a sentence for people."""


class RoomUnknown(RoomError):
    """No such room, or not for this user: the two look the same."""


class RoomFull(RoomError):
    """The room has as many viewers as it may."""


class TooManyRooms(RoomError):
    """The user has as many rooms as one may have."""


class NotAVideo(RoomError):
    """The link leads to nothing that can be played here."""

"""What can go wrong in a room, in words of the domain; only doors turn them into status codes and frames."""


class RoomError(Exception):
    """Base of all below; its text is a sentence for people."""


class RoomUnknown(RoomError):
    """No such room, or not for this user: the two look the same."""


class RoomFull(RoomError):
    """The room has as many viewers as it may."""


class TooManyRooms(RoomError):
    """The user has as many rooms as one may have."""


class NoSpace(RoomError):
    """The store is nearly full: nothing new is kept."""


class NotAVideo(RoomError):
    """The link leads to nothing that can be played here."""


class NotReachable(RoomError):
    """A host that knows titles, lists or search does not tell them now."""


class ShelfFull(RoomError):
    """The user keeps as many videos there as one may."""


class PlaylistUnknown(RoomError):
    """No such playlist, or not for this user: the two look the same."""


class TooManyPlaylists(RoomError):
    """The user has as many playlists as one may have."""


class PlaylistFull(RoomError):
    """The playlist holds as many videos as it may."""


class ItemUnknown(RoomError):
    """The video is not in the playlist any more, or what was removed is not kept any more."""


class BadText(RoomError):
    """A name or a text that cannot be kept as it is."""


class Removed(RoomError):
    """The user was kicked out or banned."""


class Locked(RoomError):
    """Nobody new comes into the room."""


class Closed(RoomError):
    """The staff of the site has closed the room: nobody comes in, its host neither."""


class Refused(RoomError):
    """An act on a room or its chat that changes nothing: the protocol's reason, and ms to wait where that helps."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.wait = reason, wait

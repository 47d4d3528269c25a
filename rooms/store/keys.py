"""The keys of rooms in Redis. All keys of a room share one hash tag, so that a script touches one slot."""

import hashlib

NEXT_ROOM = "ww:seq:room"
INDEX = "ww:index:rooms"  # every room by the time it was made, for the staff
ACTIVE = "ww:index:active"  # every room by the time when somebody was there last, or it was made (Redis ms)


def room(room_id: int) -> str:
    """The record: owner, invite, queue, playback, recent op ids."""
    return f"ww:{{r:{room_id}}}:room"


def presence(room_id: int) -> str:
    """The leases of the sockets in the room, scored by their end in Redis time."""
    return f"ww:{{r:{room_id}}}:presence"


def states(room_id: int) -> str:
    """How the sockets in the room get on with the film, where that is not simply well: member to state."""
    return f"ww:{{r:{room_id}}}:states"


def guests(room_id: int) -> str:
    """Everybody who ever came in, with the network they came from last, in a form that tells no address."""
    return f"ww:{{r:{room_id}}}:guests"


def chat(room_id: int) -> str:
    """The chat: version, last number, the number up to which it is hidden, and a ring of messages."""
    return f"ww:{{r:{room_id}}}:chat"


def said(room_id: int) -> str:
    """The ids of the last messages, scored by their number: what is sent again counts once."""
    return f"ww:{{r:{room_id}}}:said"


def slow(room_id: int, user_id: int) -> str:
    """There while a viewer has to wait before the next message; it runs out by itself."""
    return f"ww:{{r:{room_id}}}:slow:{user_id}"


def log(room_id: int) -> str:
    """The room's log, the newest first."""
    return f"ww:{{r:{room_id}}}:log"


def all_of_room(room_id: int) -> list[str]:
    """Every key of a room that stays by itself."""
    return [key(room_id) for key in (room, presence, states, guests, chat, said, log)]


def rooms_of(user_id: int) -> str:
    """The rooms of a user by the time they were made."""
    return f"ww:{{u:{user_id}}}:rooms"


def hashed(key: str) -> str:
    """The SHA-256 by which an invite key is kept, so that a dump of the store opens no room."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def invite(key_hash: str) -> str:
    """From the hash of an invite key to its room."""
    return f"ww:invite:{key_hash}"


def profile(user_id: int) -> str:
    """The user's own record, which accounts keeps: whoever has none is gone."""
    return f"ww:{{u:{user_id}}}:profile"


def shelf(user_id: int, name: str) -> list[str]:
    """A shelf (liked, later, history): its rows by time, what they hold, and the rows by title."""
    return [f"ww:{{u:{user_id}}}:{name}{part}" for part in ("", ":items", ":titles")]


def no_history(user_id: int) -> str:
    """There while the user wants no history."""
    return f"ww:{{u:{user_id}}}:no-history"


def playlists(user_id: int) -> str:
    """The playlists of a user by the time of their last change."""
    return f"ww:{{u:{user_id}}}:playlists"


def playlist(user_id: int, playlist_id: str) -> str:
    """One playlist's record."""
    return f"ww:{{u:{user_id}}}:playlist:{playlist_id}"


def share(key_hash: str) -> str:
    """From the hash of a share key to "user:playlist"."""
    return f"ww:share:{key_hash}"


def is_room(key: str) -> bool:
    """Whether this is the key of a room's record."""
    return key.startswith("ww:{r:") and key.endswith("}:room")

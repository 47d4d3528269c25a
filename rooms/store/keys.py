"""The keys of rooms in Redis. All keys of a room share one hash tag, so that a script touches one slot."""

import hashlib

NEXT_ROOM = "ww:seq:room"
INDEX = "ww:index:rooms"  # every room by the time it was made, for the admin


def room(room_id: int) -> str:
    """The record: owner, invite, queue, playback, recent op ids."""
    return f"ww:{{r:{room_id}}}:room"


def presence(room_id: int) -> str:
    """The leases of the sockets in the room, scored by their end in Redis time."""
    return f"ww:{{r:{room_id}}}:presence"


def rooms_of(user_id: int) -> str:
    """The rooms of a user by the time they were made."""
    return f"ww:{{u:{user_id}}}:rooms"


def hashed(key: str) -> str:
    """The SHA-256 by which an invite key is kept, so that a dump of the store opens no room."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def invite(key_hash: str) -> str:
    """From the hash of an invite key to its room."""
    return f"ww:invite:{key_hash}"

"""Use cases of rooms: made, opened, listed, deleted. Loading is authorising: no room by its bare id."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace

from django.conf import settings

from rooms import broadcast
from rooms.domain.errors import RoomUnknown, TooManyRooms
from rooms.domain.playback import Playback, position_at
from rooms.domain.room import ROOMS_A_USER, Entry, Invite, Room
from rooms.domain.sources import parse
from rooms.store import keys
from rooms.store import presence as leases
from rooms.store import rooms as store


@dataclass(frozen=True, slots=True)
class Listed:
    """A room in its owner's list, with the position (seconds) at which it is or would come back."""

    room: Room
    position: float


async def add(owner: int, link: str) -> Room:
    """Make a room for the video behind a link. Raises NotAVideo, TooManyRooms."""
    video = parse(link, https_only=settings.HTTPS)
    if await store.count_of_owner(owner) >= ROOMS_A_USER:
        raise TooManyRooms(f"You have {ROOMS_A_USER} rooms, the most one can have. Delete one that you no longer need.")
    entry = Entry(secrets.token_hex(4), video.source, video.ref, video.title, start=video.start)
    nonce, epoch = secrets.token_hex(8), secrets.token_hex(4)

    def make(room_id: int, now: float) -> Room:
        return Room(
            id=room_id,
            owner=owner,
            created=now,
            epoch=epoch,
            invite=Invite(keys.hashed(_derive(settings.SECRET_KEY, room_id, nonce)), nonce),
            queue=(entry,),
            playback=Playback(entry.id, pos=entry.start, t=now),
        )

    return await store.create(make)


async def open_own(user: int, room_id: int) -> Room:
    """The room, for its owner alone. Raises RoomUnknown, for a stranger as for no room."""
    found = await store.load(room_id)
    if not found or found[0].owner != user:
        raise RoomUnknown("There is no such room here.")
    return found[0]


async def open_invited(key: str) -> Room:
    """The room that the invite key opens, for anyone. Raises RoomUnknown."""
    found = await store.by_invite(keys.hashed(key))
    if not found:
        raise RoomUnknown("This invite opens no room. Ask for a new one.")
    return found[0]


async def mine(user: int) -> list[Listed]:
    """The user's rooms, newest first. A film that plays on in an empty room stands where the last one left."""
    rooms, now = await store.of_owner(user)
    seen = await leases.last_seen([room.id for room in rooms])
    return [
        Listed(room, position_at(room.playback, min(now, last or 0.0), room.current.duration))
        for room, last in zip(rooms, seen, strict=True)
    ]


async def delete(user: int, room_id: int) -> Room:
    """Delete one's own room; its viewers are told. Raises RoomUnknown."""
    room = await open_own(user, room_id)
    await store.delete(room)
    await broadcast.publish_gone(room.id)
    return room


async def invite_key(room: Room) -> str:
    """The room's invite key, derived again from what is stored.

    Where the site's secret key was replaced without a fallback nothing stored leads to the old key:
    the room then gets a new one, and the old one is dead.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = _derive(secret, room.id, room.invite.nonce)
        if hmac.compare_digest(keys.hashed(key), room.invite.hash):
            return key
    key = _derive(settings.SECRET_KEY, room.id, room.invite.nonce)
    renewed = Invite(keys.hashed(key), room.invite.nonce)
    changed = await store.update(room.id, lambda room, now: replace(room, invite=renewed))
    if changed is None:
        raise RoomUnknown("There is no such room here.")
    await store.set_invite(changed)
    return key


def _derive(secret: str, room_id: int, nonce: str) -> str:
    """128 bits that only the holder of the secret key can derive: a dump of the store opens no room."""
    mac = hmac.digest(f"wewatch.invite:{secret}".encode(), f"{room_id}.{nonce}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(mac[:16]).rstrip(b"=").decode()

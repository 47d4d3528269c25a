"""Use cases of rooms: made, opened, listed, deleted. Loading is authorising: no room by its bare id."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.crypto import salted_hmac

from rooms import broadcast
from rooms.domain.door import Invite, NamedInvite, is_banned, opened, used
from rooms.domain.errors import Locked, Removed, RoomUnknown, TooManyRooms
from rooms.domain.playback import Playback, position_at
from rooms.domain.room import ROOMS_A_USER, Entry, Room
from rooms.domain.rules import with_
from rooms.domain.sources import parse
from rooms.store import keys
from rooms.store import presence as leases
from rooms.store import rooms as store
from wewatch.address import UNKNOWN

NO_ROOM = "This invite opens no room. Ask for a new one."


@dataclass(frozen=True, slots=True)
class Invited:
    """A room opened by an invite: by the key of this hash, a named one's or (None) the room's own."""

    room: Room
    key_hash: str
    invite: NamedInvite | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A room in its owner's list, with the position (seconds) at which it is or would come back."""

    room: Room
    position: float


async def add(owner: int, link: str) -> Room:
    """Make a room for the video behind a link. Raises NotAVideo, TooManyRooms."""
    entry = new_entry(link)
    if await store.count_of_owner(owner) >= ROOMS_A_USER:
        raise TooManyRooms(f"You have {ROOMS_A_USER} rooms, the most one can have. Delete one that you no longer need.")
    nonce, epoch = secrets.token_hex(8), secrets.token_hex(4)

    def make(room_id: int, now: float) -> Room:
        return Room(
            id=room_id,
            owner=owner,
            created=now,
            epoch=epoch,
            invite=Invite(keys.hashed(derive(room_id, nonce)), nonce),
            queue=(entry,),
            playback=Playback(entry.id, pos=entry.start, t=now),
        )

    return await store.create(make)


def new_entry(link: str) -> Entry:
    """An entry for the video behind a link. Raises NotAVideo."""
    video = parse(link, https_only=settings.HTTPS)
    return Entry(secrets.token_hex(4), video.source, video.ref, video.title, start=video.start)


async def open_own(user: int, room_id: int) -> Room:
    """The room, for its owner alone. Raises RoomUnknown, for a stranger as for no room."""
    found = await store.load(room_id)
    if not found or found[0].owner != user:
        raise RoomUnknown("There is no such room here.")
    return found[0]


async def open_invited(key: str, user: int, network: str) -> Invited:
    """The room that an invite key opens, for anyone who is not kept out; `network` as by `hidden`.

    Raises RoomUnknown, Removed, Locked.
    """
    key_hash = keys.hashed(key)
    found = await store.by_invite(key_hash)
    if not found:
        raise RoomUnknown(NO_ROOM)
    room, now = found
    invite = None if room.invite.hash == key_hash else opened(room.door, key_hash, user, now)
    if room.invite.hash != key_hash and invite is None:
        raise RoomUnknown(NO_ROOM)
    if user != room.owner:
        await _let_in(room, user, network, now)
    return Invited(room, key_hash, invite)


async def _let_in(room: Room, user: int, network: str, now: float) -> None:
    if is_banned(room.door, user, network, now):
        raise Removed("You were removed from this room.")
    if room.rules.locked and user not in room.rules.helpers and await leases.was_here(room.id, user) is None:
        raise Locked("The host has locked this room: nobody new comes in.")


async def come_in(invited: Invited, user: int) -> None:
    """Count the user among those who came by a named invite, in its role. Raises RoomUnknown where it ran out."""
    invite = invited.invite
    if invite is None or user in invite.users:
        return

    def decide(room: Room, now: float) -> Room:
        if opened(room.door, invite.hash, user, now) is None:
            raise RoomUnknown(NO_ROOM)
        helpers = with_(room.rules.helpers, user) if invite.role == "helper" else room.rules.helpers
        rules = replace(room.rules, helpers=helpers, v=room.rules.v + 1)
        return replace(room, door=used(room.door, invite.id, user), rules=rules)

    await store.update(invited.room.id, decide)
    await broadcast.publish_rules(invited.room.id)


def hidden(network: str) -> str:
    """A network in a form that tells no address, for comparing; '' where it is not known."""
    known = network not in {"", UNKNOWN}
    return salted_hmac("wewatch.network", network, algorithm="sha256").hexdigest()[:20] if known else ""


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
    """The room's own invite key.

    Where the site's secret key was replaced without a fallback nothing stored leads to the old key:
    the room then gets a new one, and the old one is dead.
    """
    key = known_key(room.id, room.invite)
    if key:
        return key
    key = derive(room.id, room.invite.nonce)
    renewed = Invite(keys.hashed(key), room.invite.nonce)
    changed = await store.update(room.id, lambda room, now: replace(room, invite=renewed))
    if changed is None:
        raise RoomUnknown("There is no such room here.")
    await store.set_invite(room.id, renewed.hash)
    return key


def known_key(room_id: int, invite: Invite | NamedInvite) -> str | None:
    """An invite's key, derived again from what is stored; None where the secret key it came from is gone."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = derive(room_id, invite.nonce, secret)
        if hmac.compare_digest(keys.hashed(key), invite.hash):
            return key
    return None


def derive(room_id: int, nonce: str, secret: str | None = None) -> str:
    """128 bits that only the holder of the secret key can derive: a dump of the store opens no room."""
    mac = hmac.digest(
        f"wewatch.invite:{secret or settings.SECRET_KEY}".encode(), f"{room_id}.{nonce}".encode(), hashlib.sha256
    )
    return base64.urlsafe_b64encode(mac[:16]).rstrip(b"=").decode()

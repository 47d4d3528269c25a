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
from rooms.domain.errors import Closed, Locked, NotAVideo, Removed, RoomUnknown, TooManyRooms
from rooms.domain.playback import Playback
from rooms.domain.playlists import Share
from rooms.domain.room import ROOMS_A_USER, Entry, Room
from rooms.domain.rules import with_
from rooms.domain.sources import Video
from rooms.services import space
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


async def start(owner: int, videos: list[Video]) -> Room:
    """Make a room whose queue holds all of the videos, in their order. Raises NotAVideo, NoSpace, TooManyRooms."""
    if not videos:
        raise NotAVideo("There is no video to start with. Add one first.")
    await space.needed()
    if await store.count_of_owner(owner) >= ROOMS_A_USER:
        raise TooManyRooms(f"You have {ROOMS_A_USER} rooms, the most one can have. Delete one that you no longer need.")
    nonce, epoch = secrets.token_hex(8), secrets.token_hex(4)
    queue = tuple(map(entry_of, videos))

    def make(room_id: int, now: float) -> Room:
        return Room(
            id=room_id,
            owner=owner,
            created=now,
            epoch=epoch,
            invite=Invite(keys.hashed(derive(room_id, nonce)), nonce),
            queue=queue,
            playback=Playback(queue[0].id, pos=queue[0].start, t=now),
        )

    return await store.create(make)


def entry_of(video: Video) -> Entry:
    """A new entry for a video."""
    return Entry(secrets.token_hex(4), video.source, video.ref, video.title, video.duration, start=video.start)


async def open_own(user: int, room_id: int) -> Room:
    """The room, for its owner alone. Raises RoomUnknown, for a stranger as for no room; Closed."""
    room = await _own(user, room_id)
    _refuse_closed(room)
    return room


async def _own(user: int, room_id: int) -> Room:
    found = await store.load(room_id)
    if not found or found[0].owner != user:
        raise RoomUnknown("There is no such room here.")
    return found[0]


def _refuse_closed(room: Room) -> None:
    if room.closed:
        raise Closed("The staff of this site has closed this room.")


async def open_invited(key: str, user: int, network: str) -> Invited:
    """The room that an invite key opens, for anyone who is not kept out; `network` as by `hidden`.

    Raises RoomUnknown, Closed, Removed, Locked.
    """
    key_hash = keys.hashed(key)
    found = await store.by_invite(key_hash)
    if not found:
        raise RoomUnknown(NO_ROOM)
    room, now = found
    invite = None if room.invite.hash == key_hash else opened(room.door, key_hash, user, now)
    if room.invite.hash != key_hash and invite is None:
        raise RoomUnknown(NO_ROOM)
    _refuse_closed(room)
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


async def delete(user: int, room_id: int) -> Room:
    """Delete one's own room. Raises RoomUnknown."""
    room = await _own(user, room_id)
    await remove(room)
    return room


async def remove(room: Room) -> None:
    """Delete a room, whoever may have decided so; its viewers are told."""
    await store.delete(room)
    await broadcast.publish_gone(room.id)


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


def known_key(of: int | str, known: Invite | NamedInvite | Share, purpose: str = "invite") -> str | None:
    """A key, derived again from what is stored; None where the secret key that it came from is gone."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = derive(of, known.nonce, secret, purpose)
        if hmac.compare_digest(keys.hashed(key), known.hash):
            return key
    return None


def derive(of: int | str, nonce: str, secret: str | None = None, purpose: str = "invite") -> str:
    """128 bits that only the holder of the secret key can derive: a dump of the store opens nothing."""
    mac = hmac.digest(
        f"wewatch.{purpose}:{secret or settings.SECRET_KEY}".encode(), f"{of}.{nonce}".encode(), hashlib.sha256
    )
    return base64.urlsafe_b64encode(mac[:16]).rstrip(b"=").decode()

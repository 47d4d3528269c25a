"""Use cases of the site's staff on any room: close, stop, remove people, delete. Its viewers are told live."""

import secrets
from dataclasses import replace

from accounts import services as accounts
from accounts.identity import Account
from rooms import broadcast
from rooms.domain import manage as rules
from rooms.domain.errors import Refused, RoomUnknown
from rooms.domain.events import event
from rooms.domain.manage import Manage
from rooms.domain.playback import stopped
from rooms.domain.room import Room
from rooms.services import chat
from rooms.services import rooms as services
from rooms.services.change import change
from rooms.store import presence as guests
from rooms.store import rooms as store

STAFF = Account(rules.STAFF, "", "The staff", "sand")  # as a room's log names it; which of them, the admin's log knows


async def close(room_id: int) -> None:
    """Send everybody away and let nobody in, the host neither. Raises RoomUnknown, Refused."""
    await _shut(room_id, closed=True)


async def reopen(room_id: int) -> None:
    """Let in again whoever the room lets in. Raises RoomUnknown, Refused."""
    await _shut(room_id, closed=False)


async def _shut(room_id: int, closed: bool) -> None:
    seen = []

    def decide(room: Room, now: float) -> Room:
        seen[:] = [now]
        return rules.shut(room, closed)

    await change(room_id, decide)
    await chat.note(room_id, event("close" if closed else "reopen", seen[0], STAFF))
    await broadcast.publish_rules(room_id)


async def stop(room_id: int) -> None:
    """Pause the film where it begins. Raises RoomUnknown."""
    seen = []

    def decide(room: Room, now: float) -> Room:
        seen[:] = [now]
        return replace(room, playback=stopped(room.playback, room.current.start, now))

    await change(room_id, decide)
    await chat.note(room_id, event("stop", seen[0], STAFF))


async def kick(room_id: int, user: int) -> None:
    """Keep somebody out for ten minutes. Raises RoomUnknown, Refused (the host, or nobody who ever was here)."""
    await _remove(room_id, "kick", user)


async def ban(room_id: int, user: int) -> None:
    """Keep somebody out for good. Raises RoomUnknown, Refused (the host, or nobody who ever was here)."""
    await _remove(room_id, "ban", user)


async def _remove(room_id: int, kind: str, user: int) -> None:
    network = await guests.was_here(room_id, user)
    if network is None:
        raise Refused("unknown")
    act, seen = Manage(kind, user=user, ban=secrets.token_hex(4)), []
    if kind == "ban":
        act = replace(act, network=network, newest=await accounts.newest())

    def decide(room: Room, now: float) -> Room:
        seen[:] = [now]
        return rules.by_staff(room, act, now)

    await change(room_id, decide)
    await broadcast.publish_rules(room_id)
    await chat.note(room_id, event(kind, seen[0], STAFF, (user, await _name(user))))


async def lift(room_id: int, ban_id: str) -> None:
    """Let somebody back in who was kicked or banned. Raises RoomUnknown, Refused."""
    seen = []

    def decide(room: Room, now: float) -> Room:
        seen[:] = [now, next((ban.user for ban in room.door.bans if ban.id == ban_id), None)]
        return rules.by_staff(room, Manage("lift", ban=ban_id), now)

    await change(room_id, decide)
    await broadcast.publish_rules(room_id)
    now, user = seen
    await chat.note(room_id, event("lift", now, STAFF, (user, await _name(user))))


async def delete(room_id: int) -> None:
    """Delete a room. Raises RoomUnknown."""
    found = await store.load(room_id)
    if found is None:
        raise RoomUnknown("There is no such room here.")
    await services.remove(found[0])


async def _name(user: int) -> str:
    profile = (await accounts.profiles([user])).get(user)
    return profile.name if profile else "Someone"

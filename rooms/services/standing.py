"""What each viewer here is told of the rules and of their own place; who must go, goes."""

import asyncio

from accounts import services as accounts
from rooms import broadcast, protocol
from rooms.domain.door import is_banned
from rooms.domain.events import event
from rooms.domain.permissions import Standing, allowed, may, standing
from rooms.domain.presence import Roster
from rooms.domain.room import Room
from rooms.domain.succession import succeeded
from rooms.hub import LocalRoom, Viewer, write
from rooms.services import chat, playback, presence
from rooms.store import presence as leases
from rooms.store import rooms as store
from wewatch.clock import clock
from wewatch.line import text_frame


async def prime(room: LocalRoom) -> None:
    """Read all that a newcomer is told, once for the first of many. Raises RoomUnknown."""
    async with room.priming:
        if room.primed:
            return
        room.known = known = await playback.snapshot(room.id)
        # Together: the second costs nobody a wait, and is there once for the first of many.
        seen, _ = await asyncio.gather(chat.snapshot(room.id), leases.was_active(room.id, clock().now()))
        if seen.v >= room.talk.v:  # else a message came while it was read
            room.talk.adopt(seen)
        room.sees(await presence.roster(known))
        room.entry = _entry(known)
        room.rules = text_frame(protocol.rules(known.rules, clock().now()))
        room.asks = await _asks(known)
        frame = text_frame(protocol.state(known.playback, known.epoch))
        room.adopt(known.epoch, known.playback, frame)
        room.queue.adopt(known)
        room.primed = True


def welcome(room: LocalRoom, viewer: Viewer) -> bytes:
    """The frames for a newcomer to a room that is primed: the state first, then rules, place, people, chat, queue."""
    now = clock().now()
    place = standing(room.known.owner, room.known.rules, viewer.user, now)
    viewer.standing = _you(room.known, place)
    asks = room.asks if may(room.known.rules, place, "grant") else b""
    return (
        room.state
        + room.entry
        + room.rules
        + viewer.standing
        + _who(room.roster)
        + room.talk.frame()
        + asks
        + room.queue.frame()
    )


async def enforce(room: LocalRoom) -> None:
    """Read a room whose rules have changed: close those who must go, tell the others what holds for them now."""
    found = await store.load(room.id)
    if found is None:
        return
    known, now = found
    rules, asks = text_frame(protocol.rules(known.rules, now)), await _asks(known)
    room.known = known  # only now: if the names were not to be had, the next look at the versions tries again
    room.roster_dirty = True
    if (entry := _entry(room.known)) != room.entry:
        room.entry = entry
        room.say(entry)
    for viewer in tuple(room.viewers):
        code = shut(room.known, viewer, now)
        if code:
            viewer.line.close(code)
        elif viewer.ready:
            write(viewer, _news(room, viewer, rules, asks, now))
    room.rules, room.asks = rules, asks


def shut(room: Room, viewer: Viewer, now: float) -> int | None:
    """The close code for a viewer who may not stay, None for all others."""
    if room.closed:
        return broadcast.CLOSE_CLOSED
    if viewer.user == room.owner:
        return None
    if is_banned(room.door, viewer.user, viewer.network, now):
        return broadcast.CLOSE_REMOVED
    valid = {room.invite.hash, *(invite.hash for invite in room.door.invites if not invite.revoked)}
    return None if viewer.key_hash in valid else broadcast.CLOSE_REVOKED


def _news(room: LocalRoom, viewer: Viewer, rules: bytes, asks: bytes, now: float) -> bytes:
    """The frames that tell a viewer what has changed, as one write.

    What they may do comes before the rules: who reads "You have the remote" and presses at once must have it.
    """
    place = standing(room.known.owner, room.known.rules, viewer.user, now)
    you = _you(room.known, place)
    moved = you != viewer.standing
    viewer.standing = you
    asked = (moved or asks != room.asks) and may(room.known.rules, place, "grant")
    return (you if moved else b"") + (rules if rules != room.rules else b"") + (asks if asked else b"")


def _entry(room: Room) -> bytes:
    return text_frame(protocol.dump("entry", **protocol.entry(room.current)))


def _you(room: Room, place: Standing) -> bytes:
    return text_frame(protocol.dump("you", role=place.role, may=allowed(room.rules, place), muted=place.muted))


def _who(roster: Roster) -> bytes:
    return text_frame(
        protocol.dump("who", n=roster.count, people=[protocol.person(person) for person in roster.people])
    )


async def _asks(room: Room) -> bytes:
    profiles = await accounts.profiles(room.rules.asking) if room.rules.asking else {}
    people = [[user, profiles[user].name] for user in room.rules.asking if user in profiles]
    return text_frame(protocol.dump("asks", people=people))


async def succeed(room_id: int, present: tuple[int, ...], door: tuple[int, ...]) -> None:
    """Hand the host's place on, or back, after a look at who is here, and who is at the door."""
    seen = []

    def decide(room: Room, now: float) -> Room | None:
        changed = succeeded(room, present, now, door)
        seen[:] = [room.rules.acting, changed.rules.acting if changed else room.rules.acting, now]
        return changed

    room = await store.update(room_id, decide)
    if room is None:
        return
    await broadcast.publish_rules(room_id)
    before, acting, now = seen
    if acting is not None and acting != before:
        profile = (await accounts.profiles([acting])).get(acting)
        await chat.note(room_id, event("acting", now, who=(acting, profile.name if profile else "Someone")))
    if before is not None and acting is None and room.owner in present:
        await chat.note(room_id, event("back", now))

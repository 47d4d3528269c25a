"""Waiting for slow viewers, and the ready check: what a stall, a return, or a look around makes of a room."""

from collections.abc import Mapping, Set
from dataclasses import replace

from rooms.domain.playback import Hold, Playback, position_at, released
from rooms.domain.room import Room

REPEATS = 2  # holds by one viewer
REPEAT_SPAN = 60_000  # ms in which so many make them stop counting
EXCUSED = 120_000  # ms for which they then don't count
WAITED_FOR = 50  # people that a hold names; a ready check works with no more


def stalled(room: Room, user: int, now: float) -> Room | None:
    """The room after a viewer's film stalled; None where nobody waits for that one."""
    playback, hold = room.playback, room.playback.hold
    if room.rules.wait == "never" or not playback.playing or is_excused(room.waits, user, now):
        return None
    if hold and (hold.kind != "wait" or user in hold.users or len(hold.users) >= WAITED_FOR):
        return None
    waits = _noted(room.waits, (user,), now, times=1)
    if hold:
        return _held(room, replace(hold, users=(*hold.users, user)), waits)
    until = now + room.rules.seconds * 1000 if room.rules.wait == "some" else None
    resting = replace(playback, pos=position_at(playback, now, room.current.duration), t=now)
    return _held(replace(room, playback=resting), Hold("wait", (user,), until), waits)


def arrived(room: Room, kind: str, user: int, now: float, ahead: float) -> Room | None:
    """The room after one of those waited for is ready; None where nobody waited for them in that way."""
    hold = room.playback.hold
    if not hold or hold.kind != kind or user not in hold.users:
        return None
    return _kept(room, {other for other in hold.users if other != user}, now, ahead)


def reviewed(room: Room, present: Set[int], now: float, ahead: float) -> Room | None:
    """The room after a look at who is still here and at the time; None where the hold goes on as it is."""
    hold = room.playback.hold
    if not hold:
        return None
    late = hold.until is not None and hold.until <= now
    here = set() if late else {user for user in hold.users if user in present}
    return None if len(here) == len(hold.users) else _kept(room, here, now, ahead)


def checked(room: Room, users: tuple[int, ...], now: float) -> Room:
    """The room in a ready check: the film rests until all of these users have said that they are ready."""
    duration = room.current.duration
    here = position_at(room.playback, now, duration)
    pos = 0.0 if duration is not None and here >= duration else here
    resting = replace(room.playback, playing=True, pos=pos, t=now)
    return _held(replace(room, playback=resting), Hold("ready", users), room.waits)


def excused(room: Room, now: float) -> Mapping[int, tuple[float, ...]]:
    """The `waits` of a room that goes on without those it waited for: they don't count for a while."""
    hold = room.playback.hold
    return _noted(room.waits, hold.users, now, times=REPEATS) if hold and hold.kind == "wait" else room.waits


def is_excused(waits: Mapping[int, tuple[float, ...]], user: int, now: float) -> bool:
    """Whether a viewer made the room wait so often of late that it does not wait for them now."""
    times = waits.get(user, ())[-REPEATS:]
    return len(times) == REPEATS and times[-1] - times[0] <= REPEAT_SPAN and now - times[-1] <= EXCUSED


def _held(room: Room, hold: Hold, waits: Mapping[int, tuple[float, ...]]) -> Room:
    return replace(room, playback=_next(replace(room.playback, hold=hold)), waits=waits)


def _kept(room: Room, users: Set[int], now: float, ahead: float) -> Room:
    hold = room.playback.hold
    kept = tuple(user for user in hold.users if user in users)
    if kept:
        return replace(room, playback=_next(replace(room.playback, hold=replace(hold, users=kept))))
    return replace(room, playback=_next(released(room.playback, now, ahead)))


def _next(playback: Playback) -> Playback:
    return replace(playback, v=playback.v + 1, by=None)


def _noted(waits, users: tuple[int, ...], now: float, times: int) -> dict[int, tuple[float, ...]]:
    fresh = {user: seen for user, seen in waits.items() if now - seen[-1] <= EXCUSED}
    return fresh | {user: ((*fresh.get(user, ()), *(now,) * times))[-REPEATS:] for user in users}

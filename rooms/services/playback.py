"""Use cases of playback: load, decide, commit, publish."""

import secrets
from collections.abc import Callable
from dataclasses import replace

from accounts.identity import Account
from rooms import broadcast
from rooms.domain import playback as rules
from rooms.domain import room as room_rules
from rooms.domain.errors import Refused, RoomUnknown
from rooms.domain.events import act_event
from rooms.domain.manage import require
from rooms.domain.permissions import may, standing
from rooms.domain.playback import Act
from rooms.domain.room import TITLE_LENGTH, Entry, Room, learn
from rooms.domain.waiting import excused
from rooms.store import chat as log
from rooms.store import rooms as store
from wewatch.text import clean


class Nak(Exception):
    """The act changed nothing: the reason, and the room as it is."""

    def __init__(self, reason: str, room: Room) -> None:
        super().__init__(reason)
        self.reason, self.room = reason, room


async def snapshot(room_id: int) -> Room:
    """The room as it is now. Raises RoomUnknown."""
    found = await store.load(room_id)
    if not found:
        raise RoomUnknown("There is no such room here.")
    return found[0]


async def apply(room_id: int, act: Act, account: Account) -> Room:
    """A person's act, applied once, told to all and noted in the log. Raises Nak, RoomUnknown."""
    noted = []

    def decide(room: Room, now: float) -> Room:
        if act.op in room.ops:
            raise Nak("already", room)
        ahead = rules.lead(broadcast.one_way(room_id, now))
        try:
            require(room, act.user, _right(room, act, now), now)
            changed = rules.apply(room.playback, act, now, room.current.duration, ahead)
        except Refused as refusal:
            raise Nak(refusal.reason, room) from refusal
        noted[:] = [act_event(changed, account, now, room.title)]
        waits = excused(room, now) if act.kind in {"go", "play"} else room.waits
        return replace(room, playback=changed, ops=(*room.ops, act.op)[-rules.OPS_REMEMBERED :], waits=waits)

    room = await change(room_id, decide, noted)
    await log.add(room_id, noted[0])
    return room


async def change_video(room_id: int, account: Account, op: str, entry: Entry) -> None:
    """Somebody puts another video into the room. Raises Refused, RoomUnknown."""
    noted = []

    def decide(room: Room, now: float) -> Room:
        require(room, account.id, "control", now)
        if op in room.ops:
            raise Refused("already")
        changed = room_rules.change_video(room, entry, account.id, op, now, rules.lead(broadcast.one_way(room_id, now)))
        noted[:] = [act_event(changed.playback, account, now, entry.title)]
        return replace(changed, ops=(*room.ops, op)[-rules.OPS_REMEMBERED :])

    await change(room_id, decide, noted)
    await log.add(room_id, noted[0])


def _right(room: Room, act: Act, now: float) -> str:
    """The right that an act needs: who may call a ready check may end it, too."""
    hold = room.playback.hold
    ends = hold is not None and hold.kind == "ready" and act.kind in {"go", "pause"}
    return "check" if ends and may(room.rules, standing(room.owner, room.rules, act.user, now), "check") else "control"


async def end(room_id: int, entry: str) -> None:
    """A viewer's film has ended; the first report that is believed stops the room at its end."""
    await change(
        room_id,
        lambda room, now: _with(room, rules.end(room.playback, entry, now, room.current.duration)),
    )


async def settle(room_id: int, left: float) -> None:
    """Pause a room that everyone had left at `left` (Redis ms), where the film was then."""
    await change(
        room_id,
        lambda room, now: _with(room, rules.settle(room.playback, left, room.current.duration)),
    )


async def learn_about(room_id: int, entry_id: str, duration: float | None, live: bool, title: str | None) -> None:
    """Keep what a viewer's player found out about an entry, if that was not known yet."""
    usable = duration is None or 0 < duration <= rules.LONGEST
    if not usable:
        return

    def decide(room: Room, now: float) -> Room | None:
        entry = next((entry for entry in room.queue if entry.id == entry_id), None)
        known = entry and learn(entry, duration, live, clean(title, TITLE_LENGTH) if title else None)
        if not known:
            return None
        return replace(room, queue=tuple(known if entry.id == entry_id else entry for entry in room.queue))

    await store.update(room_id, decide)


async def renew_epoch(room_id: int) -> None:
    """The store went back in time (power loss, an older backup): tell all to forget what they had."""
    await change(room_id, lambda room, now: replace(room, epoch=secrets.token_hex(4)))


def _with(room: Room, changed: rules.Playback | None) -> Room | None:
    return replace(room, playback=changed) if changed else None


async def change(room_id: int, decide: Callable[[Room, float], Room | None], noted: list[dict] | None = None) -> Room:
    """Change a room's playback in one step and tell all of it, with what the log notes. Raises RoomUnknown."""
    before = []  # and after

    def noting(room: Room, now: float) -> Room | None:
        changed = decide(room, now)
        before[:] = [room, changed]
        return changed

    room = await store.update(room_id, noting)
    if room is None:
        raise RoomUnknown("There is no such room here.")
    if before[1] is not None:
        await broadcast.publish_state(room_id, room.epoch, room.playback, noted)
        if room.playback.entry != before[0].playback.entry:
            await broadcast.publish_rules(room_id)  # with which everybody gets the entry
    return room

"""Use cases of playback: load, decide, commit, publish."""

import secrets
from dataclasses import replace

from accounts.identity import Account
from rooms import broadcast
from rooms.domain import playback as rules
from rooms.domain.errors import Refused, RoomUnknown
from rooms.domain.events import act_event
from rooms.domain.manage import require
from rooms.domain.permissions import may, standing
from rooms.domain.playback import Act
from rooms.domain.queue import entry_of, put
from rooms.domain.room import TITLE_LENGTH, Room, learn
from rooms.domain.waiting import excused
from rooms.services.change import change
from rooms.store import chat as log
from rooms.store import rooms as store
from wewatch.text import clean

LEAP = 10_000  # versions of the queue and of the rules by which a room that lost some goes on


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
            if entry_of(room, changed.entry) is None:  # an undo would lead to one that was taken out since
                raise Refused("too-late")
        except Refused as refusal:
            raise Nak(refusal.reason, room) from refusal
        noted[:] = [act_event(changed, account, now, room.title)]
        waits = excused(room, now) if act.kind in {"go", "play"} else room.waits
        return replace(room, playback=changed, ops=(*room.ops, act.op)[-rules.OPS_REMEMBERED :], waits=waits)

    room = await change(room_id, decide, noted)
    await log.add(room_id, noted[0])
    return room


def _right(room: Room, act: Act, now: float) -> str:
    """The right that an act needs: who may call a ready check may end it, too."""
    hold = room.playback.hold
    ends = hold is not None and hold.kind == "ready" and act.kind in {"go", "pause"}
    return "check" if ends and may(room.rules, standing(room.owner, room.rules, act.user, now), "check") else "control"


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
        entry = entry_of(room, entry_id)
        known = entry and learn(entry, duration, live, clean(title, TITLE_LENGTH) if title else None)
        return put(room, known) if known else None

    await change(room_id, decide)


async def renew_epoch(room_id: int) -> None:
    """The store went back in time (power loss, an older backup, a replica that was behind): all forget what they had.

    Versions go on far above those that were lost and that somebody may have seen.
    """

    def renewed(room: Room, now: float) -> Room:
        above = replace(room.rules, v=room.rules.v + LEAP)
        return replace(room, epoch=secrets.token_hex(4), rules=above, queue_v=room.queue_v + LEAP)

    await change(room_id, renewed)


def _with(room: Room, changed: rules.Playback | None) -> Room | None:
    return replace(room, playback=changed) if changed else None

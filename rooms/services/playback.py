"""Use cases of playback: load, decide, commit, publish."""

import secrets
from dataclasses import replace

from rooms import broadcast, protocol
from rooms.domain import playback as rules
from rooms.domain.errors import RoomUnknown
from rooms.domain.playback import Act, Refused
from rooms.domain.room import TITLE_LENGTH, Room, learn
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


async def apply(room_id: int, act: Act) -> Room:
    """A person's act, applied once and told to all. Raises Nak, RoomUnknown."""

    def decide(room: Room, now: float) -> Room:
        if act.op in room.ops:
            raise Nak("already", room)
        ahead = rules.lead(broadcast.one_way(room_id, now))
        try:
            changed = rules.apply(room.playback, act, now, room.current.duration, ahead)
        except Refused as refusal:
            raise Nak(str(refusal), room) from refusal
        return replace(room, playback=changed, ops=(*room.ops, act.op)[-rules.OPS_REMEMBERED :])

    return await _change(room_id, decide)


async def end(room_id: int, entry: str) -> None:
    """A viewer's film has ended; the first report that is believed stops the room at its end."""
    await _change(
        room_id,
        lambda room, now: _with(room, rules.end(room.playback, entry, now, room.current.duration)),
    )


async def settle(room_id: int, left: float) -> None:
    """Pause a room that everyone had left at `left` (Redis ms), where the film was then."""
    await _change(
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
    await _change(room_id, lambda room, now: replace(room, epoch=secrets.token_hex(4)))


def _with(room: Room, changed: rules.Playback | None) -> Room | None:
    return replace(room, playback=changed) if changed else None


async def _change(room_id: int, decide) -> Room:
    told = []

    def noting(room: Room, now: float) -> Room | None:
        changed = decide(room, now)
        told[:] = [changed is not None]
        return changed

    room = await store.update(room_id, noting)
    if room is None:
        raise RoomUnknown("There is no such room here.")
    if told[0]:
        payload = protocol.state(room.playback, room.epoch)
        await broadcast.publish_state(room_id, room.epoch, room.playback.v, payload)
    return room

"""One step of a room, told to everybody: state, queue, and what follows from them."""

from collections.abc import Callable

from rooms import broadcast, protocol, queue_feed
from rooms.domain.delta import difference
from rooms.domain.errors import RoomUnknown
from rooms.domain.room import Room
from rooms.store import rooms as store


async def change(room_id: int, decide: Callable[[Room, float], Room | None], noted: list[dict] | None = None) -> Room:
    """Change a room in one step and tell all of it what is new, with what the log notes. Raises RoomUnknown."""
    before = []  # and after, and when

    def noting(room: Room, now: float) -> Room | None:
        changed = decide(room, now)
        before[:] = [room, changed, now]
        return changed

    room = await store.update(room_id, noting)
    if room is None:
        raise RoomUnknown("There is no such room here.")
    if before[1] is not None:
        await _tell(before[0], room, before[2], noted)
    return room


async def _tell(before: Room, after: Room, now: float, noted: list[dict] | None) -> None:
    if after.queue_v != before.queue_v:
        delta = difference(protocol.rows(before), protocol.rows(after))
        await broadcast.publish_queue(after.id, queue_feed.change(before.queue_v, after, delta))
    if after.playback is not before.playback or after.epoch != before.epoch:
        await broadcast.publish_state(after.id, after.epoch, after.playback, noted, now)
    if after.playback.entry != before.playback.entry:
        await broadcast.publish_rules(after.id)  # with which everybody gets the entry

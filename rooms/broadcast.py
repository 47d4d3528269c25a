"""Fan-out over the channel layer, the only file that knows it: one group a room, one channel a process.

The layer promises nothing: what it loses, the upkeep of each process finds in the store. So messages
are whole states, or hints to look.
"""

import asyncio
import logging
import time
from dataclasses import asdict
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer

from rooms import protocol
from rooms.domain.playback import Playback, revived
from rooms.hub import LocalRoom, Viewer
from wewatch.clock import clock
from wewatch.line import text_frame
from wewatch.redis import OUT_OF_REACH
from wewatch.trace import untraced

log = logging.getLogger(__name__)
EVERYONE = "wewatch.workers"  # the group of all processes that have viewers
PUBLISH_TIMEOUT = 3.0  # seconds; the store has the truth by then, so nobody waits longer
CLOSE_NO_USER, CLOSE_REMOVED, CLOSE_GONE, CLOSE_REVOKED, CLOSE_LOCKED, CLOSE_CLOSED = 4401, 4403, 4404, 4410, 4423, 4424


class Broadcast:
    """This process's place in the fan-out."""

    def __init__(self) -> None:
        self.rooms: dict[int, LocalRoom] = {}
        self._layer = get_channel_layer()
        self._channel = ""
        self._turn = asyncio.Lock()
        self._reader: asyncio.Task | None = None
        self.wake = asyncio.Event()  # set where something is there that the upkeep should not leave for its next round

    async def join(self, viewer: Viewer) -> LocalRoom:
        """Count the viewer among the room's here; the first one subscribes this process to the room.

        Subscribing and unsubscribing take turns: a join that overtook a leave would leave the room deaf.
        """
        await self._start()
        room = self.rooms.get(viewer.room_id)
        if room is None or not room.viewers:
            async with self._turn, asyncio.timeout(PUBLISH_TIMEOUT):
                room = self.rooms.get(viewer.room_id) or LocalRoom(viewer.room_id)
                if not room.viewers:
                    await self._layer.group_add(_group(room.id), self._channel)
                self.rooms[room.id] = room
                room.viewers.add(viewer)
        room.viewers.add(viewer)
        return room

    async def leave(self, viewer: Viewer) -> None:
        """Forget the viewer; the last one of a room unsubscribes this process from it."""
        room = self.rooms.get(viewer.room_id)
        if room is None:
            return
        room.viewers.discard(viewer)
        if room.viewers:
            return
        async with self._turn, asyncio.timeout(PUBLISH_TIMEOUT):
            if not room.viewers and self.rooms.get(room.id) is room:
                await self._layer.group_discard(_group(room.id), self._channel)
                del self.rooms[room.id]

    async def send(self, group: str, message: dict) -> None:
        """Publish to all processes; a failure is logged and left to their upkeep."""
        try:
            async with asyncio.timeout(PUBLISH_TIMEOUT):
                await self._layer.group_send(group, message)
        except OUT_OF_REACH as error:
            log.warning("a message to %s was not published: %s", group, error)

    async def _start(self) -> None:
        if self._reader is not None and not self._reader.done():
            return
        async with self._turn, asyncio.timeout(PUBLISH_TIMEOUT):
            if self._reader is None or self._reader.done():
                self._channel = await self._layer.new_channel()
                await self._layer.group_add(EVERYONE, self._channel)
                self._reader = untraced(self._read())

    async def _read(self) -> None:
        while True:
            message = await self._layer.receive(self._channel)
            try:
                getattr(self, f"_on_{message['type']}")(**{k: v for k, v in message.items() if k != "type"})
            except Exception:
                log.exception("a message of the channel layer was not understood")

    def _on_state(
        self, room: int, epoch: str, playback: dict, frame: bytes, noted: list, at: float | None = None
    ) -> None:
        if local := self.rooms.get(room):
            since = None if at is None else time.monotonic() - max(0.0, clock().now() - at) / 1000
            local.show(epoch, revived(playback), frame, since)
            for item in noted:
                local.talk.note(item)

    def _on_queue(self, room: int, change: dict) -> None:
        if local := self.rooms.get(room):
            frame, gap = local.queue.hear(change)
            if frame:
                local.say(frame)
            if gap:
                local.queue_dirty = True
                self.wake.set()

    def _on_talk(self, room: int, event: dict) -> None:
        if local := self.rooms.get(room):
            frames, gap = local.talk.hear(event)
            for frame in frames:
                local.say(frame)
            if gap:
                local.talk_dirty = True
                self.wake.set()

    def _on_roster(self, room: int, worker: str) -> None:
        if (local := self.rooms.get(room)) and worker != self._channel:
            local.roster_dirty = True

    def _on_rules(self, room: int) -> None:
        if local := self.rooms.get(room):
            local.rules_dirty = True
            self.wake.set()

    def mark_roster(self, room_id: int) -> None:
        """Somebody came or changed: the upkeep looks, and tells the other processes once for many."""
        if local := self.rooms.get(room_id):
            local.roster_dirty = local.roster_hint = True

    def held(self, room_id: int) -> bool:
        """Whether the room waits, as far as this process knows."""
        local = self.rooms.get(room_id)
        return local is not None and local.hold is not None

    def _on_one_way(self, room: int, worker: str, ms: float, until: float) -> None:
        if (local := self.rooms.get(room)) and worker != self._channel:
            local.far_one_way[worker] = (ms, until)

    def _on_gone(self, room: int) -> None:
        if local := self.rooms.get(room):
            close(local.viewers, CLOSE_GONE)

    def _on_family_ended(self, family: str) -> None:
        for local in self.rooms.values():
            close((viewer for viewer in local.viewers if viewer.family == family), CLOSE_NO_USER)


def close(viewers, code: int) -> None:
    """Close the lines of viewers with a code."""
    for viewer in tuple(viewers):
        viewer.line.close(code)


_broadcasts: WeakKeyDictionary[asyncio.AbstractEventLoop, Broadcast] = WeakKeyDictionary()


def local() -> Broadcast:
    """The fan-out of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _broadcasts:
        _broadcasts[loop] = Broadcast()
    return _broadcasts[loop]


def _group(room_id: int) -> str:
    return f"wewatch.room.{room_id}"


async def publish_state(
    room_id: int, epoch: str, playback: Playback, noted: list[dict] | None = None, at: float | None = None
) -> None:
    """Tell all viewers of a room its state, encoded and framed here, once.

    `noted` is new in the log; `at` is the act's stamp in Redis ms, from which the time until it is told is measured.
    """
    frame = text_frame(protocol.state(playback, epoch))
    message = {"type": "state", "room": room_id, "epoch": epoch, "playback": asdict(playback), "frame": frame}
    await local().send(_group(room_id), message | {"noted": noted or [], "at": at})


async def publish_queue(room_id: int, change: dict) -> None:
    """Tell all viewers how the queue changed, in the fields of `queued`."""
    await local().send(_group(room_id), {"type": "queue", "room": room_id, "change": change})


async def publish_talk(room_id: int, event: dict) -> None:
    """Tell all viewers what happened in the chat."""
    await local().send(_group(room_id), {"type": "talk", "room": room_id, "event": event})


async def publish_rules(room_id: int) -> None:
    """Hint that the rules of a room, or who may come in, have changed."""
    await local().send(_group(room_id), {"type": "rules", "room": room_id})


async def publish_roster(room_id: int) -> None:
    """Hint that people came, went or changed."""
    here = local()
    if room := here.rooms.get(room_id):
        room.roster_dirty = True
    await here.send(_group(room_id), {"type": "roster", "room": room_id, "worker": here._channel})


async def publish_one_way(room_id: int, ms: float, until: float) -> None:
    """Tell the other processes how far the viewers here are, for the lead of a start; `until` in Redis ms."""
    here = local()
    message = {"type": "one_way", "room": room_id, "worker": here._channel, "ms": ms, "until": until}
    await here.send(_group(room_id), message)


async def publish_gone(room_id: int) -> None:
    """Tell all viewers that the room is no more."""
    await local().send(_group(room_id), {"type": "gone", "room": room_id})


async def publish_family_ended(family: str) -> None:
    """Close the sockets of a device that was logged out."""
    await local().send(EVERYONE, {"type": "family_ended", "family": family})


def one_way(room_id: int, now: float) -> float:
    """The 95th percentile of the viewers' one-way delay in ms, the worst worker's; 0 where unknown."""
    room = local().rooms.get(room_id)
    if room is None:
        return 0.0
    far = (ms for ms, until in room.far_one_way.values() if until > now)
    return max(local_one_way(room), *far, 0.0)


def local_one_way(room: LocalRoom) -> float:
    """The same of the viewers in this process."""
    delays = sorted(viewer.one_way for viewer in room.viewers)
    return delays[int(len(delays) * 0.95)] if delays else 0.0

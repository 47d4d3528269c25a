"""The sockets of one process, by room: every frame is built once and handed to each of them."""

import asyncio
import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rooms.domain.delta import Row
from rooms.domain.playback import Hold, Playback
from rooms.domain.presence import JOINING, Roster, present
from rooms.domain.room import Room
from rooms.queue_feed import QueueFeed
from rooms.talk import Talk
from wewatch import metrics
from wewatch.line import Line

log = logging.getLogger(__name__)
COMPANY = 200  # people that a room remembers of an entry; a history names a few and counts the rest
STATE_GAP = 0.05  # seconds between two states of a room; the newest wins
BREATH = 256  # sends after which other rooms get their turn


@dataclass(eq=False, slots=True)
class Viewer:
    """One socket in a room. `member` is its lease; `one_way` ms is half its best round trip.

    `network` (hidden) is where it comes from, `key_hash` the invite that it came by ('' for the owner's own door).
    `ready` once it has its first state: before that the hub leaves it alone. `settled` once its film was in sync: only
    then the room waits for it. `silent` if it was cut because it answered no ping: then nobody is there any more.
    """

    line: Line
    room_id: int
    user: int
    family: str
    member: str
    network: str = ""
    key_hash: str = ""
    ready: bool = False
    settled: bool = False
    silent: bool = False
    one_way: float = 0.0
    state: str = JOINING  # as the others see it
    standing: bytes = b""  # the last `you` that it got, as a frame


@dataclass(frozen=True, slots=True)
class Passed:
    """An entry that a room went on from: its row, where its film was (seconds), the viewers here, in whose company."""

    row: Row
    position: float
    viewers: tuple[Viewer, ...]
    company: Mapping[int, str]


@dataclass(eq=False, slots=True)
class LocalRoom:
    """What this process knows of a room that has viewers here. `known` is the room as it was read last."""

    id: int
    viewers: set[Viewer] = field(default_factory=set)
    epoch: str = ""
    playback: Playback | None = None
    state: bytes = b""  # the same as a frame
    known: Room | None = None
    entry: bytes = b""  # the video, as a frame
    rules: bytes = b""  # as a frame
    asks: bytes = b""  # as a frame
    talk: Talk = field(default_factory=Talk)
    queue: QueueFeed = field(default_factory=QueueFeed)
    passed: list[Passed] = field(default_factory=list)
    company: dict[int, str] = field(default_factory=dict)  # who came in while this entry was on: names by user
    roster: Roster = field(default_factory=Roster)
    roster_dirty: bool = True
    roster_hint: bool = False  # whether the other processes are to hear that it is
    rules_dirty: bool = False
    talk_dirty: bool = False
    queue_dirty: bool = False
    talk_seen: int = -1  # the chat's version at the last look at the store
    primed: bool = False  # everything above was read once
    priming: asyncio.Lock = field(default_factory=asyncio.Lock)
    pinged: float = 0.0  # when, in seconds of the monotonic clock
    far_one_way: dict[str, tuple[float, float]] = field(default_factory=dict)  # worker: (ms, until)
    _since: float | None = None
    _flushing: asyncio.Task | None = None
    _saying: asyncio.Task | None = None
    _unsaid: list[bytes] = field(default_factory=list)

    @property
    def v(self) -> int:
        """The version of the state that the viewers here have, 0 before the first."""
        return self.playback.v if self.playback else 0

    @property
    def hold(self) -> Hold | None:
        """For whom the room waits."""
        return self.playback.hold if self.playback else None

    def sees(self, roster: Roster) -> None:
        """Take a look at who is here into account; who has left was company all the same."""
        self.roster = roster
        if len(self.company) < COMPANY:
            self.company |= present(roster)

    def show(self, epoch: str, playback: Playback, frame: bytes, since: float | None = None) -> None:
        """Give the viewers a state that is newer: at once, or as soon as the last one is 50 ms old.

        `since` is when its act was stamped, in seconds of the monotonic clock, where that is to be measured.
        """
        if epoch == self.epoch and playback.v <= self.v:
            return
        if self.epoch and epoch != self.epoch:
            self._went_back()
        before, by = self.playback, playback.by
        if before and before.entry != playback.entry:
            row = by and by.entry == before.entry and self.queue.late_row(by.entry)
            if row:
                self.passed.append(Passed(row, by.was, tuple(self.viewers), self.company))
            self.company = present(self.roster)
        self.epoch, self.playback, self.state, self._since = epoch, playback, frame, since
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())

    def adopt(self, epoch: str, playback: Playback, frame: bytes) -> None:
        """Take a reading of the store into account; where it is the first, there is nobody yet to be shown it."""
        if self.state:
            self.show(epoch, playback, frame)
        else:
            self.epoch, self.playback, self.state = epoch, playback, frame

    def _went_back(self) -> None:
        """The store went back in time: whatever was read of it is read again, be its version what it may."""
        self.talk_dirty = self.queue_dirty = self.rules_dirty = self.queue.stale = True

    async def _flush(self) -> None:
        try:
            shown = b""
            while self.state is not shown:
                shown, since = self.state, self._since
                await send(self.viewers, shown)
                if since is not None:
                    metrics.FANOUT.observe(time.monotonic() - since)
                await asyncio.sleep(STATE_GAP)
        finally:
            self._flushing = None

    def say(self, frame: bytes) -> None:
        """Hand a frame to all viewers, after those that were said before; several at once go as one write."""
        self._unsaid.append(frame)
        if self._saying is None:
            self._saying = asyncio.create_task(self._say())

    async def _say(self) -> None:
        try:
            while self._unsaid:
                frames, self._unsaid = b"".join(self._unsaid), []
                await send(self.viewers, frames)
        finally:
            self._saying = None


async def send(viewers: Iterable[Viewer], frame: bytes) -> None:
    """Write a frame to each viewer that is ready; one broken line does not keep it from the others."""
    for count, viewer in enumerate(tuple(viewers), 1):
        if viewer.ready:
            write(viewer, frame)
        if count % BREATH == 0:
            await asyncio.sleep(0)


def write(viewer: Viewer, frame: bytes) -> None:
    """Write frames to one viewer; a line that breaks at it is dropped."""
    try:
        if frame:
            viewer.line.write(frame)
    except Exception:
        log.exception("a line broke while it was written to")
        viewer.line.drop()

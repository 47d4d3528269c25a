"""The sockets of one process, by room: every frame is built once and handed to each of them."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from rooms.domain.presence import Roster
from wewatch.line import Line

log = logging.getLogger(__name__)
STATE_GAP = 0.05  # seconds between two states of a room; the newest wins
BREATH = 256  # sends after which other rooms get their turn


@dataclass(eq=False, slots=True)
class Viewer:
    """One socket in a room. `member` is its lease; `one_way` ms is half its best round trip.

    `ready` once it has its first state: before that the hub leaves it alone. `silent` if it was cut because
    it answered no ping: then nobody is there any more.
    """

    line: Line
    room_id: int
    user: int
    family: str
    member: str
    ready: bool = False
    silent: bool = False
    one_way: float = 0.0


@dataclass(eq=False, slots=True)
class LocalRoom:
    """What this process knows of a room that has viewers here."""

    id: int
    viewers: set[Viewer] = field(default_factory=set)
    epoch: str = ""
    v: int = 0
    state: bytes = b""  # the newest state as a frame
    flushing: asyncio.Task | None = None
    pinged: float = 0.0  # when, in seconds of the monotonic clock
    roster: Roster = field(default_factory=Roster)
    roster_dirty: bool = True
    far_one_way: dict[str, tuple[float, float]] = field(default_factory=dict)  # worker: (ms, until)

    def newer(self, epoch: str, v: int) -> bool:
        """Whether this version is ahead of what the viewers here have."""
        return epoch != self.epoch or v > self.v

    def show(self, epoch: str, v: int, frame: bytes) -> None:
        """Give the viewers a state: at once, or as soon as the last one is 50 ms old."""
        if not self.newer(epoch, v):
            return
        self.epoch, self.v, self.state = epoch, v, frame
        if self.flushing is None:
            self.flushing = asyncio.create_task(self._flush())

    def adopt(self, epoch: str, v: int, frame: bytes) -> bytes:
        """Take a newcomer's reading of the store into account; returns the newest state as a frame."""
        if self.state:
            self.show(epoch, v, frame)
        else:
            self.epoch, self.v, self.state = epoch, v, frame
        return self.state

    async def _flush(self) -> None:
        try:
            shown = b""
            while self.state is not shown:
                shown = self.state
                await send(self.viewers, shown)
                await asyncio.sleep(STATE_GAP)
        finally:
            self.flushing = None


async def send(viewers: Iterable[Viewer], frame: bytes) -> None:
    """Write a frame to each viewer that is ready; one broken line does not keep it from the others."""
    for count, viewer in enumerate(tuple(viewers), 1):
        if viewer.ready:
            try:
                viewer.line.write(frame)
            except Exception:
                log.exception("a line broke while it was written to")
                viewer.line.drop()
        if count % BREATH == 0:
            await asyncio.sleep(0)

"""This worker's estimate of the Redis server's clock, the one clock of a deployment.

Not for decisions: those are stamped by Redis itself in the step that reads. It answers clock pings and
ends leases, without a round trip each.

In a cluster each node stamps what it keeps by its own clock, and this is the clock of one of them, the same for all
workers: so all viewers see the same, and what one node stamped is off by as much as two nodes differ. The nodes have to
keep time by NTP (docs/growing.md says how exactly, and what that is worth).
"""

import asyncio
import logging
import time
from pathlib import Path
from weakref import WeakKeyDictionary

from wewatch.redis import OUT_OF_REACH, Script
from wewatch.trace import untraced

log = logging.getLogger(__name__)
SAMPLES = 8  # a burst
EVERY = 30.0  # seconds between bursts
KEY = "ww:clock"  # where it lies in a cluster, there the time is asked

_time = Script(Path(__file__).parent / "lua" / "time.lua")


def best_offset(samples: list[tuple[float, float]]) -> float:
    """The mean offset of the quarter of (round trip, offset) samples with the shortest round trip, at least 2."""
    best = sorted(samples)[: max(2, len(samples) // 4)]
    return sum(offset for _, offset in best) / len(best)


def _local() -> float:
    return time.monotonic() * 1000


class RedisClock:
    """Redis time in ms as local monotonic time plus a measured offset."""

    def __init__(self) -> None:
        self._offset: float | None = None
        self._lock = asyncio.Lock()
        self._task: asyncio.Task | None = None

    async def ready(self) -> None:
        """Measure once before first use; then a task measures again every 30 s."""
        if self._offset is None:
            async with self._lock:
                if self._offset is None:
                    await self.measure()
                    self._task = untraced(self._keep())

    def now(self) -> float:
        """Redis time in ms; `ready()` must have been awaited."""
        return _local() + self._offset

    async def measure(self) -> None:
        """Take a burst of samples and adopt their estimate."""
        samples = []
        for _ in range(SAMPLES):
            sent = _local()
            seconds, micros = map(int, await _time([KEY], []))
            got = _local()
            samples.append((got - sent, seconds * 1000 + micros / 1000 - (sent + got) / 2))
        self._offset = best_offset(samples)

    async def _keep(self) -> None:
        # A cancellation that meets a broken line comes out of redis-py as an error of that line.
        while not asyncio.current_task().cancelling():
            await asyncio.sleep(EVERY)
            try:
                await self.measure()
            except OUT_OF_REACH as error:
                log.warning("the clock of Redis cannot be read, the last offset serves on: %s", error)


_clocks: WeakKeyDictionary[asyncio.AbstractEventLoop, RedisClock] = WeakKeyDictionary()


def clock() -> RedisClock:
    """The clock of the running event loop."""
    return _clocks.setdefault(asyncio.get_running_loop(), RedisClock())

"""What people do in a room while their drift is measured; each scene returns its rows."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import cycle, islice, pairwise

from benchmarks.drift import Drifts, Sample, drifts, position_at, resumed
from benchmarks.report import Row, spread
from benchmarks.watchers import Watcher
from tests.media import FPS

LOOK = 0.1  # seconds between two looks whether a film runs
PATIENCE = 20.0  # seconds for a film to run
SETTLE = 5000  # ms after a start until a film counts as steady
FRESH = 3000  # ms after a start that are measured by themselves
REST = 1.5  # seconds after a pause until the pictures are compared
JUMP = 10  # seconds, of the buttons that seek
LATE_SPAN = 8000  # ms that a late joiner is watched


async def steady(watchers: list[Watcher], starts: int, seconds: float, bars: tuple, targets: tuple) -> list[Row]:
    """Play, and leave it alone; several times, since a start that lands within the dead band is not corrected."""
    found, nudges = Drifts([], 0), 0
    for _ in range(starts):
        since = await _running(watchers, await watchers[0].press("Play")) + SETTLE
        until = since + seconds * 1000
        await _wait_until(until)
        found += await _drifts(watchers, since, until)
        nudges += sum(_nudges([sample for sample in watcher.samples if sample.at > since]) for watcher in watchers)
        await watchers[0].press("Pause")
        await asyncio.sleep(REST)
    await _running(watchers, await watchers[0].press("Play"))
    return [
        *spread("steady: drift", found.values, "ms", bars, targets),
        Row("steady: nudges a viewer-minute", nudges / len(watchers) / starts / seconds * 60),
        _left_out("steady", found),
    ]


async def pause_and_play(watchers: list[Watcher], rounds: int) -> list[Row]:
    """Pause, look at the pictures, play on; everybody in turn."""
    found, seconds, frames = Drifts([], 0), [], []
    for actor in islice(cycle(watchers), rounds):
        await actor.press("Pause")
        await asyncio.sleep(REST)
        await _read(watchers)
        resting = [watcher.samples[-1].pos for watcher in watchers]
        shown = [await watcher.frame() for watcher in watchers]
        seconds.append((max(resting) - min(resting)) * 1000)
        frames.append(round((max(shown) - min(shown)) * FPS))
        since = await _running(watchers, await actor.press("Play"))
        await _wait_until(since + FRESH)
        found += await _drifts(watchers, since, since + FRESH)
    return [
        *spread("after play, first 3 s: drift", found.values, "ms", targets=(20, 60, 120)),
        _left_out("after play", found),
        *spread("after pause: resting frames apart", frames, "frames", (0, 0, 0), (0, 0, 1)),
        *spread("after pause: resting positions apart", seconds, "ms"),
    ]


async def seek(watchers: list[Watcher], rounds: int) -> list[Row]:
    """Jump to and fro while the film runs; everybody in turn."""
    found, delays = Drifts([], 0), []
    ways = cycle([("Forward 10 seconds", JUMP), ("Forward 10 seconds", JUMP), ("Back 10 seconds", -JUMP)])
    for actor, (button, way) in islice(zip(cycle(watchers), ways, strict=False), rounds):
        acted = await actor.press(button)
        since = await _running(watchers, acted, way)
        delays.append(since - acted)
        await _wait_until(since + FRESH)
        found += await _drifts(watchers, since, since + FRESH)
    return [
        *spread("after a seek, first 3 s: drift", found.values, "ms", (None, 100), (20, 60, 150)),
        _left_out("after a seek", found),
        *spread("after a seek: time to resume", delays, "ms", targets=(None, 1200, None)),
    ]


async def late_join(owner: Watcher, arrive: Callable[[], Awaitable[Watcher]], rounds: int) -> list[Row]:
    """Somebody opens the invite while the film runs, and presses Join."""
    found, delays = Drifts([], 0), []
    for _ in range(rounds):
        late = await arrive()
        clicked = time.time() * 1000
        await late.page.get_by_role("button", name="Join", exact=True).click()
        since = await _running([late], clicked)
        delays.append(since - clicked)
        await _wait_until(since + LATE_SPAN)
        found += await _drifts([owner, late], since + FRESH, since + LATE_SPAN)
        await late.page.context.browser.close()
    return [
        *spread("late join, 3 s after the first frame: drift", found.values, "ms", targets=(20, 60, 100)),
        _left_out("late join", found),
        *spread("late join: click to first frame", delays, "ms"),
    ]


def _left_out(scene: str, found: Drifts) -> Row:
    return Row(f"{scene}: stalls left out", found.stalls, f"of {len(found.values)} kept samples")


async def _running(watchers: list[Watcher], since: float, jump: float = 0) -> float:
    """Wait until all films have moved after `since` (ms), beyond a jump of so many seconds; returns when they had."""
    await _read(watchers)
    before = [position_at(watcher.samples, since) if jump else None for watcher in watchers]
    async with asyncio.timeout(PATIENCE):
        while True:
            await _read(watchers)
            starts = [
                resumed(watcher.samples, since, lambda sample, was=was: _jumped(sample, was, jump))
                for watcher, was in zip(watchers, before, strict=True)
            ]
            if None not in starts:
                return max(starts)
            await asyncio.sleep(LOOK)


def _jumped(sample: Sample, was: float | None, jump: float) -> bool:
    return was is None or (sample.pos - was) / jump > 0.5


def _nudges(samples: list[Sample]) -> int:
    return sum(before.rate == 1 != after.rate for before, after in pairwise(samples))


async def _drifts(watchers: list[Watcher], since: float, until: float) -> Drifts:
    await _read(watchers)
    return drifts(watchers[0].samples, watchers[1].samples, since, until)


async def _read(watchers: list[Watcher]) -> None:
    for watcher in watchers:
        await watcher.read()


async def _wait_until(at: float) -> None:
    """Wait for an instant (ms), and a moment more, so that the samples around it are there."""
    await asyncio.sleep(max(0.0, at / 1000 - time.time()) + LOOK)

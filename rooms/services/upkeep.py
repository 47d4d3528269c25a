"""When a process does what for the rooms that have viewers here; what that is stands in `chores`."""

import asyncio
import logging
import time
from weakref import WeakKeyDictionary

from rooms import broadcast
from rooms.services import chores
from wewatch import pulse
from wewatch.redis import OUT_OF_REACH
from wewatch.trace import untraced

log = logging.getLogger(__name__)
TICK = 0.25  # seconds
EVERY = {  # seconds
    chores.talks: TICK,
    chores.rules: TICK,
    chores.queues: TICK,
    chores.ends: 0.5,
    chores.histories: 1.0,
    chores.rosters: 0.5,  # rosters change at most twice a second
    chores.holds: 0.5,
    chores.versions: 2.0,
    chores.counts: 2.0,
    chores.report: pulse.EVERY,
    chores.ghosts: 4.0,  # with a lease of 30, nobody who is gone is shown for more than 35
    chores.renew: 10.0,  # a lease lasts 30
    chores.heartbeat: 20.0,  # a client misses it after 25
    chores.silence: 20.0,
    chores.families: 30.0,
}
FIRST = {chores.silence: 20.0 + chores.ANSWER}  # seconds, where not the same

_tasks: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Task] = WeakKeyDictionary()


def ensure() -> None:
    """Run the upkeep of this event loop, if it does not run yet."""
    loop = asyncio.get_running_loop()
    if loop not in _tasks or _tasks[loop].done():
        _tasks[loop] = untraced(_run())


async def _run() -> None:
    here = broadcast.local()
    due = {chore: time.monotonic() + FIRST.get(chore, every) for chore, every in EVERY.items()}
    while not asyncio.current_task().cancelling():  # redis-py may swallow it where a line breaks at that moment
        await _woken(here.wake)
        woken = here.wake.is_set()
        here.wake.clear()  # before the work: what comes up meanwhile wakes it again
        for chore, every in EVERY.items():
            now = time.monotonic()
            if now >= due[chore] or (woken and chore in chores.URGENT):
                due[chore] = following(due[chore], every, now)
                await _guarded(chore)


def following(due: float, every: float, now: float) -> float:
    """When a chore is due next that was due at `due` and is done `now`: in its rhythm, and never later than a period.

    One that was done early, because somebody woke the upkeep, is not put off for that.
    """
    return min(max(due, now - every), now) + every


async def _woken(wake: asyncio.Event) -> None:
    """Return when woken, or after a tick.

    Not by `asyncio.timeout`: before Python 3.13 one that runs out at the very moment of the waking leaves a
    cancellation behind, which ends this task at its next await.
    """
    waiting = asyncio.ensure_future(wake.wait())
    await asyncio.wait({waiting}, timeout=TICK)
    waiting.cancel()


async def _guarded(chore) -> None:
    try:
        await chore(list(broadcast.local().rooms.values()))
    except OUT_OF_REACH as error:
        log.warning("%s waits, the store is out of reach: %s", chore.__name__, error)
    except asyncio.CancelledError:
        if asyncio.current_task().cancelling():
            raise  # else it is left over from a timeout in there, as above
    except Exception:
        log.exception("%s failed", chore.__name__)

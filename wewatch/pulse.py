"""The pulse of the site for its staff's dashboard: acts, errors and viewers, told to Redis by each process.

What happens is counted in the process; one pipeline every `EVERY` seconds adds it up over all of them. Nothing here
costs an act or a viewer a round trip.
"""

import logging
import secrets
from collections import Counter
from dataclasses import dataclass

from django.conf import settings

from wewatch.clock import clock
from wewatch.redis import client

EVERY = 3.0  # seconds between two reports of a process
BUCKET = 10  # seconds
WINDOW = 6  # buckets in the minute that is shown
KEPT = 120  # seconds that a bucket is kept
SILENT = 15_000  # ms after which a process that reports no more is taken for dead
PROCESSES = "ww:pulse:processes"
NAMES = ("acts", "errors")

counts: Counter[str] = Counter()
_process = secrets.token_hex(4)


@dataclass(frozen=True, slots=True)
class Pulse:
    """Open sockets now, acts and errors in the last minute, over all processes that are alive."""

    viewers: int
    acts: int
    errors: int
    processes: int


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes that the store uses, and may use at most (0: no limit of its own)."""

    used: int
    limit: int


class CountErrors(logging.Handler):
    """Counts what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        counts["errors"] += 1


def _key(name: str, bucket: int) -> str:
    return f"ww:pulse:{name}:{bucket}"


def _bucket() -> int:
    return int(clock().now() / 1000) // BUCKET


async def report(viewers: int) -> None:
    """Tell how many viewers this process has, and what it counted since the last report."""
    await clock().ready()
    new = {name: count for name, count in counts.items() if count}
    pipe = client().pipeline(transaction=False)
    for name, count in new.items():
        pipe.incrby(_key(name, _bucket()), count)
        pipe.expire(_key(name, _bucket()), KEPT)
    pipe.hset(PROCESSES, _process, f"{clock().now():.0f} {viewers}")
    pipe.expire(PROCESSES, KEPT)
    await pipe.execute()
    counts.subtract(new)  # what was counted meanwhile, or was not told, is told next time


async def read() -> Pulse:
    """The pulse now; the last minute counts from the beginning of a bucket, so it is 50 to 60 s."""
    await clock().ready()
    buckets = range(_bucket() - WINDOW + 1, _bucket() + 1)
    pipe = client().pipeline(transaction=False)
    pipe.hgetall(PROCESSES)
    for name in NAMES:
        for bucket in buckets:
            pipe.get(_key(name, bucket))
    processes, *found = await pipe.execute()
    told = {name: tuple(map(float, report.split())) for name, report in processes.items()}
    alive = [int(viewers) for at, viewers in told.values() if clock().now() - at < SILENT]
    if dead := [name for name, (at, _) in told.items() if clock().now() - at >= SILENT]:
        await client().hdel(PROCESSES, *dead)
    per_name = [found[i : i + len(buckets)] for i in range(0, len(found), len(buckets))]
    acts, errors = (sum(int(count or 0) for count in row) for row in per_name)
    return Pulse(sum(alive), acts, errors, len(alive))


async def memory() -> Memory:
    """How much memory the store uses, all masters of a cluster together."""
    if settings.STORE.kind == "cluster":
        nodes = list((await client().info("memory", target_nodes=client().PRIMARIES)).values())
    else:
        nodes = [await client().info("memory")]
    return Memory(*(sum(int(node.get(field, 0)) for node in nodes) for field in ("used_memory", "maxmemory")))

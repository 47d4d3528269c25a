"""What a run costs: processor time, memory and bytes, read before and after each phase."""

import time
from collections.abc import Callable
from dataclasses import dataclass, fields

from benchmarks.viewer import Totals
from tests.live import cpu_seconds, rss


@dataclass(frozen=True)
class Cost:
    """A reading, or the difference of two: seconds, and bytes."""

    seconds: float
    server: float
    store: float
    client: float
    received: int
    sent: int
    memory: int

    def __sub__(self, before: "Cost") -> "Cost":
        return Cost(*(getattr(self, field.name) - getattr(before, field.name) for field in fields(self)))


def meter(servers: list[int], stores: list[int], totals: Totals) -> Callable[[], Cost]:
    """Returns the function that reads: `servers` and `stores` are process ids, `totals` counts the load's bytes."""

    def read() -> Cost:
        return Cost(
            seconds=time.perf_counter(),
            server=sum(map(cpu_seconds, servers)),
            store=sum(map(cpu_seconds, stores)),
            client=time.process_time(),
            received=totals.received,
            sent=totals.sent,
            memory=sum(map(rss, servers)),
        )

    return read

"""What the death of a master costs: how long nothing is written, and what was acknowledged and is lost.

`python -m benchmarks.failover` kills the master under sentinels, and one of three in a cluster, with -9 while many
write as fast as they can. `--lag 1` cuts the replicas off before; `--binary /usr/bin/redis-server` takes another server
than the embedded one.
"""

import argparse
import asyncio
import contextlib
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import django

from benchmarks.report import Row, show
from tests.stores import Cluster, Sentinels, Server
from wewatch import stores
from wewatch.engine import find_server

WRITERS = 64
BEFORE, AFTER = 2.0, 1.0  # seconds that all write before the death, and at least after it
PAUSE = 0.1  # seconds until somebody tries again
BACK = 10_000  # ms after which the next act has to work


@dataclass
class Writer:
    """Somebody who counts up in a record of their own, and is told of each count."""

    key: str
    told: int = 0
    total: int = 0
    lost: int = 0  # counts that they were told of and that are not there
    waited: float = 0.0  # the longest time in seconds without being told of one

    async def run(self, end: asyncio.Event) -> None:
        """Count until the end, and then once more."""
        from wewatch import record
        from wewatch.redis import OUT_OF_REACH

        last = time.monotonic()
        while True:
            ending = end.is_set()
            try:
                seen = await record.read(self.key, ())
                self.lost += max(0, self.told - seen.v)
                self.told = await record.commit(self.key, seen.v, record.Write({"n": 1}))
            except OUT_OF_REACH:
                await asyncio.sleep(PAUSE)
                continue
            self.total, last, self.waited = self.total + 1, time.monotonic(), max(self.waited, time.monotonic() - last)
            if ending:
                return


def main() -> int:
    """Run the benchmark; 1 where the next act takes longer than it may."""
    options = _options()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "wewatch.settings", "SECRET_KEY": "benchmark" * 4}
    django.setup()
    rows = []
    for kind in (Sentinels, Cluster):
        rounds = [_round(kind, options) for _ in range(options.rounds)]
        waits = [max(writer.waited for writer in writers) for writers in rounds]
        name = kind.__name__
        rows += [
            Row(f"{name}: longest wait for a write, median", 1000 * statistics.median(waits), "ms"),
            Row(f"{name}: longest wait for a write, worst", 1000 * max(waits), "ms", BACK),
            Row(f"{name}: acknowledged writes", sum(writer.total for writers in rounds for writer in writers)),
            Row(f"{name}: of those lost", sum(writer.lost for writers in rounds for writer in writers)),
        ]
    show(f"A master dies while {WRITERS} write, {options.rounds} times ({options.binary.name})", rows)
    return int(any(row.bar is not None and not row.value <= row.bar for row in rows))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, default=find_server(), help="the server, if not the embedded one")
    parser.add_argument("--lag", type=float, default=0.0, help="seconds that the replicas are cut off before the death")
    parser.add_argument("--rounds", type=int, default=5, help="deaths of a master, of each kind")
    return parser.parse_args()


def _round(kind: type[Sentinels | Cluster], options: argparse.Namespace) -> list[Writer]:
    with tempfile.TemporaryDirectory() as folder, kind(Path(folder).resolve() / "stores", options.binary) as group:
        from django.conf import settings

        settings.STORE = stores.parse(group.url)
        return asyncio.run(_death(group.master, group.replicas, options.lag))


async def _death(master: Server, replicas: list[Server], lag: float) -> list[Writer]:
    writers, end = [Writer(f"ww:bench:{number}") for number in range(WRITERS)], asyncio.Event()
    tasks = [asyncio.create_task(writer.run(end)) for writer in writers]
    await asyncio.sleep(BEFORE)
    with master.without(*replicas) if lag else contextlib.nullcontext():
        await asyncio.sleep(lag)
        master.kill()
    await asyncio.sleep(AFTER)
    end.set()
    await asyncio.gather(*tasks)
    return writers


if __name__ == "__main__":
    sys.exit(main())

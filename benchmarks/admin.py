"""What the admin's pages cost on a site with many rooms and users, on a real worker over real HTTP.

`python -m benchmarks.admin`; 50,000 rooms and 200,000 users by default. The bar holds for lists and pages; searches and
filters read as much as they may, and have none.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.meter import meter
from benchmarks.report import Row, percentile, show
from benchmarks.turns import Turns
from benchmarks.viewer import Totals
from tests.live import Live
from tests.people import Person
from tests.staffing import MAKE, STAFF

BAR = 100  # ms of server CPU
ROOMS, USERS = "/admin/rooms/room/", "/admin/accounts/user/"


def main() -> int:
    """Run the benchmark; 1 where a list or a page costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", type=int, default=50_000)
    parser.add_argument("--users", type=int, default=200_000)
    parser.add_argument("--loads", type=int, default=20, help="of each page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data, line = Path(folder).resolve(), Path(folder) / "turns.sock"
        with Live(data, 1, REDIS_URL=f"unix://{line}") as live, Turns(line, data) as turns:
            live.run_python(f"from benchmarks.crowded_site import fill; fill({options.rooms}, {options.users})")
            live.run_python(MAKE.format(staff={"root": STAFF["root"]}))
            root = Person(live.url, jar={"sessionid": "session-of-root"})
            read = meter(live.worker_pids, [live.store_pid], Totals())
            rows = [row for page in _pages() for row in _rows(page, root, turns, read, options.loads)]
    show(f"The admin with {options.rooms:,} rooms and {options.users:,} users", rows)
    return int(any(row.bar is not None and not row.value <= row.bar for row in rows))


def _pages() -> list[tuple[str, str, int | None]]:
    return [
        ("dashboard", "/admin/", BAR),
        ("dashboard's figures", "/admin/pulse/", BAR),
        ("rooms", ROOMS, BAR),
        ("rooms, page 500", f"{ROOMS}?p=500", BAR),
        ("rooms, oldest first", f"{ROOMS}?o=6", BAR),
        ("rooms, live", f"{ROOMS}?state=live", None),
        ("rooms, locked", f"{ROOMS}?state=locked", None),
        ("rooms, search for an id", f"{ROOMS}?q=40000", None),
        ("rooms, search for a title", f"{ROOMS}?q=am%C3%A9lie", None),
        ("rooms, search that finds nothing", f"{ROOMS}?q=nowhere", None),
        ("rooms, look at all for a title", f"{ROOMS}?q=nowhere&all=1", None),
        ("rooms, look at all for locked ones", f"{ROOMS}?state=locked&all=1", None),
        ("a room", f"{ROOMS}7/change/", BAR),
        ("users", USERS, BAR),
        ("users, page 2000", f"{USERS}?p=2000", BAR),
        ("users, search for an id", f"{USERS}?q=150000", None),
        ("users, search for a name", f"{USERS}?q=garden", None),
        ("users, look at all for a name", f"{USERS}?q=garden&all=1", None),
        ("a user", f"{USERS}7/change/", BAR),
    ]


def _rows(page: tuple[str, str, int | None], root: Person, turns: Turns, read, loads: int) -> list[Row]:
    """Of a page: CPU and slow loads in ms, and round trips; after it was warmed up."""
    name, path, bar = page
    if "all=1" in path:
        loads = max(1, loads // 10)
    for _ in range(min(3, loads)):
        root.get(path)
    start, before, waits = read(), turns.count, []
    for _ in range(loads):
        began = time.perf_counter()
        answer = root.get(path)
        waits.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
    cost = read() - start
    return [
        Row(f"{name}: server CPU", cost.server / loads * 1000, "ms", bar),
        Row(f"{name}: store CPU", cost.store / loads * 1000, "ms"),
        Row(f"{name}: p50 / p95 until it is here", percentile(waits, 0.5), f"ms {percentile(waits, 0.95):.0f}"),
        Row(f"{name}: round trips, all", (turns.count - before) / loads),
    ]


if __name__ == "__main__":
    sys.exit(main())

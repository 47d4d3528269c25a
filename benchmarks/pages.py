"""What a page costs somebody who has much: server CPU and Redis round trips, on a real worker.

`python -m benchmarks.pages`; the person has 500 rooms, 500 rows of history, 500 videos on each shelf, and 100 playlists
of 500 videos. `--many 50000` puts so many on the shelves and into the history instead.
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

ACCOUNT = "/logout/"  # a page that reads nothing but the account's token, as every page does
CPU, TRIPS = 10, 6  # ms and round trips that a page may cost


def main() -> int:
    """Run the benchmark; 1 where a page costs more than it may."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        data, line = Path(folder).resolve(), Path(folder) / "turns.sock"
        with Live(data, 1, REDIS_URL=f"unix://{line}") as live, Turns(line, data) as turns:
            rows = _rows(live, turns, options)
    show(f"Pages of a person with {options.many:,} videos on each shelf, 500 rooms, 100 playlists of 500", rows)
    return int(any(row.bar is not None and not row.value <= row.bar for row in rows))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--many", type=int, default=500, help="videos on each shelf and rows of the history")
    parser.add_argument("--loads", type=int, default=200, help="of each page")
    return parser.parse_args()


def _rows(live: Live, turns: Turns, options: argparse.Namespace) -> list[Row]:
    person = Person(live.url)
    person.get("/")
    person.get("/")  # with its cookie: kept for good
    user = int(person.jar["wewatch"].split(".")[1])
    live.run_python(f"from benchmarks.belongings import give; give({user}, {options.many})")
    playlist = person.get("/playlists/").text.split('href="/playlist/')[1].split("/")[0]
    read = meter(live.worker_pids, [live.store_pid], Totals())
    base, token, _ = _cost(person, ACCOUNT, turns, read, options.loads)
    rows = []
    for name, path in _pages(playlist).items():
        cpu, trips, slow = _cost(person, path, turns, read, options.loads)
        bars = (None, None) if "search" in name else (CPU, TRIPS)  # a search looks at everything where it finds nothing
        rows += [
            Row(f"{name}: server CPU", cpu, "ms", bars[0]),
            Row(f"{name}: round trips, all", trips, "", bars[1]),
            Row(f"{name}: p95 until it is here", slow, "ms"),
        ]
    alone = [Row("a page that shows nothing: server CPU", base, "ms"), Row("its round trips, for the token", token)]
    return [*alone, *rows]


def _pages(playlist: str) -> dict[str, str]:
    return {
        "home": "/",
        "liked": "/library/liked/",
        "later": "/library/later/",
        "history": "/library/history/",
        "rooms": "/library/rooms/",
        "playlists": "/playlists/",
        "a playlist of 500": f"/playlist/{playlist}/",
        "liked, last page": "/library/liked/?page=20",
        "liked, by title": "/library/liked/?sort=title",
        "liked, search that finds nothing": "/library/liked/?q=nowhere+at+all",
        "rooms, search": "/library/rooms/?q=film",
    }


def _cost(person: Person, path: str, turns: Turns, read, loads: int) -> tuple[float, float, float]:
    """Of a page: CPU in ms, round trips, and the slow ones in ms; on average, after it was warmed up."""
    for _ in range(5):
        person.get(path)
    start, before, waits = read(), turns.count, []
    for _ in range(loads):
        began = time.perf_counter()
        reply = person.get(path)
        waits.append((time.perf_counter() - began) * 1000)
        if reply.status != 200:
            raise RuntimeError(f"{path} answered {reply.status}")
    cost = read() - start
    return cost.server / loads * 1000, (turns.count - before) / loads, percentile(waits, 0.95)


if __name__ == "__main__":
    sys.exit(main())

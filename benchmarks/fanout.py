"""Many viewers over real WebSockets: what joining, acting, talking and doing nothing cost, and how late the last hears.

`python -m benchmarks.fanout --viewers 1000`, or `--rooms 200 --viewers 5 --acts 4000 --rate 200`; `--help` tells more.
"""

import argparse
import asyncio
import contextlib
import itertools
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from benchmarks.crowd import Crowd
from benchmarks.meter import Cost, meter
from benchmarks.people import Ticket, make_rooms, open_pages
from benchmarks.report import Row, percentile, save, show, spread
from benchmarks.viewer import Room
from tests.live import ROOT, Live, cpu_seconds

STATE_SIZE = 200  # bytes of a state as the floor sends it
MANY = 100_000  # so that no limit of ours is what is measured
LIMITS = {"MAX_VIEWERS": MANY, "MAX_SOCKETS_PER_ADDRESS": MANY, "MAX_SOCKETS_PER_USER": MANY}


def main() -> int:
    """Run the benchmark; 1 where a viewer missed something or a bar was missed."""
    options = _options()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory() as folder, Live(Path(folder), options.workers, **LIMITS) as live:
        rows = _pages(live, options)
    with _floor() as (pid, port):
        rows += asyncio.run(_floor_rows(pid, port, options))
    show(f"{options.rooms} × {options.viewers} viewers, {options.workers} × worker, {options.rate:g} acts/s", rows)
    if options.json:
        save(options.json, {name: value for name, value in vars(options).items() if name != "json"}, rows)
    return int(any(row.bar is not None and not row.value <= row.bar for row in rows))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--viewers", type=int, default=1000, help="in each room")
    parser.add_argument("--rooms", type=int, default=1)
    parser.add_argument("--queue", type=int, default=1, help="entries in the queue of each room")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--acts", type=int, default=60)
    parser.add_argument("--rate", type=float, default=2, help="acts a second, all rooms together")
    parser.add_argument("--messages", type=int, default=60, help="chat messages, as often as acts")
    parser.add_argument("--idle", type=float, default=60, help="seconds in which nobody acts")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _pages(live: Live, options: argparse.Namespace) -> list[Row]:
    urls = [live.worker_url(number) for number in range(options.workers)]
    made = make_rooms(urls, options.rooms, options.queue)
    before = sum(map(cpu_seconds, live.worker_pids))
    tickets, _ = open_pages(urls, made, options.viewers)
    pages = sum(map(cpu_seconds, live.worker_pids)) - before
    rooms = [Room(room.entry) for _, room in made]
    rows = asyncio.run(_server_rows(live, rooms, tickets, options))
    return [Row("page and its question /me/: server CPU", pages / len(tickets) * 1000, "ms"), *rows]


async def _server_rows(live: Live, rooms: list[Room], tickets: list[Ticket], options: argparse.Namespace) -> list[Row]:
    crowd = Crowd(rooms)
    read = meter(live.worker_pids, [live.store_pid], crowd.totals)
    people = [(rooms[number % len(rooms)], ticket) for number, ticket in enumerate(tickets)]
    await crowd.join(people[:1])  # whatever is imported or connected but once is not to be blamed on a viewer
    await crowd.quiet()
    start, half = read(), len(people) // 2
    seconds = await crowd.join(people[1:half])
    half_roster = crowd.viewers[0].roster
    seconds += await crowd.join(people[half:])
    await crowd.quiet()
    joins, count = read() - start, len(tickets)
    rosters = [viewer.roster for viewer in crowd.viewers]
    idling = asyncio.create_task(crowd.idle())
    start = read()
    await asyncio.sleep(options.idle)
    idle, start = read() - start, read()
    await crowd.play(options.acts, options.rate)
    acts, start = read() - start, read()
    await crowd.talk(options.messages, options.rate)
    talk, start = read() - start, read()
    await crowd.stall(0.1)
    stalls = read() - start
    idling.cancel()
    crowd.leave()
    passed = idle.received + idle.sent
    return [
        Row("joins: until the last has its state", seconds, "s", 5 * count / 1000, 2 * count / 1000),
        Row("joins: server CPU", joins.server, "s", target=2 * count / 1000),
        Row("joins: bytes to a viewer", joins.received / count, "bytes"),
        Row("joins: of these rosters, to the first viewer", rosters[0], "bytes"),
        Row("joins: the same when half were in", half_roster, "bytes"),
        Row("joins: of these rosters, on average", sum(rosters) / count, "bytes"),
        Row("memory a socket", joins.memory / count / 1000, "kB", 45, 30),
        Row("nobody acts: server CPU per viewer-second", idle.server / idle.seconds / count * 1e6, "µs", 20, 6),
        Row("nobody acts: store CPU per viewer-second", idle.store / idle.seconds / count * 1e6, "µs"),
        Row("nobody acts: per viewer-minute, both ways", passed / count / idle.seconds * 60, "bytes", 300, 300),
        *_act_rows("act", crowd, acts, idle, options.rooms == 1),
        *_talk_rows(crowd, talk, idle, options.messages),
        Row("a tenth stalls and recovers: server CPU", _beyond(stalls, idle) * 1000, "ms"),
        Row("a tenth stalls and recovers: to a viewer", stalls.received / count, "bytes"),
        Row("lines that broke", crowd.totals.closed, "", 0, 0),
        Row("acts refused, frames not understood", crowd.totals.naks + crowd.totals.errors, "", 0, 0),
    ]


async def _floor_rows(pid: int, port: int, options: argparse.Namespace) -> list[Row]:
    rooms = [Room("floor") for _ in range(options.rooms)]
    crowd = Crowd(rooms)
    tickets = [(room, Ticket(f"127.0.0.1:{port}", f"/{place}", "127.0.0.1", "")) for place, room in enumerate(rooms)]
    read = meter([pid], [], crowd.totals)
    start = read()
    await crowd.join(tickets * options.viewers)
    joins, start = read() - start, read()
    await crowd.play(options.acts, options.rate)
    rows = _act_rows("floor", crowd, read() - start, None, False)
    crowd.leave()
    return [Row("floor: server CPU of the joins", joins.server, "s"), *rows]


def _act_rows(name: str, crowd: Crowd, cost: Cost, idle: Cost | None, big: bool) -> list[Row]:
    """How late the viewers heard of the acts, and the processor time beyond idling; `big`: one room of many."""
    late: dict[tuple[int, int], list[float]] = defaultdict(list)
    for viewer in crowd.viewers:
        for v, when in viewer.heard:
            if (acted := viewer.room.heard[v]) is not None:
                late[id(viewer.room), v].append((when - acted) * 1000)
    delays = [delay for heard in late.values() for delay in heard]
    server = _beyond(cost, idle)
    store = cost.store - (idle.store / idle.seconds * cost.seconds if idle else 0)
    bars = {True: ((60, 14), (100, 15)), False: ((None, None), (None, None))}[big]
    targets = (None, None, 30) if big else (4, None, 20)
    return [
        Row(f"{name}: server CPU per delivery", server / len(delays) * 1e6, "µs", *bars[0]),
        Row(f"{name}: server CPU per act", server / len(late) * 1000, "ms"),
        Row(f"{name}: store CPU per act", store / len(late) * 1000, "ms"),
        Row(f"{name}: client CPU per delivery", cost.client / len(delays) * 1e6, "µs"),
        *spread(f"{name} to viewer", delays, "ms", targets=targets if idle else ()),
        Row(f"{name}: last viewer, median", percentile(map(max, late.values()), 0.5), "ms", *bars[1]),
        *_order_rows(name, crowd),
    ]


def _beyond(cost: Cost, idle: Cost | None) -> float:
    """The processor seconds of the server beyond those of idling."""
    return cost.server - (idle.server / idle.seconds * cost.seconds if idle else 0)


def _talk_rows(crowd: Crowd, cost: Cost, idle: Cost, messages: int) -> list[Row]:
    """How late the viewers heard what was said, what that cost, and whether everybody heard all of it in order."""
    late: dict[tuple[int, int], list[float]] = defaultdict(list)
    for viewer in crowd.viewers:
        for n, when in viewer.told:
            late[id(viewer.room), n].append((when - viewer.room.told[n]) * 1000)
    delays = [delay for heard in late.values() for delay in heard]
    order = [[n for n, _ in viewer.told] for viewer in crowd.viewers]
    wrong = sum(heard != sorted(viewer.room.told) for viewer, heard in zip(crowd.viewers, order, strict=True))
    return [
        Row("message: server CPU per delivery", _beyond(cost, idle) / len(delays) * 1e6, "µs", 60),
        Row("message: bytes to a viewer", cost.received / len(delays), "bytes"),
        *spread("message to viewer", delays, "ms"),
        Row("message: last viewer, median", percentile(map(max, late.values()), 0.5), "ms", 100),
        Row("message: lost", messages - sum(len(room.told) for room in crowd.rooms), "", 0, 0),
        Row("viewers who missed one or saw another order", wrong, "", 0, 0),
    ]


def _order_rows(name: str, crowd: Crowd) -> list[Row]:
    """Whether everybody got each version exactly once and in order; these acts are too far apart to be merged."""
    steps = [
        after - before
        for viewer in crowd.viewers
        for before, after in itertools.pairwise([*(v for v, _ in viewer.heard), viewer.room.v + 1])
    ]
    answered = sum(len(room.heard) - 1 for room in crowd.rooms)
    return [
        Row(f"{name}: without an answer", len(crowd.acts) - answered, "", 0, 0),
        Row(f"{name}: missed by a viewer", sum(step - 1 for step in steps if step > 1), "", 0, 0),
        Row(f"{name}: twice or out of order", sum(step < 1 for step in steps), "", 0, 0),
    ]


@contextlib.contextmanager
def _floor():
    """The floor's process id and port."""
    command = [sys.executable, "-m", "benchmarks.floor", str(STATE_SIZE)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.pid, int(process.stdout.readline())
        finally:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main())

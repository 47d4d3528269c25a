"""Many viewers in one process: each joins, idles as the real client does, acts when told, and notes what it hears."""

import asyncio
import itertools
import time

from benchmarks.people import Ticket
from benchmarks.viewer import Room, Totals, Viewer

AT_ONCE = 100  # handshakes under way at a time
CALM = 1.0  # seconds after the last act; who has not heard of it by then has missed it
PERIOD = 60.0  # seconds between two clock pings of a viewer
PATIENCE = 60.0  # seconds to wait for what must come


class Crowd:
    """All viewers of a run."""

    def __init__(self, rooms: list[Room]) -> None:
        self.rooms = rooms
        self.totals = Totals()
        self.buffer = memoryview(bytearray(65536))  # of whoever receives at the moment
        self.inbox: list[tuple[Viewer, float, bytes]] = []  # (whose, when, what) since the last reading
        self.acts: dict[str, float] = {}  # when each op was sent
        self.said: dict[str, float] = {}  # when each chat message was sent
        self.leaving = False

    @property
    def viewers(self) -> list[Viewer]:
        """Everybody."""
        return [viewer for room in self.rooms for viewer in room.viewers]

    async def join(self, people: list[tuple[Room, Ticket]]) -> float:
        """Let people in, up to 100 at a time; returns the seconds until the last has its first state."""
        turns = asyncio.Semaphore(AT_ONCE)
        began = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(self._join(room, ticket, turns) for room, ticket in people))
        return time.perf_counter() - began

    async def _join(self, room: Room, ticket: Ticket, turns: asyncio.Semaphore) -> None:
        host, _, port = ticket.host.partition(":")
        connect = asyncio.get_running_loop().create_connection
        async with turns:
            _, viewer = await connect(
                lambda: Viewer(self, room, ticket), host, int(port), local_addr=(ticket.address, 0)
            )
            await viewer.entered
        viewer.report("ready")  # as the real client does, when its film is where the others are
        room.viewers.append(viewer)

    async def quiet(self, span: float = 1.5) -> None:
        """Return when nothing has been received for a while."""
        before = -1
        while before != self.totals.received:
            before = self.totals.received
            await asyncio.sleep(span)
            self.read()

    async def idle(self) -> None:
        """For ever, ping the clock once a minute for each viewer, evenly spread."""
        viewers = self.viewers
        due = time.perf_counter()
        for number in itertools.count():
            viewers[number % len(viewers)].ping(number // len(viewers))
            due += PERIOD / len(viewers)
            await asyncio.sleep(due - time.perf_counter())
            self.read()

    async def play(self, acts: int, rate: float) -> None:
        """Act so often a second, room after room and viewer after viewer; returns a second after the last."""
        due = time.perf_counter()
        for number in range(acts):
            turn, place = divmod(number, len(self.rooms))
            room = self.rooms[place]
            actor = room.viewers[turn % len(room.viewers)]
            kind, fields = [("play", {}), ("seek", {"pos": 60.0 + turn}), ("pause", {"pos": 0.0})][turn % 3]
            actor.act(f"act-{len(self.acts):08}", kind, **fields)
            due += 1 / rate
            await asyncio.sleep(due - time.perf_counter())
            self.read()
        await asyncio.sleep(CALM)
        self.read()

    async def talk(self, messages: int, rate: float) -> None:
        """Say something so often a second, room after room and viewer after viewer; returns a second after the last."""
        due = time.perf_counter()
        for number in range(messages):
            turn, place = divmod(number, len(self.rooms))
            viewers = self.rooms[place].viewers
            viewers[turn % len(viewers)].say(
                f"message-{len(self.said):08}", f"Did you see that? This is line {number}."
            )
            due += 1 / rate
            await asyncio.sleep(due - time.perf_counter())
            self.read()
        await asyncio.sleep(CALM)
        self.read()

    async def stall(self, share: float) -> None:
        """Let some viewers stall and come back, as when a network hiccups; returns when that was told."""
        some = self.viewers[:: max(1, round(1 / share))]
        for state in ("stalled", "ready"):
            for viewer in some:
                viewer.report(state)
            await asyncio.sleep(CALM)
            self.read()

    def read(self) -> None:
        """Have everybody read what has come."""
        for viewer, now, data in self.inbox:
            viewer.read(now, data)
        self.inbox.clear()

    def leave(self) -> None:
        """Close all lines."""
        self.leaving = True
        for viewer in self.viewers:
            viewer.transport.abort()

"""Many viewers in one process: each joins, idles as the real client does, acts when told, and notes what it hears."""

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field

from benchmarks import wire
from benchmarks.people import Ticket

STATE = b'{"type":"st","v":'
AT_ONCE = 100  # handshakes under way at a time
CALM = 1.0  # seconds after the last act; who has not heard of it by then has missed it
PERIOD = 60.0  # seconds between two clock pings of a viewer
PATIENCE = 60.0  # seconds to wait for what must come


@dataclass(eq=False)
class Room:
    """A room under load: `heard` maps a version to the instant when its op was sent."""

    entry: str
    viewers: list["Viewer"] = field(default_factory=list)
    v: int = 0
    heard: dict[int, float | None] = field(default_factory=dict)


@dataclass
class Totals:
    """What has passed on all lines, and what went wrong."""

    received: int = 0  # bytes
    sent: int = 0  # bytes
    naks: int = 0
    errors: int = 0
    closed: int = 0


class Viewer(asyncio.BufferedProtocol):
    """One WebSocket of one user."""

    def __init__(self, crowd: "Crowd", room: Room, ticket: Ticket) -> None:
        self.crowd, self.room, self.ticket = crowd, room, ticket
        self.rest = b""
        self.entered = asyncio.get_running_loop().create_future()
        self.opened = False
        self.heard: list[tuple[int, float]] = []  # (version, when)

    def connection_made(self, transport) -> None:
        self.transport = transport
        self._write(wire.handshake(self.ticket.host, self.ticket.path, {"Cookie": self.ticket.cookie}))

    def connection_lost(self, error) -> None:
        self.crowd.totals.closed += not self.crowd.leaving
        if not self.entered.done():
            self.entered.set_exception(ConnectionError("the line ended before the first state"))

    def get_buffer(self, size: int) -> memoryview:
        return self.crowd.buffer

    def buffer_updated(self, size: int) -> None:
        # Once in, only the instant is noted, and read later: what the others get must not wait for that.
        self.crowd.inbox.append((self, time.perf_counter(), bytes(self.crowd.buffer[:size])))
        if not self.entered.done():
            self.crowd.read()

    def read(self, now: float, data: bytes) -> None:
        """Read what came, and answer pings."""
        self.crowd.totals.received += len(data)
        data = self.rest + data
        if not self.opened:
            data = self._open(data)
        found, self.rest = wire.frames(data) if self.opened else ([], data)
        for opcode, payload in found:
            self._frame(opcode, payload, now)

    def _frame(self, opcode: int, payload: bytes, now: float) -> None:
        if payload.startswith(STATE):
            self._state(payload, now)
        elif opcode == wire.PING:
            self._write(wire.masked(wire.PONG, payload))
        elif payload.startswith(b'{"type":"nak"'):
            self.crowd.totals.naks += 1
        elif payload.startswith(b'{"type":"error"'):
            self.crowd.totals.errors += 1

    def _open(self, data: bytes) -> bytes:
        head, end, rest = data.partition(b"\r\n\r\n")
        if not end:
            return data
        if b" 101 " not in head[:20]:
            self.entered.set_exception(ConnectionError(head.split(b"\r\n")[0].decode()))
            self.transport.close()
            return b""
        self.opened = True
        return rest

    def _state(self, payload: bytes, now: float) -> None:
        v = int(payload[len(STATE) : payload.index(b",", len(STATE))])
        self.heard.append((v, now))
        if v > self.room.v or not self.room.heard:
            by = json.loads(payload)["by"]
            self.room.v = v
            self.room.heard[v] = self.crowd.acts.get(by["op"]) if by else None
        if not self.entered.done():
            self.entered.set_result(None)

    def _write(self, data: bytes) -> None:
        self.crowd.totals.sent += len(data)
        self.transport.write(data)

    def ping(self, seq: int) -> None:
        """Send a clock ping, as the real client does once a minute."""
        self._write(wire.message("ck", seq=seq, c0=round(time.perf_counter() * 1000, 1), rtt=0.7, v=self.room.v))

    def act(self, op: str, kind: str, **fields: float) -> None:
        """Send a person's act."""
        frame = wire.message("op", id=op, v=self.room.v, entry=self.room.entry, kind=kind, **fields)
        self.crowd.acts[op] = time.perf_counter()
        self._write(frame)


class Crowd:
    """All viewers of a run."""

    def __init__(self, rooms: list[Room]) -> None:
        self.rooms = rooms
        self.totals = Totals()
        self.buffer = memoryview(bytearray(65536))  # of whoever receives at the moment
        self.inbox: list[tuple[Viewer, float, bytes]] = []  # (whose, when, what) since the last reading
        self.acts: dict[str, float] = {}  # when each op was sent
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

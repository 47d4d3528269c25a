"""One viewer of the load: a WebSocket that joins, acts and talks when told, and notes what it hears and when."""

import asyncio
import json
import time
from dataclasses import dataclass, field

from benchmarks import wire
from benchmarks.people import Ticket

STATE = b'{"type":"st","v":'
MESSAGE = b'{"type":"msg",'
ROSTER = b'{"type":"who",'


@dataclass(eq=False)
class Room:
    """A room under load: `heard` maps a version, `told` a message's number to the instant when it was sent."""

    entry: str
    viewers: list["Viewer"] = field(default_factory=list)
    v: int = 0
    heard: dict[int, float | None] = field(default_factory=dict)
    told: dict[int, float] = field(default_factory=dict)


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

    def __init__(self, crowd, room: Room, ticket: Ticket) -> None:
        self.crowd, self.room, self.ticket = crowd, room, ticket
        self.rest = b""
        self.entered = asyncio.get_running_loop().create_future()
        self.opened = False
        self.heard: list[tuple[int, float]] = []  # (version, when)
        self.told: list[tuple[int, float]] = []  # (number of a chat message, when)
        self.roster = 0  # bytes of rosters and their differences

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
        elif payload.startswith(MESSAGE):
            self._message(payload, now)
        elif payload.startswith(ROSTER):
            self.roster += len(payload)
        elif opcode == wire.PING:
            self._write(wire.masked(wire.PONG, payload))
        elif payload.startswith((b'{"type":"nak"', b'{"type":"refused"')):
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

    def _message(self, payload: bytes, now: float) -> None:
        item = json.loads(payload)["item"]
        self.told.append((item["n"], now))
        self.room.told[item["n"]] = self.crowd.said[item["id"]]

    def _write(self, data: bytes) -> None:
        self.crowd.totals.sent += len(data)
        self.transport.write(data)

    def ping(self, seq: int) -> None:
        """Send a clock ping, as the real client does once a minute."""
        now = round(time.perf_counter() * 1000, 1)
        self._write(wire.message("ck", seq=seq, c0=now, rtt=0.7, v=self.room.v, drift=-12))

    def act(self, op: str, kind: str, **fields: float) -> None:
        """Send a person's act."""
        frame = wire.message("op", id=op, v=self.room.v, entry=self.room.entry, kind=kind, **fields)
        self.crowd.acts[op] = time.perf_counter()
        self._write(frame)

    def say(self, message: str, text: str) -> None:
        """Send a chat message."""
        frame = wire.message("say", id=message, text=text, re=None, at=[])
        self.crowd.said[message] = time.perf_counter()
        self._write(frame)

    def report(self, state: str) -> None:
        """Tell how the film goes here."""
        self._write(wire.message("rdy", entry=self.room.entry, v=self.room.v, state=state, s=None))

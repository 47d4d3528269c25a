"""A TCP proxy in a thread: a balancer between workers that the test steers, and a bad line where one is wanted."""

import asyncio
import contextlib
import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass

CHUNK = 65536  # bytes read at once
HOST = "127.0.0.1"
_chance = random.Random()  # of its own: hypothesis watches the shared one


@dataclass
class Way:
    """One direction of a line: each chunk comes `delay` ms later, and up to `jitter` ms later still, in order."""

    delay: float = 0.0
    jitter: float = 0.0

    def seconds(self) -> float:
        """How long the next chunk is under way."""
        return (self.delay + _chance.uniform(0, self.jitter)) / 1000


class Proxy:
    """Lines from `port` to the first target that takes them, beginning with the preferred one.

    `up` and `down` shape WebSockets alone: pages and media come as fast as they would without.
    """

    def __init__(self, targets: Sequence[int], up: Way | None = None, down: Way | None = None) -> None:
        self.targets = list(targets)
        self.up, self.down = up or Way(), down or Way()
        self.port = 0
        self._preferred = 0
        self._lines: set[asyncio.Task] = set()
        self._loop = asyncio.new_event_loop()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        """Listen on a free port."""
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._accept, HOST, 0, backlog=1024))
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Listen no more, and cut all lines."""
        self._loop.call_soon_threadsafe(self._server.close)
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def prefer(self, number: int) -> None:
        """Lead new lines to this target as long as it takes them."""
        self._preferred = number

    def freeze(self) -> None:
        """Let nothing pass on any line, as if every packet got lost; nobody is told."""
        self._loop.call_soon_threadsafe(self._flowing.clear)

    def thaw(self) -> None:
        """Let pass again, what waited first."""
        self._loop.call_soon_threadsafe(self._flowing.set)

    def cut(self) -> None:
        """Cut all lines there are; returns when they are cut. New ones are taken."""
        self._do(self._cut())

    def _do(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def _cut(self) -> None:
        lines = tuple(self._lines)
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        await asyncio.sleep(0)  # sockets are closed in the turn after

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = asyncio.current_task()
        self._lines.add(line)
        try:
            await self._carry(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass  # a line that breaks here breaks on the other side, below
        finally:
            self._lines.discard(line)
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.read(CHUNK)
        if not first:
            return
        far_reader, far_writer = await self._connect(writer.get_extra_info("peername")[0])
        shaped = b"upgrade: websocket" in first.lower()
        up, down = (self.up, self.down) if shaped else (Way(), Way())
        ways = [
            asyncio.create_task(self._pump(reader, far_writer, up, first)),
            asyncio.create_task(self._pump(far_reader, writer, down)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            far_writer.close()

    async def _connect(self, address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect from the caller's own address, so that the target sees who calls: here all have loopback ones."""
        first = self._preferred
        for port in (*self.targets[first:], *self.targets[:first]):
            with contextlib.suppress(ConnectionError):
                return await asyncio.open_connection(HOST, port, local_addr=(address, 0))
        raise ConnectionRefusedError("no target takes lines")

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way, first=b"") -> None:
        """Carry what comes until the end; reading goes on while chunks are under way, so delays don't add up."""
        under_way: asyncio.Queue = asyncio.Queue(1024)
        async with asyncio.TaskGroup() as both:
            both.create_task(self._deliver(under_way, writer))
            chunk = first or await reader.read(CHUNK)
            while chunk:
                await under_way.put((self._loop.time() + way.seconds(), chunk))
                chunk = await reader.read(CHUNK)
            await under_way.put((0, b""))

    async def _deliver(self, under_way: asyncio.Queue, writer: asyncio.StreamWriter) -> None:
        while True:
            due, chunk = await under_way.get()
            await asyncio.sleep(due - self._loop.time())
            await self._flowing.wait()
            if not chunk:
                return
            writer.write(chunk)
            await writer.drain()

"""A relay between workers and their store that counts round trips: each time a line asks after it was answered."""

import asyncio
import contextlib
import threading
from pathlib import Path

from wewatch import embedded

CHUNK = 65_536  # bytes


class Turns:
    """The relay, in a thread of its own; `count` is how many round trips have passed."""

    def __init__(self, line: Path, data_dir: Path) -> None:
        self.line, self.store = line, embedded.socket_path(data_dir)
        self.count = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "Turns":
        self._thread.start()
        serving = asyncio.start_unix_server(self._relay, self.line)
        asyncio.run_coroutine_threadsafe(serving, self._loop).result()
        return self

    def __exit__(self, *error) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _end(self) -> None:
        lines = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in lines:
            task.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        store_reader, store_writer = await asyncio.open_unix_connection(self.store)
        asked = [False]  # whether this line waits for an answer

        def asks() -> None:
            self.count += not asked[0]
            asked[0] = True

        def is_answered() -> None:
            asked[0] = False

        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await asyncio.gather(_pipe(reader, store_writer, asks), _pipe(store_reader, writer, is_answered))


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seen) -> None:
    while data := await reader.read(CHUNK):
        seen()
        writer.write(data)
        await writer.drain()
    writer.close()

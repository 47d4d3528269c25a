"""A snapshot of a running store, taken over the network as a replica takes one.

It is of one instant, and the store serves on meanwhile. It works wherever SYNC does: not where a provider forbids it,
and of a cluster it would be one server's part alone.
"""

import asyncio
from asyncio import StreamReader
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from redis.asyncio import Redis, RedisCluster
from redis.exceptions import ResponseError

from wewatch.engine import Engine, parse
from wewatch.preflight import Trouble

CHUNK = 1 << 20  # bytes
SILENCE = 60  # seconds without a byte before it gives up; a store that is still preparing sends one a second

Tell = Callable[[str], None]


class NotGiven(Exception):
    """The store gives no snapshot of itself away."""


async def engine(redis: Redis) -> Engine:
    """What server a store is. Raises NotGiven for a cluster."""
    if isinstance(redis, RedisCluster) or (info := await redis.info("server")).get("redis_mode") == "cluster":
        raise NotGiven("it is a cluster")
    name = info.get("server_name", "redis")
    return parse(f"{name} {info.get(f'{name}_version', info['redis_version'])}")


async def fetch(redis: Redis, path: Path, tell: Tell) -> None:
    """Write a snapshot of the store (an RDB) to `path`. Raises NotGiven, Trouble, or Redis' errors."""
    connection = await redis.connection_pool.get_connection()
    try:
        for words in (("capa", "eof"), ("rdb-only", "1")):
            await connection.send_command("REPLCONF", *words)
            with suppress(ResponseError):  # a server of before 7.0 does not know rdb-only, and sends more than is read
                await connection.read_response()
        await connection.send_command("SYNC")
        with path.open("wb") as file:
            # No client library reads what follows, for it is no reply; all replies before it were read whole.
            await _receive(connection._reader, file, tell)
    except TimeoutError as error:
        raise Trouble(f"The store sent nothing for {SILENCE} s while its snapshot was taken. Try again.") from error
    finally:
        await connection.disconnect()
        await redis.connection_pool.release(connection)


async def _receive(reader: StreamReader, file: BinaryIO, tell: Tell) -> None:
    """Read `$<bytes>` or `$EOF:<mark>`, then the file; behind a mark, it ends where the mark comes again."""
    head = await _line(reader)
    if not head.startswith(b"$"):
        said = head.decode("ascii", "replace").lstrip("-") or "it closed the line"
        raise NotGiven(said)
    mark = head[5:] if head.startswith(b"$EOF:") else b""
    left = 0 if mark else int(head[1:])
    written, tail = 0, b""
    while left or mark:
        chunk = await _some(reader, CHUNK if mark else min(CHUNK, left))
        if not chunk:
            raise Trouble("The store ended its snapshot half-way (is its disk or memory full?). See its log.")
        tail += chunk
        keep = len(mark)
        file.write(tail[: len(tail) - keep])
        written += len(tail) - keep if len(tail) > keep else 0
        tail = tail[-keep:] if keep else b""
        left -= 0 if mark else len(chunk)
        tell(f"Store: {written / 1e6:,.1f} MB")
        if mark and tail == mark:
            return


async def _line(reader: StreamReader) -> bytes:
    """The first line with something in it; empty ones say that the store is preparing."""
    while True:
        async with asyncio.timeout(SILENCE):
            line = await reader.readline()
        if line.strip() or not line:
            return line.strip()


async def _some(reader: StreamReader, count: int) -> bytes:
    async with asyncio.timeout(SILENCE):
        return await reader.read(count)

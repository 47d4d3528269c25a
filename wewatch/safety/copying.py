"""Copies all records from one store into another, type by type, so that neither engine nor version matters."""

import secrets
from collections.abc import AsyncIterator

from redis.asyncio import Redis

from rooms.store import keys
from wewatch.safety.asking import FIRST, LAST, ask, scan
from wewatch.safety.schemas import KEY
from wewatch.safety.snapshot import Tell

STRIDE = 500  # keys in one round trip
PASSING = ("ww:cache:", "ww:sweep:")  # what is kept for a while: not worth it, and partly no text
READ = {  # how a type is read whole
    "string": lambda key: ("GET", key),
    "hash": lambda key: ("HGETALL", key),
    "list": lambda key: ("LRANGE", key, 0, -1),
    "zset": lambda key: ("ZRANGE", key, 0, -1, "WITHSCORES"),
}


async def copy(source: Redis, target: Redis, tell: Tell) -> int:
    """Copy all of We Watch's records, each room in a new epoch; returns how many.

    A new epoch tells every page that was open before to forget what it knows: it may know more than the copy does.
    """
    copied = 0
    for kind, read in READ.items():
        async for found in _keys(source, kind):
            values = await ask(source, map(read, found))
            ends = await ask(source, (("PTTL", key) for key in found))
            rows = [row for row in zip(found, values, ends, strict=True) if row[1]]  # what ended meanwhile is empty
            await ask(target, (_write(kind, key, value) for key, value, _ in rows))
            await ask(target, (("PEXPIRE", key, end) for key, _, end in rows if end > 0))
            copied += len(rows)
            tell(f"{copied:,} records")
    return copied


async def erase(source: Redis, target: Redis) -> None:
    """Take back what was copied."""
    async for found in _keys(source):
        await ask(target, (("UNLINK", key) for key in found))


async def is_empty(redis: Redis) -> bool:
    """Whether a store holds nothing of We Watch's that would be missed."""
    async for found in _keys(redis):
        if set(found) - {KEY}:  # which every start writes
            return False
    return True


async def _keys(redis: Redis, kind: str | None = None) -> AsyncIterator[list[str]]:
    at = FIRST
    while at != LAST:
        at, found = await scan(redis, at, STRIDE, kind)
        yield [key for key in dict.fromkeys(found) if not key.startswith(PASSING)]


def _write(kind: str, key: str, value) -> tuple:
    if kind == "string":
        return ("SET", key, value)
    if kind == "list":
        return ("RPUSH", key, *value)
    if kind == "zset":
        return ("ZADD", key, *(part for pair in zip(value[1::2], value[::2], strict=True) for part in pair))
    if keys.is_room(key):
        value |= {"epoch": secrets.token_hex(4)}
    return ("HSET", key, *(part for pair in value.items() for part in pair))

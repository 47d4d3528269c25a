"""The connection to Redis and the loading of Lua scripts; no keys and no rules live here."""

import asyncio
import hashlib
from pathlib import Path
from weakref import WeakKeyDictionary

from django.conf import settings
from django_redis.exceptions import ConnectionInterrupted
from redis.asyncio import BlockingConnectionPool, Redis
from redis.connection import DefaultParser
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError, OutOfMemoryError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError


class Full(ResponseError):
    """The store cannot write its file: the disk is full, most likely."""


DefaultParser.EXCEPTION_CLASSES["MISCONF"] = Full

# What is raised while Redis cannot be reached, or is full, by our client, the channel layer and the cache.
OUT_OF_REACH = (
    *(RedisConnectionError, RedisTimeoutError, ConnectionInterrupted, ConnectionError, TimeoutError),
    *(Full, OutOfMemoryError),
)
POOL = 16  # connections an event loop; more only queue in Redis, which has one thread

_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, Redis] = WeakKeyDictionary()


def client() -> Redis:
    """The Redis client of the running event loop; replies are text.

    Timeouts are explicit: a frozen Redis is an error after 5 s, and a full pool after 5 s more.
    """
    loop = asyncio.get_running_loop()
    found = _clients.get(loop)
    if found is None:
        pool = BlockingConnectionPool.from_url(
            settings.REDIS_URL,
            max_connections=POOL,
            timeout=5,
            socket_timeout=5,
            socket_connect_timeout=2,
            decode_responses=True,
            protocol=2,
        )
        found = _clients[loop] = Redis(connection_pool=pool)
    return found


class Script:
    """A Lua script in a file, run by its hash and loaded where Redis does not have it (restart, SCRIPT FLUSH)."""

    def __init__(self, path: Path) -> None:
        self.text = path.read_text()
        self.sha = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()

    async def __call__(self, keys: list[str], args: list[str | int | float]):
        """Run the script in one step; returns what it returns."""
        redis = client()
        try:
            return await redis.evalsha(self.sha, len(keys), *keys, *args)
        except NoScriptError:
            return await redis.eval(self.text, len(keys), *keys, *args)

    async def each(self, calls: list[tuple[list[str], list[str | int | float]]]) -> list:
        """Run the script for each (keys, args), all in one round trip; returns what each run returns.

        Only for what may run twice: where Redis did not have the script, all runs are sent again.
        """
        replies = await self._pipelined(calls, raise_on_error=False)
        if any(isinstance(reply, NoScriptError) for reply in replies):
            await client().script_load(self.text)
            return await self._pipelined(calls, raise_on_error=True)
        if error := next((reply for reply in replies if isinstance(reply, Exception)), None):
            raise error
        return replies

    async def _pipelined(self, calls: list, raise_on_error: bool) -> list:
        pipe = client().pipeline(transaction=False)
        for keys, args in calls:
            pipe.evalsha(self.sha, len(keys), *keys, *args)
        return await pipe.execute(raise_on_error)

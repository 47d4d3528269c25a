"""The connection to Redis and the loading of Lua scripts; no keys and no rules live here.

Nothing that failed is sent again from here: whether it was done is not known, and not everything may be done twice.
"""

import asyncio
import hashlib
import time
from pathlib import Path
from weakref import WeakKeyDictionary

from django.conf import settings
from django_redis.exceptions import ConnectionInterrupted
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel, SentinelConnectionPool
from redis.backoff import NoBackoff
from redis.connection import DefaultParser
from redis.exceptions import (
    ClusterError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    ResponseError,
    TryAgainError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from wewatch import metrics
from wewatch.cluster import Cluster
from wewatch.stores import ANSWER, CONNECT, Store


class TooFewReplicas(ResponseError):
    """A master with `min-replicas-to-write` that has lost them takes no writes for the moment."""


class Full(ResponseError):
    """The store cannot write its file: the disk is full, most likely."""


DefaultParser.EXCEPTION_CLASSES |= {"NOREPLICAS": TooFewReplicas, "MISCONF": Full}

# What is raised while Redis cannot be reached, by our client, the channel layer and the cache: no line, nobody at the
# other end, somebody who is about to hand over to another, or who has no space to write.
OUT_OF_REACH = (
    *(RedisConnectionError, RedisTimeoutError, ConnectionInterrupted, ConnectionError, TimeoutError),
    *(ReadOnlyError, TooFewReplicas, TryAgainError, ClusterError, RedisClusterException, Full, OutOfMemoryError),
)
POOL = 16  # connections an event loop; more only queue in Redis, which has one thread
CLUSTER_POOL = 512  # connections an event loop to one node of a cluster, whose client refuses where a pool waits

_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, Redis | Cluster] = WeakKeyDictionary()


def client() -> Redis | Cluster:
    """The Redis client of the running event loop; replies are text.

    Timeouts are explicit: a frozen Redis is an error after 5 s, and a full pool after 5 s more.
    """
    loop = asyncio.get_running_loop()
    found = _clients.get(loop)
    if found is None:
        found = _clients[loop] = connected(settings.STORE)
    return found


def connected(store: Store) -> Redis | Cluster:
    """A client of a store, for the event loop in which it is used first."""
    words = {"socket_timeout": ANSWER, "socket_connect_timeout": CONNECT, "decode_responses": True, "protocol": 2}
    pool = {"max_connections": POOL, "timeout": ANSWER}
    match store.kind:
        case "cluster":
            nodes = [ClusterNode(host, port) for host, port in store.hosts]
            again = {"retry": Retry(NoBackoff(), 0), "reinitialize_steps": 0}
            return Cluster(startup_nodes=nodes, max_connections=CLUSTER_POOL, **again, **words, **store.options)
        case "sentinel":
            sentinels = Sentinel(list(store.hosts), sentinel_kwargs=dict(store.sentinel_options))
            return sentinels.master_for(
                store.master, connection_pool_class=SentinelPool, **pool, **words, **store.options
            )
        case _:
            return Redis.from_pool(BlockingConnectionPool.from_url(store.url, **pool, **words))


class SentinelPool(SentinelConnectionPool, BlockingConnectionPool):
    """Connections to the master that sentinels name; a full pool waits, as it does without sentinels."""


class Script:
    """A Lua script in a file, run by its hash and loaded where Redis does not have it (restart, SCRIPT FLUSH)."""

    def __init__(self, path: Path) -> None:
        self.text = path.read_text()
        self.sha = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()

    async def __call__(self, keys: list[str], args: list[str | int | float]):
        """Run the script in one step; returns what it returns."""
        redis = client()
        began = time.perf_counter()
        try:
            return await redis.evalsha(self.sha, len(keys), *keys, *args)
        except NoScriptError:
            return await redis.eval(self.text, len(keys), *keys, *args)
        finally:
            metrics.STORE.observe(time.perf_counter() - began)

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
            # By its name: redis-py's pipeline for a cluster has no method for it.
            pipe.execute_command("EVALSHA", self.sha, len(keys), *keys, *args)
        return await pipe.execute(raise_on_error)

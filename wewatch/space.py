"""Is the store nearly full? Asked before something new is kept, so that what a film needs is written to the end.

Of the embedded store the disk counts, of any store its `maxmemory`. What is full refuses each write by itself.
"""

import asyncio
import shutil
import time
from weakref import WeakKeyDictionary

from django.conf import settings
from redis.asyncio import RedisCluster
from redis.exceptions import ResponseError

from wewatch.redis import client

FRESH = 5.0  # seconds for which a look serves everybody
SHARE = 0.95  # of its memory that a store may use before nothing new is kept

_looks: WeakKeyDictionary[asyncio.AbstractEventLoop, tuple[float, bool]] = WeakKeyDictionary()


async def is_short() -> bool:
    """Whether next to nothing is left for the store, as of a few seconds ago."""
    loop = asyncio.get_running_loop()
    at, short = _looks.get(loop, (-FRESH, False))
    if time.monotonic() - at > FRESH:
        short = _disk() or await _memory()
        _looks[loop] = (time.monotonic(), short)
    return short


def _disk() -> bool:
    return settings.EMBEDDED_STORE and shutil.disk_usage(settings.DATA_DIR).free < settings.DISK_RESERVE * 1_000_000


async def _memory() -> bool:
    everywhere = {"target_nodes": RedisCluster.PRIMARIES} if settings.STORE.kind == "cluster" else {}
    try:
        info = await client().info("memory", **everywhere)
    except ResponseError:  # a rented Redis may refuse the question
        return False
    servers = [info] if "used_memory" in info else info.values()  # of a cluster each one
    return any(told["used_memory"] > SHARE * (told.get("maxmemory") or float("inf")) for told in servers)

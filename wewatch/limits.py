"""Rate limits, counted in the Django cache over all workers."""

from asgiref.sync import sync_to_async
from django.core.cache import cache
from django.utils.crypto import salted_hmac


async def allow(name: str, who: str, limit: int, seconds: int) -> bool:
    """Count one more for `who`; whether that is within `limit` in a window of `seconds`.

    No address stands in a key, nor a hash that trying all addresses would find. While the cache is out of reach
    this raises, and so allows nothing.
    """
    hidden = salted_hmac("wewatch.limits", who, algorithm="sha256").hexdigest()[:20]
    return await _count(f"limit:{name}:{hidden}", seconds) <= limit


# In a thread: the cache's own `aincr` reads and then writes, so that many at once would count as one.
@sync_to_async(thread_sensitive=False)
def _count(key: str, seconds: int) -> int:
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the window ended just now
        cache.add(key, 1, seconds)
        return 1

"""Indexes of many things as sorted sets: one that came later is filled from one that was always there."""

from wewatch.redis import client

STEP = 5000  # members at a time: Redis does nothing else meanwhile


async def complete(index: str, source: str) -> None:
    """Give an index what only its source has, with the source's scores; one round trip where nothing is missing."""
    pipe = client().pipeline(transaction=False)
    pipe.zcard(index)
    pipe.zcard(source)
    there, wanted = await pipe.execute()
    if there >= wanted:
        return
    for start in range(0, wanted, STEP):
        found = await client().zrange(source, start, start + STEP - 1, withscores=True)
        if found:
            await client().zadd(index, dict(found), nx=True)

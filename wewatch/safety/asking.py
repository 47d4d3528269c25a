"""Asking a store much at once: on one server or in a cluster, each command of one slot."""

from collections.abc import Iterable

from redis.asyncio import Redis, RedisCluster

Command = tuple[str | int | float, ...]

CHUNK = 1000  # commands in one round trip
FIRST, LAST = "0", ""  # where a scan begins, and where it has ended
TIME = "return redis.call('TIME')"


async def ask(redis: Redis | RedisCluster, commands: Iterable[Command]) -> list:
    """The replies to many commands."""
    commands, replies = list(commands), []
    for start in range(0, len(commands), CHUNK):
        pipe = redis.pipeline(transaction=False)
        for command in commands[start : start + CHUNK]:
            pipe.execute_command(*command)
        replies += await pipe.execute()
    return replies


async def now(redis: Redis | RedisCluster) -> float:
    """The server's time in ms; by a script, for in a cluster only what names a key goes to one server."""
    seconds, micros = await redis.eval(TIME, 1, "ww:seq:room")
    return int(seconds) * 1000 + int(micros) / 1000


async def scan(redis: Redis | RedisCluster, at: str, stride: int, kind: str | None = None) -> tuple[str, list[str]]:
    """Some of We Watch's keys from a place on, and the next place; in a cluster one server after the other."""
    cursor, _, name = at.partition("@")
    words = {"match": "ww:*", "count": stride, "_type": kind}
    if not isinstance(redis, RedisCluster):
        following, found = await redis.scan(int(cursor), **words)
        return str(following) if following else LAST, found
    await redis.initialize()
    nodes = sorted(redis.get_primaries(), key=lambda node: node.name)
    place = next((place for place, node in enumerate(nodes) if node.name == name), None)
    if place is None:  # it begins, or a server is gone: others have its keys, perhaps behind us
        cursor, place = FIRST, 0
    following, found = await redis.scan(int(cursor), target_nodes=nodes[place], **words)
    if following := following[nodes[place].name]:
        return f"{following}@{nodes[place].name}", found
    return f"0@{nodes[place + 1].name}" if place + 1 < len(nodes) else LAST, found

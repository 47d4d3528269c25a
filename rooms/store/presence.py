"""Who is in a room: leases in Redis time, one a socket, renewed while the socket lives."""

from pathlib import Path

from rooms.store import keys
from wewatch.redis import Script, client

LEASE = 30_000  # ms
RETURN = 10_000  # ms that a lease outlives a broken line, so that a short break empties no room
CHUNK = 500  # leases renewed by one command

LUA = Path(__file__).parent / "lua"
_enter = Script(LUA / "enter.lua")
_leave = Script(LUA / "leave.lua")


async def enter(room_id: int, member: str, limit: int) -> tuple[bool, float | None]:
    """Take a lease. Returns (entered, since when nobody was there in ms, or None if somebody is)."""
    entered, alive, newest = await _enter([keys.presence(room_id)], [member, LEASE, limit])
    return bool(entered), None if alive or not newest else float(newest)


async def leave(room_id: int, member: str, clean: bool) -> tuple[int, float]:
    """End a lease at once, or soon where the line only broke. Returns (leases alive, now in ms)."""
    alive, now = await _leave([keys.presence(room_id)], [member, 0 if clean else RETURN])
    return alive, now


async def renew(leases: dict[int, list[str]], now: float) -> None:
    """Renew the leases of this process: members by room; `now` is Redis time in ms."""
    pipe = client().pipeline(transaction=False)
    for room_id, members in leases.items():
        for i in range(0, len(members), CHUNK):
            pipe.zadd(keys.presence(room_id), dict.fromkeys(members[i : i + CHUNK], round(now + LEASE)))
    await pipe.execute()


async def members(room_id: int, now: float) -> list[str]:
    """The members with a live lease."""
    return await client().zrangebyscore(keys.presence(room_id), f"({now}", "+inf")


async def last_seen(room_ids: list[int]) -> list[float | None]:
    """The end of the newest lease of each room in ms, None where nobody was ever there."""
    pipe = client().pipeline(transaction=False)
    for room_id in room_ids:
        pipe.zrevrange(keys.presence(room_id), 0, 0, withscores=True)
    return [found[0][1] if found else None for found in await pipe.execute()]

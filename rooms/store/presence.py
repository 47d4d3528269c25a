"""Who is in a room: leases in Redis time, one a socket, renewed while the socket lives; and how each gets on."""

from pathlib import Path

from rooms.domain.presence import JOINING
from rooms.store import keys
from wewatch.redis import Script, client

LEASE = 30_000  # ms
RETURN = 10_000  # ms that a lease outlives a broken line, so that a short break empties no room
CHUNK = 500  # leases renewed by one command
GUESTS = 5000  # guests of a room that are remembered

LUA = Path(__file__).parent / "lua"
_enter = Script(LUA / "enter.lua")
_leave = Script(LUA / "leave.lua")


async def enter(room_id: int, member: str, user: int, network: str, limit: int) -> tuple[bool, float | None]:
    """Take a lease, as one who is joining.

    Returns (entered, since when nobody was there in ms, or None if somebody is).
    """
    of_room = [keys.presence(room_id), keys.guests(room_id), keys.states(room_id)]
    entered, alive, newest = await _enter(of_room, [member, LEASE, limit, user, network, GUESTS, JOINING])
    return bool(entered), None if alive or not newest else float(newest)


async def leave(room_id: int, member: str, clean: bool) -> tuple[int, float]:
    """End a lease at once, or soon where the line only broke. Returns (leases alive, now in ms)."""
    alive, now = await _leave([keys.presence(room_id)], [member, 0 if clean else RETURN])
    return alive, now


async def renew(leases: dict[int, list[str]], now: float) -> None:
    """Renew the leases of this process, members by room, at `now` (Redis ms); the index of activity learns of it."""
    pipe = client().pipeline(transaction=False)
    alive = [room_id for room_id, members in leases.items() if members]
    for i in range(0, len(alive), CHUNK):
        pipe.zadd(keys.ACTIVE, dict.fromkeys(alive[i : i + CHUNK], round(now)))
    for room_id, members in leases.items():
        for i in range(0, len(members), CHUNK):
            pipe.zadd(keys.presence(room_id), dict.fromkeys(members[i : i + CHUNK], round(now + LEASE)))
    await pipe.execute()


async def was_active(room_id: int, now: float) -> None:
    """Note that somebody is in the room at `now` (Redis ms)."""
    await client().zadd(keys.ACTIVE, {room_id: round(now)})


async def members(room_id: int, now: float) -> dict[str, str]:
    """The members with a live lease, in order of arrival, each with its state ('' where all is well)."""
    pipe = client().pipeline(transaction=False)
    pipe.zrangebyscore(keys.presence(room_id), f"({now}", "+inf")
    pipe.hgetall(keys.states(room_id))
    alive, states = await pipe.execute()
    if gone := states.keys() - set(alive):
        await client().hdel(keys.states(room_id), *gone)
    return {member: states.get(member, "") for member in sorted(alive)}


async def report(room_id: int, member: str, state: str) -> None:
    """Note how a member gets on; '' that all is well."""
    if state:
        await client().hset(keys.states(room_id), member, state)
    else:
        await client().hdel(keys.states(room_id), member)


async def was_here(room_id: int, user: int) -> str | None:
    """The network from which a user came into the room last, None where they never did."""
    return await client().hget(keys.guests(room_id), str(user))


async def last_seen(room_ids: list[int]) -> list[float | None]:
    """The end of the newest lease of each room in ms, None where nobody was ever there."""
    pipe = client().pipeline(transaction=False)
    for room_id in room_ids:
        pipe.zrevrange(keys.presence(room_id), 0, 0, withscores=True)
    return [found[0][1] if found else None for found in await pipe.execute()]

"""The sweep: mends what a crash left between two slots, and lets go of whom and what nobody comes back to.

It goes through the whole store and begins anew, a little at a time, in one worker at a time. On its way it marks the
users of all devices that it comes by; whoever has no mark at the end has no device.
"""

import asyncio
import logging
import secrets
from contextlib import suppress
from weakref import WeakKeyDictionary

from django.conf import settings
from redis.asyncio import Redis

from accounts import store as accounts
from rooms.store import codec, keys
from rooms.store.rooms import hashes
from wewatch.redis import OUT_OF_REACH, client
from wewatch.safety.asking import ask, now
from wewatch.safety.faults import Fault, mend
from wewatch.safety.keeping import is_abandoned, is_idle
from wewatch.safety.rooms import removal
from wewatch.safety.users import INDEXES, SHELVES
from wewatch.safety.walk import END, START, Step, step

log = logging.getLogger(__name__)
LEASE = "ww:sweep:lease"  # there while the workers' turn of this minute is taken
PLACE = "ww:sweep:place"  # where the workers' sweep goes on, and its name
EVERY = 60  # seconds between two turns of all workers together
STEPS, STRIDE, PAUSE = 20, 50, 0.1  # of a turn: steps, records in each, seconds between them
KEPT = 7 * 24 * 3600  # seconds that a sweep is remembered which nobody goes on with

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Task] = WeakKeyDictionary()


class Sweep:
    """One way through the store, under a name of its own."""

    def __init__(self, redis: Redis, name: str) -> None:
        self._redis = redis
        self._marks = f"ww:sweep:devices:{name}"  # a bit for each user; bit 0, which no user has, says that it is whole

    async def go(self, place: str, stride: int) -> tuple[Step, int]:
        """Take one step; returns it, and how much was mended or let go."""
        if place == START:
            await ask(self._redis, [("DEL", self._marks), ("SETBIT", self._marks, 0, 1)])
        seen = await step(self._redis, place, stride)
        marks = [("SETBIT", self._marks, user, 1) for user in seen.devices]
        await ask(self._redis, [*marks, ("EXPIRE", self._marks, KEPT)])
        seen.faults += [
            *await self._abandoned(seen.users),
            *await idle(self._redis, seen.rooms, settings.ROOM_KEEP_DAYS),
        ]
        if seen.place == END:
            await self._redis.delete(self._marks)
        return seen, await mend(self._redis, seen.faults)

    async def _abandoned(self, users: list[int]) -> list[Fault]:
        *marked, whole = await ask(self._redis, [("GETBIT", self._marks, user) for user in [*users, 0]])
        if not whole:  # another one ended this sweep: no mark says nothing
            return []
        gone = [user for user, bit in zip(users, marked, strict=True) if not bit]
        return [
            Fault(
                f"User {user} was not here for 400 days.",
                (("UNLINK", accounts.profile_key(user)), *(("ZREM", index, user) for index in INDEXES)),
            )
            for user in gone
            if is_abandoned(False, await signs(self._redis, user), await now(self._redis))
        ]


async def signs(redis: Redis, user: int) -> list[float]:
    """When a user, or somebody in a room of theirs, was seen (ms)."""
    newest = [keys.rooms_of(user), keys.playlists(user), *(keys.shelf(user, name)[0] for name in SHELVES)]
    tops = await ask(redis, [("ZRANGE", key, -1, -1, "WITHSCORES") for key in newest])
    rooms = await redis.zrange(keys.rooms_of(user), 0, -1)
    leases = await ask(redis, [("ZRANGE", keys.presence(int(room)), -1, -1, "WITHSCORES") for room in rooms])
    listed = await ask(redis, [("ZSCORE", index, user) for index in INDEXES])
    return [*(at for at in listed if at), *(float(top[1]) for top in [*tops, *leases] if top)]


async def idle(redis: Redis, rooms: list[int], days: int) -> list[Fault]:
    """The rooms in which nobody was for so many days, to be deleted; none with 0 days."""
    if not days or not rooms:
        return []
    at = await now(redis)
    leases = await ask(redis, [("ZRANGE", keys.presence(room), -1, -1, "WITHSCORES") for room in rooms])
    found = await ask(redis, [("HGETALL", keys.room(room)) for room in rooms])
    faults = []
    for number, lease, fields in zip(rooms, leases, found, strict=True):
        with suppress(Exception):  # one that cannot be read is named by the walk, and left alone
            room = codec.load_room(number, fields)
            if is_idle([room.created, *(float(end) for end in lease[1:])], at, days):
                fix = removal(room.id, room.owner, hashes(room))
                faults.append(Fault(f"Nobody was in room {number} for {days} days.", fix))
    return faults


async def turn(redis: Redis) -> int | None:
    """The workers' turn of this minute: a few steps from where the last one ended; None where another one has it.

    Returns how much was mended or let go.
    """
    if not await redis.set(LEASE, 1, nx=True, ex=EVERY):
        return None
    place, name = await redis.hmget(PLACE, "place", "name")
    if not place:
        place, name = START, secrets.token_hex(4)
    sweep, mended = Sweep(redis, name), 0
    for _ in range(STEPS):
        seen, count = await sweep.go(place, STRIDE)
        mended += count
        for fault in seen.faults:
            log.log(logging.INFO if fault.fix else logging.WARNING, "%s", fault.text)
        place = seen.place
        if place == END:
            await redis.delete(PLACE)
            break
        await redis.hset(PLACE, mapping={"place": place, "name": name})
        await asyncio.sleep(PAUSE)
    return mended


async def sweeps(_) -> None:
    """A chore of the upkeep's: have a turn beside it, so that it keeps nobody waiting."""
    loop = asyncio.get_running_loop()
    if loop not in _turns or _turns[loop].done():
        _turns[loop] = loop.create_task(_turn())


async def _turn() -> None:
    try:
        await turn(client())
    except OUT_OF_REACH as error:
        log.warning("the sweep waits, the store is out of reach: %s", error)
    except Exception:
        log.exception("the sweep failed")

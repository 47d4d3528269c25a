"""A walk through the whole store in small steps: all keys, then the indexes; what is wrong comes out."""

import re
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from redis.asyncio import Redis

from accounts import store as accounts
from rooms.store import keys
from wewatch import record
from wewatch.safety import rooms, users
from wewatch.safety.asking import FIRST, LAST, ask, now, scan
from wewatch.safety.faults import Fault

STRIDE = 500  # keys, or members of an index, looked at in one step
KEY = re.compile(r"ww:(?:\{(?P<tag>[ur]):(?P<id>\d+)\}:|(?P<link>invite|share):)(?P<name>.+)", re.DOTALL)
START = f"keys {FIRST}"
END = ""
INDEXES = (*users.INDEXES, *rooms.INDEXES)  # walked after all keys, in this order


@dataclass(slots=True)
class Step:
    """What a step found, how many keys or members it looked at, and where to go on: END when all was seen.

    `devices` are the users whose devices it came by; `users` and `rooms` are the members of the indexes.
    """

    place: str
    looked: int = 0
    faults: list[Fault] = field(default_factory=list)
    devices: set[int] = field(default_factory=set)
    users: list[int] = field(default_factory=list)
    rooms: list[int] = field(default_factory=list)


async def walk(redis: Redis) -> AsyncIterator[Step]:
    """All steps of a walk through the store."""
    place = START
    while place != END:
        found = await step(redis, place)
        yield found
        place = found.place


async def step(redis: Redis, place: str, stride: int = STRIDE) -> Step:
    """One step from a place on. What is there during a whole walk is seen; what comes and goes may not be."""
    stage, at = place.split()
    if stage == "keys":
        following, found = await scan(redis, at, stride)
        seen = await _keys(redis, found, await now(redis))
        seen.place = f"keys {following}" if following != LAST else f"{INDEXES[0]} 0"
        return seen
    following, found = await redis.zscan(stage, int(at), count=stride)
    members = [int(member) for member, _ in found]
    after = [*(f"{index} 0" for index in INDEXES), END][INDEXES.index(stage) + 1]
    seen = Step(f"{stage} {following}" if following else after, len(members))
    seen.faults = await (users if stage in users.INDEXES else rooms).index(redis, stage, members)
    seen.users = members if stage == accounts.INDEX else []
    seen.rooms = members if stage == keys.INDEX else []
    return seen


async def _keys(redis: Redis, found: list[str], at: float) -> Step:
    kinds = _sorted(found)
    faults = [
        *await users.profiles(redis, kinds["profile"], at),
        *await users.devices(redis, kinds["family"]),
        *await users.belongings(redis, kinds["of user"]),
        *await rooms.rooms(redis, kinds["room"], at),
        *await rooms.remains(redis, kinds["of room"]),
        *await rooms.invites(redis, kinds["invite"]),
        *await users.shares(redis, kinds["share"]),
        *await _counter(redis, accounts.NEXT_USER, kinds["profile"]),
        *await _counter(redis, keys.NEXT_ROOM, kinds["room"]),
    ]
    return Step(END, len(found), faults, {user for user, _ in kinds["family"]})


def _sorted(found: list[str]) -> defaultdict[str, list]:
    """The keys by kind; each once, though SCAN may name one twice."""
    kinds = defaultdict(list)
    for key in dict.fromkeys(found):
        match = KEY.fullmatch(key)
        if not match:
            continue
        name = match["name"]
        if match["link"]:
            kinds[match["link"]].append(name)
        elif match["tag"] == "r" and name == "room":
            kinds["room"].append(int(match["id"]))
        elif match["tag"] == "r":
            kinds["of room"].append((int(match["id"]), name))
        elif name == "profile":
            kinds["profile"].append(int(match["id"]))
        else:
            kinds["of user"].append((int(match["id"]), name))
            if name.startswith("family:"):
                kinds["family"].append((int(match["id"]), name.removeprefix("family:")))
    return kinds


async def _counter(redis: Redis, counter: str, ids: list[int]) -> list[Fault]:
    """A counter is never behind what was numbered by it."""
    [reached] = await ask(redis, [("GET", counter)])
    if not ids or int(reached or 0) >= max(ids):
        return []
    return [Fault(f"{counter} is at {reached or 0}, and {max(ids)} is taken.", (record.raising(counter, max(ids)),))]

"""All users of the site in Redis, walked along the indexes: what its staff sees of them, and deleting one."""

from dataclasses import dataclass

from accounts.store import INDEX, SEEN, events_key, families_key, family_key, profile_key
from wewatch.index import complete
from wewatch.listing import steps
from wewatch.redis import client

ORDERS = {"seen": SEEN, "created": INDEX}


@dataclass(frozen=True, slots=True)
class Row:
    """A user in the list of all, times in Redis ms (0: not known); `name` is '' where only traces are left."""

    id: int
    name: str
    color: str
    created: float
    seen: float


@dataclass(frozen=True, slots=True)
class Device:
    """A browser of a user: its last request, how often its token was renewed, since when it is suspect (0: not)."""

    family: str
    seen: float
    renewed: int
    suspect: float

    @property
    def id(self) -> str:
        """Its name for the staff."""
        return self.family[:8]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a device so many times, the last time at `at` (Redis ms)."""

    at: float
    kind: str
    device: str
    count: int


async def walk(order: str, newest_first: bool, start: int, count: int) -> tuple[list[int], int]:
    """Ids of users in an order, from a rank on; and how many users there are."""
    await complete(SEEN, INDEX)
    pipe = client().pipeline(transaction=False)
    pipe.zcard(ORDERS[order])
    pipe.zrange(ORDERS[order], start, start + count - 1, desc=newest_first)
    total, ids = await pipe.execute()
    return [int(one) for one in ids], total


async def total() -> int:
    """How many users there are for good."""
    return await client().zcard(INDEX)


async def names(users: list[int]) -> list[tuple[int, str]]:
    """The users with what a search looks at, so many in a round trip."""
    found = []
    for step in steps(users):
        pipe = client().pipeline(transaction=False)
        for user in step:
            pipe.hget(profile_key(user), "name")
        found += zip(step, [name or "" for name in await pipe.execute()], strict=True)
    return found


async def read(users: list[int]) -> list[Row]:
    """The users in this order, in one round trip; none that was never kept."""
    if not users:
        return []
    pipe = client().pipeline(transaction=False)
    for user in users:
        pipe.hmget(profile_key(user), "name", "color", "created")
    pipe.zmscore(SEEN, users)
    pipe.zmscore(INDEX, users)
    *profiles, seen, kept = await pipe.execute()
    found = zip(users, profiles, seen, kept, strict=True)
    return [_row(user, profile, at, since) for user, profile, at, since in found if since or profile[0]]


def _row(user: int, profile: list, seen: float | None, kept: float | None) -> Row:
    name, color, created = profile
    return Row(user, name or "", color or "", float(created or kept or 0), seen or kept or 0.0)


async def devices(user: int) -> list[Device]:
    """The user's devices, the one used last first; one whose life is over is taken out of the list."""
    listed = await client().zrevrange(families_key(user), 0, -1, withscores=True)
    pipe = client().pipeline(transaction=False)
    for family, _ in listed:
        pipe.hmget(family_key(user, family), "generation", "suspect")
    found = list(zip(listed, await pipe.execute(), strict=True)) if listed else []
    gone = [family for (family, _), (generation, _) in found if generation is None]
    if gone:
        await client().zrem(families_key(user), *gone)
    return [
        Device(family, seen, int(generation) - 1, float(suspect or 0))
        for (family, seen), (generation, suspect) in found
        if generation is not None
    ]


async def events(user: int) -> list[Event]:
    """What happened to the user's devices, the newest first."""
    found = [event.split(" ") for event in await client().lrange(events_key(user), 0, -1)]
    return [Event(float(at), kind, device, int(count)) for at, kind, device, count in found]

"""Users and their families in Redis. All keys of a user share one hash tag."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TypeVar

from accounts.identity import Family, Spent
from wewatch import record
from wewatch.clock import clock
from wewatch.redis import Script, client

SCHEMA = 1
NEXT_USER = "ww:seq:user"
INDEX = "ww:index:users"  # durable users by the time their cookie first came back
SEEN = "ww:index:seen"  # durable users by the time of their last request (Redis ms)
VISIT = 3600  # seconds that a user lives whose cookie has not come back
DEVICE = 400 * 24 * 3600  # seconds that a family lives after its last rotation: as long as its cookie
PROFILE = ("schema", "name", "color")
FAMILY = ("schema", "nonce", "generation", "hash", "confirmed", "spent", "suspect", "durable")

EVENTS = 50  # events of a user's devices that are kept

LUA = Path(__file__).parent / "lua"
_keep = Script(LUA / "keep.lua")
_note = Script(LUA / "note.lua")

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Profile:
    """A user as others see one."""

    id: int
    name: str
    color: str


def profile_key(user: int) -> str:
    """The user's record."""
    return f"ww:{{u:{user}}}:profile"


def family_key(user: int, family: str) -> str:
    """One device's record."""
    return f"ww:{{u:{user}}}:family:{family}"


def families_key(user: int) -> str:
    """The user's devices by the time of their last request."""
    return f"ww:{{u:{user}}}:families"


def events_key(user: int) -> str:
    """What happened to the user's devices that whoever runs the site may need to know, the newest first."""
    return f"ww:{{u:{user}}}:events"


async def create(name: str, color: str) -> Profile:
    """A new user, who lives an hour unless its cookie comes back."""

    def fields(user: int, now: float) -> record.Write:
        return record.Write({"schema": SCHEMA, "name": name, "color": color, "created": now}, VISIT)

    user, _ = await record.create(NEXT_USER, INDEX, profile_key, fields)
    return Profile(user, name, color)


async def add_family(family: Family) -> None:
    """Keep a new device."""
    await record.commit(family_key(family.user, family.id), 0, record.Write(_fields(family), VISIT))


async def step(
    user: int, family_id: str, decide: Callable[[Family, float], tuple[Family, Result]]
) -> tuple[Family, Result] | None:
    """One atomic step of a family: `decide(family, now)` returns it (changed or not) and a result.

    Returns (family, result), or None where there is no such family.
    """

    def change(seen: record.Read):
        if not seen:
            return None, None
        before = load_family(user, family_id, seen.fields)
        after, result = decide(before, seen.now)
        write = record.Write(_fields(after), DEVICE if after.durable else VISIT) if after != before else None
        return write, (after, result)

    found, _ = await record.update(family_key(user, family_id), FAMILY, change)
    return found


async def keep(user: int, family_id: str) -> None:
    """Make a user and its device durable.

    The device is marked last: whatever a crash leaves undone, the next visit finds no mark and does again.
    """
    await clock().ready()
    now = round(clock().now())
    pipe = client().pipeline(transaction=False)
    pipe.zadd(INDEX, {user: now}, nx=True)
    pipe.zadd(SEEN, {user: now})
    await pipe.execute()
    of_user = [profile_key(user), family_key(user, family_id), families_key(user), events_key(user)]
    await _keep(of_user, [DEVICE, family_id, _device(family_id), EVENTS])


async def visited(user: int, family_id: str, lasts: bool) -> Profile | None:
    """The profile of a user who is here, None where it is gone; of one who `lasts` the visit is noted on the way."""
    await clock().ready()
    now = round(clock().now())
    pipe = client().pipeline(transaction=False)
    pipe.hmget(profile_key(user), PROFILE)
    if lasts:
        pipe.zadd(SEEN, {user: now})
        pipe.zadd(families_key(user), {family_id: now})
    row, *_ = await pipe.execute()
    fields = dict(zip(PROFILE, row, strict=True))
    if not fields["name"] and lasts:  # deleted while this request was under way
        await forget(user)
    return load_profile(user, fields) if fields["name"] else None


async def note(user: int, family_id: str, kind: str) -> None:
    """Keep an event of a device; one that repeats itself is counted. Nothing of a user who is gone."""
    await _note([events_key(user), profile_key(user)], [kind, _device(family_id), EVENTS])


def _device(family_id: str) -> str:
    """A device's name for the staff: enough to tell the devices of a user apart, and nothing of its token."""
    return family_id[:8]


async def profiles(users: Iterable[int]) -> dict[int, Profile]:
    """The profiles of users, in one round trip; who is gone is left out."""
    users = list(users)
    if not users:
        return {}
    pipe = client().pipeline(transaction=False)
    for user in users:
        pipe.hmget(profile_key(user), PROFILE)
    rows = {user: dict(zip(PROFILE, row, strict=True)) for user, row in zip(users, await pipe.execute(), strict=True)}
    return {user: load_profile(user, fields) for user, fields in rows.items() if fields["name"]}


async def newest() -> int:
    """The highest id that was given to a user."""
    return int(await client().get(NEXT_USER) or 0)


async def set_profile(user: int, changes: dict[str, str]) -> None:
    """Change name or colour; a user who is gone stays gone."""
    await record.update(profile_key(user), (), lambda seen: (record.Write(changes) if seen else None, None))


async def end_family(user: int, family_id: str) -> None:
    """Forget a device: its token opens nothing any more."""
    pipe = client().pipeline(transaction=False)
    pipe.delete(family_key(user, family_id))
    pipe.zrem(families_key(user), family_id)
    await pipe.execute()


async def forget(user: int) -> None:
    """Delete a user's own records, and only then what names the user."""
    await client().delete(profile_key(user), families_key(user), events_key(user))
    pipe = client().pipeline(transaction=False)
    for index in (SEEN, INDEX):
        pipe.zrem(index, user)
    await pipe.execute()


async def live_families(pairs: Iterable[tuple[int, str]]) -> set[tuple[int, str]]:
    """Those of the (user, family) pairs that still exist, in one round trip."""
    pairs = list(pairs)
    if not pairs:
        return set()
    pipe = client().pipeline(transaction=False)
    for user, family_id in pairs:
        pipe.exists(family_key(user, family_id))
    return {pair for pair, exists in zip(pairs, await pipe.execute(), strict=True) if exists}


def load_profile(user: int, fields: Mapping[str, str]) -> Profile:
    """The user in the fields of their record. Raises NewerSchema."""
    record.check_schema(f"user {user}", fields["schema"], SCHEMA)
    return Profile(user, fields["name"], fields["color"])


def _fields(family: Family) -> dict[str, str | int]:
    return {
        "schema": SCHEMA,
        "nonce": family.nonce,
        "generation": str(family.generation),
        "hash": family.hash,
        "confirmed": str(int(family.confirmed)),
        "spent": json.dumps([astuple(spent) for spent in family.spent], separators=(",", ":")),
        "suspect": str(family.suspect),
        "durable": str(int(family.durable)),
    }


def load_family(user: int, family_id: str, fields: Mapping[str, str]) -> Family:
    """The device in the fields of its record. Raises NewerSchema."""
    record.check_schema(f"a device of user {user}", fields["schema"], SCHEMA)
    return Family(
        user=user,
        id=family_id,
        nonce=fields["nonce"],
        generation=int(fields["generation"]),
        hash=fields["hash"],
        confirmed=fields["confirmed"] == "1",
        spent=tuple(Spent(*spent) for spent in json.loads(fields["spent"])),
        suspect=float(fields["suspect"]),
        durable=fields["durable"] == "1",
    )

"""All rooms of the site as its staff sees them: walked along the indexes, never by scanning keys."""

import json
from dataclasses import dataclass

from rooms.store import codec, keys
from wewatch.listing import steps
from wewatch.redis import client

ORDERS = {"active": keys.ACTIVE, "created": keys.INDEX}
FIELDS = ("owner", "created", "brief", "playback", "rules", "closed")


@dataclass(frozen=True, slots=True)
class Row:
    """A room in the list of all; `people` are the users there now, `active` when somebody was last (ms)."""

    id: int
    owner: int
    title: str
    created: float
    active: float
    people: int
    playing: bool
    locked: bool
    closed: bool


async def walk(order: str, newest_first: bool, start: int, count: int) -> tuple[list[int], int]:
    """Ids of rooms in an order, from a rank on; and how many rooms there are, in one round trip."""
    pipe = client().pipeline(transaction=False)
    pipe.zcard(ORDERS[order])
    pipe.zrange(ORDERS[order], start, start + count - 1, desc=newest_first)
    total, ids = await pipe.execute()
    return [int(one) for one in ids], total


async def active_since(time: float, count: int) -> list[int]:
    """The rooms where somebody was since a time (Redis ms), the latest first, at most `count`."""
    found = await client().zrevrangebyscore(keys.ACTIVE, "+inf", time, start=0, num=count)
    return [int(one) for one in found]


async def count_active(time: float) -> int:
    """In how many rooms somebody was since a time (Redis ms)."""
    return await client().zcount(keys.ACTIVE, time, "+inf")


async def total() -> int:
    """How many rooms there are."""
    return await client().zcard(keys.INDEX)


async def of_owners(users: list[int]) -> dict[int, int]:
    """How many rooms each user has, in one round trip."""
    pipe = client().pipeline(transaction=False)
    for user in users:
        pipe.zcard(keys.rooms_of(user))
    return dict(zip(users, await pipe.execute(), strict=True)) if users else {}


async def by_key(key: str) -> int | None:
    """The room to which an invite key leads."""
    found = await client().get(keys.invite(keys.hashed(key)))
    return int(found) if found else None


async def read(room_ids: list[int], now: float) -> list[Row]:
    """The rooms in this order, so many in a round trip; what an index still names though it is gone is taken out."""
    return [row for step in steps(room_ids) for row in await _read(step, now)]


async def titles(room_ids: list[int]) -> list[tuple[int, int, str]]:
    """(room, owner, title) of rooms, in one round trip; none that is gone."""
    pipe = client().pipeline(transaction=False)
    for room_id in room_ids:
        pipe.hmget(keys.room(room_id), "owner", "brief")
    found = zip(room_ids, await pipe.execute(), strict=True)
    return [(room_id, int(owner), _title(brief)) for room_id, (owner, brief) in found if owner]


async def _read(room_ids: list[int], now: float) -> list[Row]:
    pipe = client().pipeline(transaction=False)
    for room_id in room_ids:
        pipe.hmget(keys.room(room_id), FIELDS)
        pipe.zrangebyscore(keys.presence(room_id), f"({now}", "+inf")
    pipe.zmscore(keys.ACTIVE, room_ids)
    *found, active = await pipe.execute()
    records = dict(zip(room_ids, zip(found[::2], found[1::2], active, strict=True), strict=True))
    if gone := [room_id for room_id, (fields, *_) in records.items() if not fields[0]]:
        await forget(gone)
    return [_row(room_id, *record) for room_id, record in records.items() if record[0][0]]


async def forget(room_ids: list[int]) -> None:
    """Take rooms without a record out of the indexes: a record is made before it is named in them."""
    pipe = client().pipeline(transaction=False)
    for index in ORDERS.values():
        pipe.zrem(index, *room_ids)
    await pipe.execute()


def _row(room_id: int, fields: list, members: list[str], active: float | None) -> Row:
    owner, created, brief, playback, rules, closed = fields
    return Row(
        id=room_id,
        owner=int(owner),
        title=_title(brief),
        created=float(created),
        active=active or float(created),
        people=len({member.split(":")[1] for member in members}),
        playing=codec.load_playback(playback).playing,
        locked=codec.load_rules(rules).locked,
        closed=bool(closed),
    )


def _title(brief: str | None) -> str:
    return json.loads(brief)[2] if brief else ""

"""The brief of a room: the little that lists show, in a field of its own, because a queue may be long."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from rooms.domain.door import Door, Invite
from rooms.domain.playback import Playback
from rooms.domain.room import Entry, Room
from rooms.store import codec, keys
from wewatch.clock import clock
from wewatch.redis import client

FIELDS = ("created", "playback", "brief")
DOOR = ("owner", "invite", "door")


@dataclass(frozen=True, slots=True)
class Brief:
    """A room in a list: the entry that it shows, its playback, and until when somebody was or is there (ms)."""

    id: int
    created: float
    source: str
    ref: str
    title: str
    duration: float | None
    playback: Playback
    seen: float


@dataclass(frozen=True, slots=True)
class Doorway:
    """What says who may come into a room."""

    owner: int
    invite: Invite
    door: Door


def of_room(room: Room) -> dict[str, str]:
    """The field of a room that is written whole."""
    return {"brief": _dump(room.current)}


def of_change(before: Room, after: Room) -> dict[str, str]:
    """The field, where a change shows in it."""
    return of_room(after) if _dump(after.current) != _dump(before.current) else {}


def _dump(entry: Entry) -> str:
    return json.dumps([entry.source, entry.ref, entry.title, entry.duration], ensure_ascii=False)


async def newest(user: int, start: int, rows: int) -> tuple[list[int], int]:
    """The ids of a user's rooms from the newest on, and how many there are in all, in one round trip."""
    pipe = client().pipeline(transaction=False)
    pipe.zcard(keys.rooms_of(user))
    pipe.zrevrange(keys.rooms_of(user), start, start + rows - 1)
    total, found = await pipe.execute()
    return [int(room_id) for room_id in found], total


async def titles(room_ids: list[int]) -> list[tuple[int, str, str]]:
    """The rooms with what a search looks at, source and title, in one round trip; none that is gone."""
    pipe = client().pipeline(transaction=False)
    for room_id in room_ids:
        pipe.hget(keys.room(room_id), "brief")
    found = dict(zip(room_ids, await pipe.execute(), strict=True))
    old = [room_id for room_id, brief in found.items() if not brief]
    briefs = found | (await _from_queues(old) if old else {})
    rows = {room_id: json.loads(brief) for room_id, brief in briefs.items() if brief}
    return [(room_id, source, title) for room_id, (source, _, title, _) in rows.items()]


async def read(room_ids: list[int], doors: Iterable[int] = ()) -> tuple[list[Brief], dict[int, Doorway], float]:
    """Rooms as lists show them, the doors of others, and the server's time (ms), in one round trip; none that is gone.

    A room whose record was written before there were briefs costs one more, for its queue.
    """
    await clock().ready()
    pipe, doors = client().pipeline(transaction=False), list(doors)
    for room_id in room_ids:
        pipe.hmget(keys.room(room_id), FIELDS)
        pipe.zrevrange(keys.presence(room_id), 0, 0, withscores=True)
    for room_id in doors:
        pipe.hmget(keys.room(room_id), DOOR)
    found = await pipe.execute()
    rooms, ways = found[: 2 * len(room_ids)], found[2 * len(room_ids) :]
    old = [one for one, (created, _, brief) in zip(room_ids, rooms[::2], strict=True) if created and not brief]
    briefs = await _from_queues(old) if old else {}
    read = [
        _brief(room_id, *fields[:2], briefs.get(room_id, fields[2]), leases)
        for room_id, fields, leases in zip(room_ids, rooms[::2], rooms[1::2], strict=True)
        if fields[0]
    ]
    known = {one: _doorway(*fields) for one, fields in zip(doors, ways, strict=True) if fields[0]}
    return read, known, clock().now()


async def _from_queues(room_ids: list[int]) -> dict[int, str]:
    pipe = client().pipeline(transaction=False)
    for room_id in room_ids:
        pipe.hmget(keys.room(room_id), codec.FIELDS)
    rows = [dict(zip(codec.FIELDS, values, strict=True)) for values in await pipe.execute()]
    there = [(one, row) for one, row in zip(room_ids, rows, strict=True) if row["schema"]]
    return {one: _dump(codec.load_room(one, row).current) for one, row in there}


def _brief(room_id: int, created: str, playback: str, brief: str, leases: list) -> Brief:
    seen = leases[0][1] if leases else 0.0
    return Brief(room_id, float(created), *json.loads(brief), codec.load_playback(playback), seen)


def _doorway(owner: str, invite: str, door: str | None) -> Doorway:
    return Doorway(int(owner), Invite(**json.loads(invite)), codec.load_door(door))

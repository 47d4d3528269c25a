"""What can be wrong with rooms, with their owners' lists, the index, and the invites that open them."""

from redis.asyncio import Redis

from rooms.domain.room import Room
from rooms.store import codec, keys
from rooms.store.rooms import hashes
from wewatch.safety.asking import Command, ask
from wewatch.safety.faults import Fault

INDEXES = (keys.INDEX, keys.ACTIVE)
YOUNG = 60_000  # ms: a younger room may still be in the making


async def rooms(redis: Redis, ids: list[int], now: float) -> list[Fault]:
    """Each can be read, has an owner who is there and lists it, stands in the indexes, and is opened by its invites."""
    found = await ask(redis, (("HGETALL", keys.room(one)) for one in ids))
    known, faults = [], []
    for one, fields in zip(ids, found, strict=True):
        try:
            room = codec.load_room(one, fields) if fields else None
            if room and room.current and room.created < now - YOUNG:
                known.append(room)
        except StopIteration:
            faults.append(Fault(f"Room {one} cannot be read: what plays is not in its queue."))
        except Exception as error:  # whatever stands in it: a damaged record must not hide those after it
            faults.append(Fault(f"Room {one} cannot be read: {type(error).__name__}: {error}"))
    return faults + await _linked(redis, known, now)


async def _linked(redis: Redis, rooms: list[Room], now: float) -> list[Fault]:
    owners = await ask(redis, (("EXISTS", keys.profile(room.owner)) for room in rooms))
    listed = await ask(redis, (("ZSCORE", keys.rooms_of(room.owner), room.id) for room in rooms))
    scores = await ask(redis, (("ZSCORE", index, room.id) for room in rooms for index in INDEXES))
    indexed = [None not in pair for pair in zip(scores[::2], scores[1::2], strict=True)]
    leases = await ask(redis, (("ZCOUNT", keys.presence(room.id), f"({now}", "+inf") for room in rooms))
    ways = [(room, key_hash) for room in rooms for key_hash in hashes(room)]
    leads = await ask(redis, (("GET", keys.invite(key_hash)) for _, key_hash in ways))
    faults, lost = [], set()
    for room, owner, own, index, here in zip(rooms, owners, listed, indexed, leases, strict=True):
        if not owner:
            lost.add(room.id)
            # With people in it, it goes when they have left.
            fix = () if here else removal(room.id, room.owner, hashes(room))
            faults.append(Fault(f"Room {room.id} is left of user {room.owner}, who is gone.", fix))
            continue
        if own is None:
            add = ("ZADD", keys.rooms_of(room.owner), "NX", room.created, room.id)
            faults.append(Fault(f"Room {room.id} is missing in the list of user {room.owner}.", (add,)))
        if not index:
            add = (("ZADD", index, "NX", room.created, room.id) for index in INDEXES)
            faults.append(Fault(f"Room {room.id} is missing in an index.", tuple(add)))
    return faults + [
        Fault(f"An invite of room {room.id} leads nowhere.", (("SET", keys.invite(key_hash), room.id),))
        for (room, key_hash), to in zip(ways, leads, strict=True)
        if to != str(room.id) and room.id not in lost
    ]


def removal(room_id: int, owner: int, key_hashes: list[str]) -> tuple[Command, ...]:
    """The commands that delete a room, in the order in which a crash between them leaves nothing open."""
    return (
        *(("DEL", keys.invite(key_hash)) for key_hash in key_hashes),
        ("UNLINK", *keys.all_of_room(room_id)),
        ("ZREM", keys.rooms_of(owner), room_id),
        *(("ZREM", index, room_id) for index in INDEXES),
    )


async def remains(redis: Redis, parts: list[tuple[int, str]]) -> list[Fault]:
    """Nothing is left of rooms that are gone."""
    there = await ask(redis, (("EXISTS", keys.room(one)) for one, _ in parts))
    return [
        Fault(f"{name} of room {one} is left, which is gone.", (("UNLINK", f"ww:{{r:{one}}}:{name}"),))
        for (one, name), exists in zip(parts, there, strict=True)
        if not exists
    ]


async def invites(redis: Redis, key_hashes: list[str]) -> list[Fault]:
    """An invite leads to a room that knows it."""
    leads = await ask(redis, (("GET", keys.invite(one)) for one in key_hashes))
    rows = [(one, room) for one, room in zip(key_hashes, leads, strict=True) if room]
    found = await ask(redis, (("HMGET", keys.room(room), "invite", "door") for _, room in rows))
    return [
        Fault(f"An invite leads to room {room}, which does not know it.", (("DEL", keys.invite(one)),))
        for (one, room), fields in zip(rows, found, strict=True)
        if not any(field and f'"{one}"' in field for field in fields)
    ]


async def index(redis: Redis, key: str, ids: list[int]) -> list[Fault]:
    """What stands in an index is there."""
    there = await ask(redis, (("EXISTS", keys.room(one)) for one in ids))
    return [
        Fault(f"The index names room {one}, which is gone.", (("ZREM", key, one),))
        for one, exists in zip(ids, there, strict=True)
        if not exists
    ]

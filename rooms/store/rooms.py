"""Rooms in Redis: made, read, changed by compare-and-set, listed, deleted."""

from collections.abc import Callable
from dataclasses import dataclass

from rooms.domain.playback import Playback
from rooms.domain.room import Room
from rooms.store import brief, codec, keys
from wewatch import record
from wewatch.redis import client


@dataclass(frozen=True, slots=True)
class Versions:
    """What a room is at: by these a process notices what the channel layer lost."""

    epoch: str
    playback: Playback
    rules: int
    chat: int
    queue: int


async def create(make: Callable[[int, float], Room]) -> Room:
    """Make a room under the next free id; `make(id, now)` builds it,
    the same each time.

    Room first, then the owner's list, then the invite: no id is ever listed or opened before its room
    is there.
    """

    def write(room_id: int, now: float) -> record.Write:
        room = make(room_id, now)
        return record.Write(codec.dump_room(room) | brief.of_room(room))

    room_id, now = await record.create(keys.NEXT_ROOM, keys.INDEX, keys.room, write)
    room = make(room_id, now)
    redis = client()
    await redis.zadd(keys.rooms_of(room.owner), {room_id: room.created})
    await redis.set(keys.invite(room.invite.hash), room_id)
    pipe = redis.pipeline(transaction=False)
    for index in (keys.INDEX, keys.ACTIVE):
        pipe.zadd(index, {room_id: room.created})
    await pipe.execute()
    return room


async def load(room_id: int) -> tuple[Room, float] | None:
    """The room and the server's time (ms), or None."""
    seen = await record.read(keys.room(room_id), codec.FIELDS)
    return (codec.load_room(room_id, seen.fields), seen.now) if seen else None


async def by_invite(key_hash: str) -> tuple[Room, float] | None:
    """The room whose own or named invite has a key of this hash, and the server's time (ms), or None."""
    room_id = await client().get(keys.invite(key_hash))
    found = await load(int(room_id)) if room_id else None
    return found if found and key_hash in hashes(found[0]) else None


def hashes(room: Room) -> list[str]:
    """The hashes of all keys that a room knows."""
    return [room.invite.hash, *(invite.hash for invite in room.door.invites)]


async def update(room_id: int, decide: Callable[[Room, float], Room | None]) -> Room | None:
    """Change a room in one step: `decide(room, now)` returns it changed, or None to leave it.

    Returns the room as it then is, or None where there is none. What `decide` raises goes through.
    """

    def step(seen: record.Read) -> tuple[record.Write | None, Room | None]:
        if not seen:
            return None, None
        room = codec.load_room(room_id, seen.fields)
        changed = decide(room, seen.now)
        if changed is None:
            return None, room
        return record.Write(codec.dump_changes(room, changed) | brief.of_change(room, changed)), changed

    changed, _ = await record.update(keys.room(room_id), codec.FIELDS, step)
    return changed


async def versions(room_ids: list[int]) -> list[Versions | None]:
    """What each room is at, in one round trip; None for one that is gone."""
    pipe = client().pipeline(transaction=False)
    for room_id in room_ids:
        pipe.hmget(keys.room(room_id), "epoch", "playback", "rules", "queue_v")
        pipe.hget(keys.chat(room_id), "v")
    found = await pipe.execute()
    return [
        _versions(*fields, int(chat or 0)) if fields[0] else None
        for fields, chat in zip(found[::2], found[1::2], strict=True)
    ]


def _versions(epoch: str, playback: str, rules: str | None, queue: str | None, chat: int) -> Versions:
    return Versions(epoch, codec.load_playback(playback), codec.load_rules(rules).v, chat, int(queue or 1))


async def count_of_owner(user_id: int) -> int:
    """How many rooms the user has."""
    return await client().zcard(keys.rooms_of(user_id))


async def set_invite(room_id: int, key_hash: str) -> None:
    """Let an invite key of this hash lead to the room."""
    await client().set(keys.invite(key_hash), room_id)


async def drop_invite(key_hash: str) -> None:
    """Let the key lead nowhere any more."""
    await client().delete(keys.invite(key_hash))


async def forget_owner(user_id: int) -> None:
    """Delete the list of a user's rooms, of which none is left."""
    await client().delete(keys.rooms_of(user_id))


async def delete(room: Room) -> None:
    """Delete a room: first what opens it, then the record, then the lists that name it."""
    redis = client()
    for key_hash in hashes(room):
        await redis.delete(keys.invite(key_hash))
    await redis.delete(*keys.all_of_room(room.id))
    pipe = redis.pipeline(transaction=False)
    for listing in (keys.rooms_of(room.owner), keys.INDEX, keys.ACTIVE):
        pipe.zrem(listing, room.id)
    await pipe.execute()

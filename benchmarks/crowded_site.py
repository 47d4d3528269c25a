"""Fills a site with many rooms and users, straight in the store, with the records that the program itself writes."""

import asyncio
import os
import secrets

import django

WORDS = ("Long", "Night", "Sea", "Amélie", "Garden", "Train", "Winter", "فيلم", "Letters", "Home")
STEP = 1000  # records in one round trip
LIVE, VIEWERS = 200, 5  # rooms with people in them, and how many
MINUTE = 60_000.0  # ms


def fill(rooms: int, users: int) -> None:
    """Make so many rooms and users; each user may own some of the rooms, each room was active at another time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wewatch.settings")
    django.setup()
    asyncio.run(_fill(rooms, users))


async def _fill(rooms: int, users: int) -> None:
    from wewatch.clock import clock

    await clock().ready()
    now = clock().now()
    for start in range(1, users + 1, STEP):
        await _users(range(start, min(start + STEP, users + 1)), now)
    for start in range(1, rooms + 1, STEP):
        await _rooms(range(start, min(start + STEP, rooms + 1)), users, now)


async def _users(numbers: range, now: float) -> None:
    from accounts import identity, store
    from wewatch.redis import client

    pipe = client().pipeline(transaction=False)
    for user in numbers:
        seen = round(now - user * MINUTE / 10)
        name = f"{WORDS[user % 10]} {WORDS[user // 10 % 10]} {user}"
        profile = {"schema": store.SCHEMA, "name": name, "color": "teal", "created": seen, "v": 1}
        family, _ = identity.first(user, secrets.token_hex(16), secrets.token_hex(16), "k" * 40)
        pipe.hset(store.profile_key(user), mapping=profile)
        pipe.hset(store.family_key(user, family.id), mapping={**store._fields(family), "v": 1})
        pipe.zadd(store.families_key(user), {family.id: seen})
        pipe.lpush(store.events_key(user), f"{seen} came {family.id[:8]} 1")
        pipe.zadd(store.INDEX, {user: seen})
        pipe.zadd(store.SEEN, {user: seen})
    await pipe.execute()


async def _rooms(numbers: range, users: int, now: float) -> None:
    from rooms.domain.door import Invite
    from rooms.domain.playback import Playback
    from rooms.domain.room import Entry, Room
    from rooms.store import brief, codec, keys
    from wewatch.redis import client

    pipe = client().pipeline(transaction=False)
    for number in numbers:
        made, owner = round(now - number * MINUTE), number % users + 1
        title = f"Film {number}: {WORDS[number % 10]} and {WORDS[number // 10 % 10]}"
        queue = tuple(
            Entry(f"e{i}", "file", f"https://media.example/{number}-{i}.mp4", f"{title}, part {i}", 3000.0)
            for i in range(10)
        )
        invite = Invite(keys.hashed(f"key-{number}"), "nonce")
        playing = Playback("e0", playing=number % 2 == 0, t=now)
        room = Room(number, owner, made, "epoch", invite, queue, playing)
        pipe.hset(keys.room(number), mapping={**codec.dump_room(room), **brief.of_room(room), "v": 1})
        pipe.set(keys.invite(invite.hash), number)
        pipe.zadd(keys.rooms_of(owner), {number: made})
        pipe.zadd(keys.INDEX, {number: made})
        live = number <= LIVE
        pipe.zadd(keys.ACTIVE, {number: round(now + 60 * MINUTE) if live else made})
        if live:
            members = {f"{now:.0f}:{number * VIEWERS + i}:aa": round(now + 60 * MINUTE) for i in range(VIEWERS)}
            pipe.zadd(keys.presence(number), members)
    await pipe.execute()

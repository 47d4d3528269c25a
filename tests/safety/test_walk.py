"""What a crash between two slots left is found, named, and mended; what is well or in the making is left alone."""

import pytest

from accounts import store as accounts
from rooms.store import keys
from tests.safety.world import MINUTES, age, household
from tests.stores import names
from wewatch.safety import rooms, users
from wewatch.safety.faults import mend
from wewatch.safety.walk import walk


async def faults(store):
    return [fault for step in [seen async for seen in walk(store)] for fault in step.faults]


async def test_what_the_services_make_is_all_well(store):
    await household()
    await household()
    assert await faults(store) == []


LOST = {  # what a crash may leave: the command that makes it so, and what is told of it
    "a user out of the index": (lambda h: ("ZREM", accounts.INDEX, h.user), "User {h.user} is missing in an index"),
    "a room out of the list": (
        lambda h: ("ZREM", keys.rooms_of(h.user), h.room),
        "Room {h.room} is missing in the list of user {h.user}",
    ),
    "a room out of the index": (lambda h: ("ZREM", keys.INDEX, h.room), "Room {h.room} is missing in an index"),
    "a room without its invite": (lambda h: ("DEL", keys.invite(h.invite)), "An invite of room {h.room} leads nowhere"),
    "a playlist out of the list": (
        lambda h: ("ZREM", keys.playlists(h.user), h.playlist),
        "Playlist {h.playlist} is missing in the list of user {h.user}",
    ),
    "a playlist without its link": (lambda h: ("DEL", keys.share(h.share)), "The link of playlist {h.playlist} leads"),
    "a room in the list": (
        lambda h: ("ZADD", keys.rooms_of(h.user), 1, 99),
        "The list of user {h.user} names room 99, which is gone",
    ),
    "a room in the index": (lambda h: ("ZADD", keys.INDEX, 1, 99), "The index names room 99, which is gone"),
    "a user in the staff's index": (
        lambda h: ("ZADD", users.INDEXES[1], 1, 99),
        "The index names user 99, who is gone",
    ),
    "a room in the staff's index": (
        lambda h: ("ZADD", rooms.INDEXES[1], 1, 99),
        "The index names room 99, which is gone",
    ),
    "a user out of the staff's index": (
        lambda h: ("ZREM", users.INDEXES[1], h.user),
        "User {h.user} is missing in an index",
    ),
    "a room out of the staff's index": (
        lambda h: ("ZREM", rooms.INDEXES[1], h.room),
        "Room {h.room} is missing in an index",
    ),
    "a user in the index": (lambda h: ("ZADD", accounts.INDEX, 1, 99), "The index names user 99, who is gone"),
    "a playlist in the list": (
        lambda h: ("ZADD", keys.playlists(h.user), 1, "gone"),
        "The list of user {h.user} names playlist gone, which is gone",
    ),
    "an invite of no room": (lambda h: ("SET", keys.invite("ab"), 99), "An invite leads to room 99, which does not"),
    "an invite that was renewed": (lambda h: ("SET", keys.invite("ab"), h.room), "An invite leads to room {h.room}"),
    "a link of no playlist": (
        lambda h: ("SET", keys.share("ab"), "99:gone"),
        "A link leads to playlist gone of user 99",
    ),
    "a link that was ended": (
        lambda h: ("SET", keys.share("ab"), f"{h.user}:{h.playlist}"),
        "A link leads to playlist {h.playlist}",
    ),
    "a chat of no room": (lambda h: ("HSET", keys.chat(99), "v", 1), "chat of room 99 is left, which is gone"),
    "a shelf of nobody": (lambda h: ("ZADD", keys.shelf(99, "liked")[0], 1, "x"), "liked of user 99 is left, who is"),
    "a counter of users that is behind": (
        lambda h: ("SET", accounts.NEXT_USER, 0),
        "ww:seq:user is at 0, and {h.user}",
    ),
    "a counter of rooms that is behind": (lambda h: ("DEL", keys.NEXT_ROOM), "ww:seq:room is at 0, and {h.room} is"),
}


@pytest.mark.parametrize("name", LOST)
async def test_half_a_step_is_named_and_mended(store, name):
    command, text = LOST[name]
    one = await household()
    before = await dump(store)
    await store.execute_command(*command(one))
    [found] = await faults(store)
    assert found.text.startswith(text.format(h=one))
    assert await mend(store, [found, found]) == 2  # as two sweeps at once would
    assert await faults(store) == []
    assert (await dump(store)).keys() == before.keys()


async def dump(store) -> dict[str, str]:
    """Every key with its type."""
    return {key: await store.type(key) for key in await names(store)}


async def test_what_is_left_of_a_user_goes_with_their_rooms(store):
    gone, stays = await household(), await household()
    await store.delete(accounts.profile_key(gone.user))
    while found := await faults(store):  # a room may be found after what belongs to it
        await mend(store, found)
    left = await names(store)
    assert not [key for key in left if f"u:{gone.user}}}" in key or f"r:{gone.room}}}" in key]
    assert not await store.exists(keys.invite(gone.invite), keys.share(gone.share))
    assert await store.exists(keys.room(stays.room), keys.invite(stays.invite)) == 2


async def test_a_room_of_nobody_stays_while_somebody_is_there(store):
    one = await household()
    await store.delete(accounts.profile_key(one.user))
    await store.zadd(keys.presence(one.room), {"somebody": (await store.time())[0] * 1000 + 30_000})
    await mend(store, await faults(store))
    assert await store.exists(keys.room(one.room))


async def test_a_room_that_is_just_made_is_not_mended(store):
    one = await household()
    await age(keys.room(one.room), "created", -MINUTES)
    await store.zrem(keys.rooms_of(one.user), one.room)
    await store.delete(keys.invite(one.invite))
    assert await faults(store) == []


@pytest.mark.parametrize(
    ("key", "field", "value", "text"),
    [
        (lambda h: keys.room(h.room), "queue", "{", "Room {h.room} cannot be read: JSONDecodeError"),
        (lambda h: keys.room(h.room), "queue", "[]", "Room {h.room} cannot be read: what plays is not in its queue"),
        (lambda h: keys.room(h.room), "schema", "99", "Room {h.room} cannot be read: NewerSchema"),
        (lambda h: accounts.profile_key(h.user), "schema", "99", "User {h.user} cannot be read: NewerSchema"),
        (lambda h: accounts.family_key(h.user, h.family), "schema", "99", "A device of user {h.user} cannot be read"),
        (lambda h: accounts.family_key(h.user, h.family), "spent", "x", "A device of user {h.user} cannot be read"),
        (
            lambda h: keys.playlist(h.user, h.playlist),
            "items",
            "[[1]]",
            "Playlist {h.playlist} of user {h.user} cannot",
        ),
        (lambda h: keys.playlist(h.user, h.playlist), "schema", "99", "Playlist {h.playlist} of user {h.user} cannot"),
    ],
)
async def test_a_record_that_cannot_be_read_is_named_and_left_alone(store, key, field, value, text):
    one = await household()
    await store.hset(key(one), field, value)
    [found] = await faults(store)
    assert found.text.startswith(text.format(h=one))
    assert await mend(store, [found]) == 0


async def test_a_shelf_whose_parts_differ_is_named(store):
    one = await household()
    await store.hset(keys.shelf(one.user, "liked")[1], "more", "x")
    assert [fault.text for fault in await faults(store)] == [
        f"The liked shelf of user {one.user} has 1 rows, 2 videos and 1 titles."
    ]


async def test_a_walk_sees_every_record_of_many(store):
    many = [await household() for _ in range(120)]
    steps = [seen async for seen in walk(store)]
    assert len(steps) > 3
    assert set().union(*(seen.devices for seen in steps)) == {one.user for one in many}
    assert {user for seen in steps for user in seen.users} == {one.user for one in many}
    assert {room for seen in steps for room in seen.rooms} == {one.room for one in many}

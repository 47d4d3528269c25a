"""Whom and what the sweep lets go, and what it leaves alone; a little at a time, by one worker at a time."""

import asyncio

import pytest

from accounts import store as accounts
from rooms.services import playlists, rooms, upkeep
from rooms.store import keys
from tests.safety.world import age, household
from tests.stores import names
from wewatch.safety import sweep
from wewatch.safety.keeping import DAY, is_abandoned, is_idle
from wewatch.safety.rooms import INDEXES as ROOMS
from wewatch.safety.users import INDEXES
from wewatch.safety.walk import END, START

LONG, SHORT = 401 * DAY, 399 * DAY  # ms


@pytest.mark.parametrize(
    ("has_device", "signs", "gone"),
    [
        (False, [0.0], True),
        (False, [], True),
        (True, [0.0], False),
        (False, [0.0, LONG - SHORT], False),
        (False, [LONG - 400 * DAY], False),
        (False, [LONG - 400 * DAY - 1], True),
    ],
)
def test_a_user_is_gone_without_device_and_sign_of_life_for_400_days(has_device, signs, gone):
    assert is_abandoned(has_device, signs, LONG) == gone


@pytest.mark.parametrize(
    ("signs", "days", "gone"), [([0.0], 0, False), ([0.0], 400, True), ([0.0], 402, False), ([0.0, LONG], 1, False)]
)
def test_a_room_is_idle_after_the_days_that_are_set(signs, days, gone):
    assert is_idle(signs, LONG, days) == gone


async def now(store) -> float:
    return (await store.time())[0] * 1000


async def once(store, name="test", lose=False) -> int:
    """Sweep through the store once; `lose`: the marks on the way. Returns how much was mended or let go."""
    way, place, mended = sweep.Sweep(store, name), START, 0
    while place != END:
        if lose and place.startswith(accounts.INDEX):
            await store.delete("ww:sweep:devices:test")
        seen, count = await way.go(place, 50)
        place, mended = seen.place, mended + count
    return mended


async def long_ago(store, one) -> None:
    """The last sign of life of a household is 401 days old, and its device has ended."""
    await store.delete(accounts.family_key(one.user, one.family))
    for index in INDEXES:
        await store.zadd(index, {one.user: await now(store) - LONG})
    await age(keys.room(one.room), "created", LONG)
    for key in (keys.rooms_of(one.user), keys.playlists(one.user), keys.shelf(one.user, "liked")[0]):
        for member in await store.zrange(key, 0, -1):
            await store.zincrby(key, -LONG, member)


async def test_who_does_not_come_back_goes_with_all_they_had_and_nobody_else_does(store):
    gone, stays = await household(), await household()
    before = {key for key in await names(store) if f"u:{stays.user}}}" in key or f"r:{stays.room}}}" in key}
    await long_ago(store, gone)
    while await once(store):
        pass
    left = {key for key in await names(store) if not key.startswith("ww:seq:")}
    indexes = {*INDEXES, *ROOMS}
    assert left == before | indexes | {keys.invite(stays.invite), keys.share(stays.share)}
    for index in indexes:
        assert await store.zrange(index, 0, -1) == [str(stays.user if index in INDEXES else stays.room)]


SIGNS = {
    "a device": lambda one, at: ("HSET", accounts.family_key(one.user, "another"), "schema", "1"),
    "a first visit": lambda one, at: ("ZADD", accounts.INDEX, at, one.user),
    "a last visit": lambda one, at: ("ZADD", INDEXES[1], at, one.user),
    "somebody in a room": lambda one, at: ("ZADD", keys.presence(one.room), at, "somebody"),
    "a new room": lambda one, at: ("ZADD", keys.rooms_of(one.user), at, one.room),
    "a playlist": lambda one, at: ("ZADD", keys.playlists(one.user), at, one.playlist),
    "a film": lambda one, at: ("ZADD", keys.shelf(one.user, "history")[0], at, "film"),
}


@pytest.mark.parametrize("name", SIGNS)
async def test_who_shows_a_sign_of_life_stays(store, name):
    one = await household()
    await long_ago(store, one)
    await store.execute_command(*SIGNS[name](one, await now(store) - SHORT))
    await once(store)
    assert await store.exists(accounts.profile_key(one.user))


async def test_without_the_marks_of_devices_nobody_goes(store):
    """Another sweep of the same name ended meanwhile, and took them."""
    one = await household()
    await long_ago(store, one)
    await once(store, lose=True)
    assert await store.exists(accounts.profile_key(one.user))
    await once(store)
    assert not await store.exists(accounts.profile_key(one.user))


async def test_a_room_without_visits_goes_after_the_days_that_are_set(store, settings):
    old, visited, new = await household(), await household(), await household()
    for one in (old, visited):
        await age(keys.room(one.room), "created", 31 * DAY)
    await store.zadd(keys.presence(visited.room), {"somebody": await now(store) - 29 * DAY})
    await once(store)
    assert await store.exists(keys.room(old.room))
    settings.ROOM_KEEP_DAYS = 30
    await once(store)
    assert [await store.exists(keys.room(one.room)) for one in (old, visited, new)] == [0, 1, 1]
    assert not await store.exists(keys.invite(old.invite), keys.rooms_of(old.user))


@pytest.fixture
def short(monkeypatch):
    """Turns of one step."""
    monkeypatch.setattr(sweep, "STEPS", 1)
    monkeypatch.setattr(sweep, "PAUSE", 0)


async def test_a_turn_is_bounded_and_the_next_one_goes_on_where_it_ended(store, short):
    many = [await household() for _ in range(20)]
    await store.delete(keys.INDEX)
    mended, turns = 0, 0
    while True:
        mended += await sweep.turn(store)
        turns += 1
        await store.delete(sweep.LEASE)  # a minute later
        if not await store.exists(sweep.PLACE):
            break
    assert turns > 3
    assert mended == await store.zcard(keys.INDEX) == len(many)
    assert not await names(store, "ww:sweep:*")


async def test_one_worker_at_a_time_has_a_turn(store, short):
    assert [await sweep.turn(store), await sweep.turn(store)] == [0, None]
    assert 0 < await store.ttl(sweep.LEASE) <= 60


async def test_the_upkeep_of_a_worker_sweeps_and_waits_for_nothing(store, monkeypatch):
    monkeypatch.setattr(sweep, "PAUSE", 0)
    assert sweep.sweeps in upkeep.EVERY
    one = await household()
    await store.zrem(keys.INDEX, one.room)
    await sweep.sweeps([])
    assert await store.zcard(keys.INDEX) == 0
    async with asyncio.timeout(10):
        while not await store.zcard(keys.INDEX) or await store.exists(sweep.PLACE):
            await asyncio.sleep(0.01)


async def test_what_is_made_and_deleted_during_sweeps_is_left_alone(store, monkeypatch):
    over = asyncio.Event()

    async def come_and_go():
        kept = [await household() for _ in range(6)]
        for one in kept[::2]:
            await rooms.delete(one.user, one.room)
            await playlists.delete(one.user, one.playlist)
        return kept

    async def sweeping():
        while not over.is_set():
            await once(store)

    sweeper = asyncio.create_task(sweeping())
    made = await asyncio.gather(*(come_and_go() for _ in range(4)))
    over.set()
    await sweeper
    monkeypatch.setattr("wewatch.safety.rooms.YOUNG", 0)
    while await once(store):  # what was deleted while it was mended is named again by a list, until the next sweep
        pass
    for kept in made:
        opens = [await store.exists(key) for one in kept for key in (keys.invite(one.invite), keys.share(one.share))]
        assert opens == [0, 0, 1, 1] * 3
        listed = [await store.zcard(key(one.user)) for one in kept for key in (keys.rooms_of, keys.playlists)]
        assert listed == [0, 0, 1, 1] * 3

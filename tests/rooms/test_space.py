"""A store that is nearly full keeps nothing new and goes on; one that is full says so and plays on."""

import asyncio
import shutil
from collections import namedtuple

import pytest
from django.conf import settings
from redis import Redis
from redis.asyncio import RedisCluster

from accounts.identity import Account
from rooms.domain.errors import NoSpace
from rooms.protocol.messages import Say
from rooms.services import chat, library, playlists, rooms
from rooms.store import keys
from tests.live import Live
from tests.people import PATIENCE
from tests.safety.world import household
from wewatch import space

ME = Account(1, "family", "Ann", "blue")
FILM = library.video_of("https://media.example/film.mp4", "A film", 100.0)
MB = 1_000_000
BALLAST = 50 * MB  # so that some percent are more than what connections use


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """A deployment of its own: its workers believe for some seconds that it is full, after it is not."""
    with Live(tmp_path_factory.mktemp("full")) as deployment:
        yield deployment


@pytest.fixture
def look_again():
    """Each look at the space is a new one."""
    space._looks.clear()
    yield
    space._looks.clear()


def disk(monkeypatch, free):
    monkeypatch.setattr(settings, "EMBEDDED_STORE", True)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: namedtuple("Usage", "free")(free))


@pytest.mark.parametrize(("free", "reserve", "short"), [(199, 200, True), (200, 200, False), (0, 0, False)])
async def test_the_disk_of_the_embedded_store_keeps_a_reserve(store, monkeypatch, look_again, free, reserve, short):
    monkeypatch.setattr(settings, "DISK_RESERVE", reserve)
    disk(monkeypatch, free * MB)
    assert await space.is_short() == short


async def test_the_disk_here_says_nothing_of_a_store_elsewhere(store, monkeypatch, look_again):
    disk(monkeypatch, 0)
    monkeypatch.setattr(settings, "EMBEDDED_STORE", False)
    assert not await space.is_short()


@pytest.fixture
async def nearly_full(store):
    """A store that has used nearly all the memory that it may use."""
    await store.setrange("ballast", BALLAST, "x")
    there = {"target_nodes": store.get_node_from_key("ballast")} if isinstance(store, RedisCluster) else {}
    await store.config_set("maxmemory", (await store.info("memory", **there))["used_memory"] * 100 // 97, **there)
    yield
    await store.config_set("maxmemory", 0, **there)


async def test_what_is_nearly_full_is_short(nearly_full, look_again):
    assert await space.is_short()


KEEPING = {
    "a room": lambda one: rooms.start(one.user, [library.playable(FILM.link)]),
    "a message": lambda one: chat.say(one.room, ME, Say("a-message-id", "Hello", None, [])),
    "a saved video": lambda one: library.save(one.user, "later", FILM),
    "a playlist": lambda one: playlists.create(one.user, "Another"),
    "a video in a playlist": lambda one: playlists.append(one.user, one.playlist, FILM),
    "links in a playlist": lambda one: playlists.extend(one.user, one.playlist, FILM.link),
}


@pytest.mark.parametrize("name", KEEPING)
async def test_nothing_new_is_kept_where_the_store_is_nearly_full(store, monkeypatch, look_again, name):
    one = await household()
    before = await store.dbsize()
    space._looks.clear()
    disk(monkeypatch, 0)
    with pytest.raises(NoSpace, match="nearly out of space"):
        await KEEPING[name](one)
    assert await store.dbsize() == before
    await rooms.delete(one.user, one.room)
    assert not await store.exists(keys.room(one.room))


async def test_people_play_on_and_are_told_why_nothing_new_is_kept(live, pair, owner, room):
    first, second = pair
    redis = Redis(unix_socket_path=str(live.store.path))
    try:
        redis.setrange("ballast", BALLAST, "x")
        redis.config_set("maxmemory", redis.info("memory")["used_memory"] * 100 // 97)
        async with asyncio.timeout(PATIENCE):
            while (told := await first.say("Is there space?")).get("reason") != "no-space":
                await asyncio.sleep(0.2)
        assert told["type"] == "refused"
        assert (await first.add("https://media.example/more.mp4"))["reason"] == "no-space"
        await first.op("seek", pos=10.0)
        await second.until(first.state["v"] + 1)
        assert second.state["pos"] == 10.0
    finally:
        redis.config_set("maxmemory", 0)
        redis.delete("ballast")


async def test_a_full_store_is_a_moment_to_wait_and_films_play_on(live, pair, owner, room):
    first, second = pair
    redis = Redis(unix_socket_path=str(live.store.path))
    try:
        redis.config_set("maxmemory", 1)
        await first.op("seek", pos=10.0)
        assert (await first.next("refused"))["reason"] == "unavailable"
        assert (await asyncio.to_thread(owner.get, room.watch)).status == 503
        await first.send("ck", seq=1, c0=1.0, rtt=None, v=0)
        await first.next("ck")
    finally:
        redis.config_set("maxmemory", 0)
    await first.op("seek", pos=20.0)
    await second.until(first.state["v"] + 1)
    assert second.state["pos"] == 20.0

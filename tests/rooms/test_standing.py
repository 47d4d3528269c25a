"""What viewers are told of the rules, over a real store: nobody is left with what was true before."""

from dataclasses import replace

import pytest
from redis.exceptions import ResponseError

from accounts.store import profile_key
from rooms import broadcast
from rooms.hub import LocalRoom, Viewer
from rooms.services import chat, chores, links, manage, standing
from rooms.services import rooms as services
from rooms.store import rooms as store_rooms
from tests.rooms.test_hub import RecordingLine
from wewatch.clock import clock

OWNER, GUEST = 7, 8
pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
async def stored():
    """A room of the owner's in which only the host has the remote."""
    await clock().ready()
    room = await services.start(OWNER, await links.videos(OWNER, "https://media.example/film.mp4"))
    return await store_rooms.update(room.id, lambda one, now: replace(one, rules=replace(one.rules, control="host")))


@pytest.fixture
async def here(stored):
    """The room as this process knows it, with the owner in it."""
    viewer = Viewer(RecordingLine(), stored.id, OWNER, "family", "m")
    room = await broadcast.local().join(viewer)
    await standing.prime(room)
    standing.welcome(room, viewer)
    viewer.ready = True
    yield room
    await broadcast.local().leave(viewer)


def told(room: LocalRoom) -> bytes:
    (viewer,) = room.viewers
    return b"".join(viewer.line.frames)


async def test_a_question_whose_asker_could_not_be_read_is_told_after_the_next_look(store, here):
    await store.set(profile_key(GUEST), "broken")
    await manage.ask(here.id, GUEST)
    here.rules_dirty = True
    with pytest.raises(ResponseError):
        await chores.rules([here])
    await store.delete(profile_key(GUEST))
    await store.hset(profile_key(GUEST), mapping={"schema": 1, "name": "Ben", "color": "teal"})
    await chores.versions([here])
    await chores.rules([here])
    assert b'"Ben"' in told(here)


async def test_rules_that_change_while_a_room_is_read_for_the_first_time_are_told(store, stored, monkeypatch):
    await store.hset(profile_key(GUEST), mapping={"schema": 1, "name": "Ben", "color": "teal"})
    room, viewer = LocalRoom(stored.id), Viewer(RecordingLine(), stored.id, OWNER, "family", "m")
    room.viewers.add(viewer)
    read_chat = chat.snapshot

    async def asks_meanwhile(room_id):
        await manage.ask(room_id, GUEST)
        room.rules_dirty = True
        await chores.rules([room])
        return await read_chat(room_id)

    monkeypatch.setattr(chat, "snapshot", asks_meanwhile)
    await standing.prime(room)
    viewer.line.write(standing.welcome(room, viewer))
    viewer.ready = True
    await chores.rules([room])
    assert b'"Ben"' in told(room)

"""Fan-out over the real channel layer: joining and leaving race, and nothing ends the reading."""

import asyncio
import random

import pytest

from rooms import broadcast
from rooms.hub import Viewer
from tests.rooms.test_hub import RecordingLine
from wewatch.line import text_frame

ROOM = 7
pytestmark = pytest.mark.usefixtures("store")


def viewer():
    return Viewer(RecordingLine(), ROOM, 1, "family", "m", ready=True)


async def hears(someone, payload):
    async with asyncio.timeout(5):
        while text_frame(payload) not in someone.line.frames:
            await asyncio.sleep(0.01)


async def test_a_state_reaches_the_viewers_of_its_room():
    here = broadcast.local()
    someone = viewer()
    await here.join(someone)
    await broadcast.publish_state(ROOM, "epoch", 1, b"one")
    await hears(someone, b"one")
    await here.leave(someone)
    assert ROOM not in here.rooms


@pytest.mark.parametrize("seed", range(5))
async def test_a_room_is_never_deaf_however_joining_and_leaving_race(seed):
    here, chance = broadcast.local(), random.Random(seed)

    async def come_and_go():
        for _ in range(10):
            someone = viewer()
            await here.join(someone)
            await asyncio.sleep(chance.random() / 500)
            await here.leave(someone)

    async def come_and_stay():
        await asyncio.sleep(chance.random() / 20)
        someone = viewer()
        await here.join(someone)
        return someone

    *_, staying = await asyncio.gather(*(come_and_go() for _ in range(8)), come_and_stay())
    assert here.rooms[ROOM].viewers == {staying}
    await broadcast.publish_state(ROOM, "epoch", 1, b"one")
    await hears(staying, b"one")
    await here.leave(staying)
    assert ROOM not in here.rooms


async def test_a_message_that_nobody_understands_does_not_end_the_reading():
    here, someone = broadcast.local(), viewer()
    await here.join(someone)
    for message in ({"type": "nonsense"}, {"type": "state"}, {"type": "state", "room": ROOM, "epoch": 1}):
        await here.send(broadcast.EVERYONE, message)
    await broadcast.publish_state(ROOM, "epoch", 1, b"one")
    await hears(someone, b"one")
    await here.leave(someone)


async def test_the_worst_workers_lag_counts_for_a_start_while_it_is_fresh():
    here, someone = broadcast.local(), viewer()
    room = await here.join(someone)
    someone.one_way = 30.0
    here._on_one_way(ROOM, "another worker", 80.0, until=1000.0)
    assert broadcast.one_way(ROOM, now=999.0) == 80.0
    assert broadcast.one_way(ROOM, now=1000.0) == 30.0
    await here.leave(someone)
    assert room.viewers == set()


async def test_a_device_that_is_logged_out_loses_its_lines_in_every_room():
    here, someone = broadcast.local(), viewer()
    closed = []
    someone.line.close = closed.append
    await here.join(someone)
    await broadcast.publish_family_ended("another")
    await broadcast.publish_family_ended("family")
    async with asyncio.timeout(5):
        while not closed:
            await asyncio.sleep(0.01)
    assert closed == [broadcast.CLOSE_NO_USER]
    await here.leave(someone)

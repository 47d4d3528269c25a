"""Fan-out over the real channel layer: joining and leaving race, and nothing ends the reading."""

import asyncio
import random

import pytest

from rooms import broadcast, protocol
from rooms.domain.playback import Playback
from rooms.hub import Viewer
from tests.rooms.test_hub import RecordingLine
from wewatch.line import text_frame

ROOM = 7
ONE = Playback("e1", v=1)
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
    await broadcast.publish_state(ROOM, "epoch", ONE)
    await hears(someone, protocol.state(ONE, "epoch"))
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
    await broadcast.publish_state(ROOM, "epoch", ONE)
    await hears(staying, protocol.state(ONE, "epoch"))
    await here.leave(staying)
    assert ROOM not in here.rooms


async def test_a_message_that_nobody_understands_does_not_end_the_reading():
    here, someone = broadcast.local(), viewer()
    await here.join(someone)
    for message in ({"type": "nonsense"}, {"type": "state"}, {"type": "state", "room": ROOM, "epoch": 1}):
        await here.send(broadcast.EVERYONE, message)
    await broadcast.publish_state(ROOM, "epoch", ONE)
    await hears(someone, protocol.state(ONE, "epoch"))
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


async def test_what_happens_in_the_chat_reaches_everybody_and_a_gap_is_noticed():
    here, someone = broadcast.local(), viewer()
    room = await here.join(someone)
    here.wake.clear()
    item = {"n": 1, "id": "message-1", "user": 1, "name": "Ada", "color": "teal", "t": 1.0, "pos": None, "text": "Hi"}
    await broadcast.publish_talk(ROOM, {"kind": "msg", "v": 1, "item": item})
    await hears(someone, protocol.dump("msg", v=1, item=item))
    assert not room.talk_dirty
    await broadcast.publish_talk(ROOM, {"kind": "msg", "v": 3, "item": item | {"n": 3}})
    async with asyncio.timeout(5):
        await here.wake.wait()
    assert room.talk_dirty
    await here.leave(someone)


async def test_rules_that_changed_wake_the_upkeep():
    here, someone = broadcast.local(), viewer()
    room = await here.join(someone)
    here.wake.clear()
    await broadcast.publish_rules(ROOM)
    async with asyncio.timeout(5):
        await here.wake.wait()
    assert room.rules_dirty
    await here.leave(someone)

"""Acts over real WebSockets, through two Daphne workers and a real store."""

import asyncio

import pytest

from tests.people import Person


async def test_the_first_frames_are_the_state_and_who_is_here(owner, room):
    viewer = await owner.enter(room.owner_socket)
    assert (viewer.state["v"], viewer.state["playing"], viewer.state["pos"]) == (1, False, 0)
    assert viewer.state["entry"] == room.entry
    assert viewer.roster["people"][0]["id"] == room.data["me"]["id"]


async def test_an_act_on_one_worker_reaches_a_viewer_on_the_other(pair):
    first, second = pair
    await first.op("play")
    await second.until(2)
    assert second.state["playing"]
    assert second.state == (await first.until(2))[-1]


async def test_a_pause_carries_the_frame_of_the_actor(pair):
    first, second = pair
    await first.op("seek", pos=30.0)
    await second.until(2)
    await second.op("play")
    await second.until(3)
    await second.op("pause", pos=30.25)
    await first.until(4)
    assert (first.state["pos"], first.state["playing"]) == (30.25, False)


@pytest.mark.parametrize("viewers", [2, 5, 20])
async def test_one_pause_is_one_version_and_one_state_for_each(live, owner, room, viewers):
    people = [Person(live.url) for _ in range(viewers - 1)]
    await asyncio.gather(*(asyncio.to_thread(person.get, "/") for person in people))
    everyone = [await owner.enter(room.owner_socket)]
    for number, person in enumerate(people):
        live.prefer(number % 2)
        everyone.append(await person.enter(room.guest_socket))
    await everyone[0].op("play")
    await asyncio.gather(*(viewer.until(2) for viewer in everyone))
    await everyone[-1].op("pause", pos=0.1)
    seen = await asyncio.gather(*(viewer.until(3) for viewer in everyone))
    seen = [messages + await viewer.echo() for messages, viewer in zip(seen, everyone, strict=True)]
    states = [[message["v"] for message in messages if message["type"] == "st"] for messages in seen]
    assert states == [[3]] * viewers


async def test_two_who_pause_at_once_make_one_pause(pair):
    first, second = pair
    await first.op("play")
    await asyncio.gather(first.until(2), second.until(2))
    await asyncio.gather(first.op("pause", pos=0.0), second.op("pause", pos=0.0))
    await asyncio.gather(first.until(3), second.until(3))
    await asyncio.gather(first.echo(), second.echo())
    await first.send("get")
    assert (await first.next("st"))["v"] == 3


async def test_an_act_that_changes_nothing_is_told_to_its_sender_alone(pair):
    first, second = pair
    op = await first.op("pause", pos=0.0)
    nak = await first.next("nak")
    assert (nak["id"], nak["reason"], nak["st"]["v"]) == (op, "already", 1)
    assert "st" not in [message["type"] for message in await second.echo()]


async def test_an_act_sent_again_counts_once(pair):
    first, second = pair
    op = await first.op("seek", pos=10.0)
    await first.until(2)
    await second.op("seek", pos=20.0)
    await first.until(3)
    await first.op("seek", op_id=op, pos=10.0)
    nak = await first.next("nak")
    assert (nak["reason"], nak["st"]["pos"], nak["st"]["v"]) == ("already", 20.0, 3)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "seek", "pos": 1e9}, "bad-position"),
        ({"kind": "seek", "pos": -1}, "bad-position"),
        ({"kind": "play", "entry": "another"}, "stale-entry"),
    ],
)
async def test_an_act_that_cannot_be_changes_nothing_and_says_why(owner, room, fields, reason):
    viewer = await owner.enter(room.owner_socket)
    await viewer.send("op", **{"id": "op-00001", "v": 1, "entry": room.entry, **fields})
    nak = await viewer.next("nak")
    assert (nak["reason"], nak["st"]["v"]) == (reason, 1)


async def test_what_a_player_found_out_is_kept_once(pair, live, room):
    first, second = pair
    await first.send("meta", entry=room.entry, duration=60.5, live=False, title=None)
    await first.send("meta", entry=room.entry, duration=99.0, live=False, title=None)
    await first.echo()
    await second.op("seek", pos=61.0)
    await second.until(2)
    assert second.state["pos"] == 60.5
    await second.op("seek", pos=62.0)
    assert (await second.next("nak"))["reason"] == "bad-position"


async def test_five_who_report_the_end_end_it_once(pair, live, room):
    first, second = pair
    await first.send("meta", entry=room.entry, duration=60.0, live=False, title=None)
    await first.op("seek", pos=59.0)
    await second.until(2)
    await first.op("play")
    await second.until(3)
    for viewer in (first, second, first, second, first):
        await viewer.send("end", entry=room.entry)
    await second.until(4)
    await asyncio.gather(first.echo(), second.echo())
    await second.send("get")
    ended = await second.next("st")
    assert (ended["v"], ended["pos"], ended["playing"]) == (4, 60.0, False)


async def test_the_same_video_added_twice_is_two_rooms(live, owner):
    one, other = await asyncio.to_thread(owner.add), await asyncio.to_thread(owner.add)
    first, second = await owner.enter(one.owner_socket), await owner.enter(other.owner_socket)
    assert one.id != other.id
    await first.op("play")
    await first.until(2)
    assert [message["type"] for message in await second.echo() if message["type"] == "st"] == []

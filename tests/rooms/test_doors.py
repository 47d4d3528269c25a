"""Who gets through the door of a room's WebSocket, and what is refused behind it."""

import asyncio
import json

import pytest
from websockets.exceptions import InvalidStatus

from tests.people import Person


async def test_acts_beyond_the_limit_are_refused_and_the_line_stays(owner, room):
    viewer = await owner.enter(room.owner_socket)
    for number in range(25):
        await viewer.op("seek", pos=number + 1.5)
    assert (await viewer.next("nak"))["reason"] == "too-fast"
    await viewer.echo()


@pytest.mark.parametrize("frame", ["", "null", '{"type":"op"}', "x" * 5000, b"\x00\x01", '{"type":"get","a":NaN}'])
async def test_what_is_no_message_gets_an_error_and_changes_nothing(owner, room, frame):
    viewer = await owner.enter(room.owner_socket)
    await viewer.connection.send(frame)
    assert (await viewer.next("error"))["code"] == "bad-message"
    await viewer.send("get")
    assert (await viewer.next("st"))["v"] == 1


async def test_an_oversize_frame_ends_the_line(owner, room):
    viewer = await owner.enter(room.owner_socket)
    await viewer.connection.send("x" * 9000)
    assert await viewer.closed() in {1006, 1009}


async def test_a_flood_ends_the_line(owner, room):
    viewer = await owner.enter(room.owner_socket)
    for _ in range(100):
        await viewer.send("get")
    assert await viewer.closed() == 1008


async def test_a_clock_ping_is_answered_with_the_time_of_the_store(owner, room):
    viewer = await owner.enter(room.owner_socket)
    await viewer.send("ck", seq=9, c0=12.5, rtt=40.0, v=1)
    answer = await viewer.next("ck")
    assert (answer["seq"], answer["c0"]) == (9, 12.5)
    assert viewer.state["t"] < answer["s1"] <= answer["s2"]


async def test_the_owner_alone_opens_a_room_by_its_id(guest, stranger, owner, room):
    for person, path in ((guest, room.owner_socket), (stranger, room.owner_socket), (owner, "/ws/watch/999999/")):
        connection = await person.socket(path)
        with pytest.raises(Exception, match="4404"):
            await connection.recv()


async def test_a_wrong_invite_opens_nothing_and_a_flood_of_them_is_stopped(live):
    stranger = Person(live.url, address="127.0.0.66")
    await asyncio.to_thread(stranger.get, "/")
    codes = []
    for _ in range(20):
        connection = await stranger.socket("/ws/join/AAAAAAAAAAAAAAAAAAAAAA/")
        await connection.wait_closed()
        codes.append(connection.close_code)
    assert codes == [4404] * 20
    with pytest.raises(InvalidStatus) as refused:
        await stranger.socket("/ws/join/AAAAAAAAAAAAAAAAAAAAAA/")
    assert refused.value.response.status_code == 429


async def test_without_a_user_there_is_no_room(live, room):
    connection = await Person(live.url).socket(room.guest_socket)
    await connection.wait_closed()
    assert connection.close_code == 4401


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://127.0.0.1.evil.example",
        "ws://{host}",
        "file://{host}",
        "http://{host}.evil.example",
        "http://{host}/path",
        "http://user@{host}",
        "http://xn--127-0-0-1.example",
        "javascript:alert(1)",
    ],
)
async def test_a_page_of_another_site_opens_no_socket(live, owner, room, origin):
    host = live.url.removeprefix("http://")
    with pytest.raises(InvalidStatus) as refused:
        await owner.socket(room.owner_socket, origin=origin.format(host=host))
    assert refused.value.response.status_code in {400, 403}  # 400: what is no origin at all


async def test_the_host_of_an_origin_may_be_written_in_any_case(live, owner, room):
    url = live.url.replace("127.0.0.1", "localhost")
    person = Person(url)
    there = await asyncio.to_thread(person.add)
    viewer = await person.socket(there.owner_socket, origin=url.upper())
    assert json.loads(await viewer.recv())["type"] == "st"


async def test_a_path_that_is_no_room_is_not_found(owner, room):
    with pytest.raises(InvalidStatus) as refused:
        await owner.socket("/ws/elsewhere/")
    assert refused.value.response.status_code == 404


async def test_too_many_sockets_of_one_user_are_refused(live, owner, room):
    live.prefer(0)
    for _ in range(10):
        await owner.enter(room.owner_socket)
    with pytest.raises(InvalidStatus) as refused:
        await owner.socket(room.owner_socket)
    assert refused.value.response.status_code == 429

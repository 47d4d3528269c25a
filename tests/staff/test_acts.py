"""What the staff does reaches people at once, over real sockets and two workers; it is logged, and leaves nothing behind."""

import asyncio
import json
import re

import pytest

from tests.people import Person
from tests.staffing import user_of


@pytest.fixture
async def room(owner):
    return await asyncio.to_thread(owner.add)


@pytest.fixture
async def pair(live, owner, guest, room):
    """The owner's viewer on the first worker, the guest's on the second."""
    live.prefer(0)
    first = await owner.enter(room.owner_socket)
    live.prefer(1)
    return first, await guest.enter(room.guest_socket)


@pytest.fixture
def do(staff):
    """Call it with a page's address, an act, and a target: the root does it; returns the answer."""

    async def post(page: str, act: str, of: str = ""):
        answer = await asyncio.to_thread(staff("root").post, f"{page}/{act}/", of=of)
        assert answer.status in (200, 302), answer.text
        return answer

    return post


@pytest.fixture
def read(staff):
    async def get(path: str) -> str:
        answer = await asyncio.to_thread(staff("root").get, path)
        assert answer.status == 200, path
        return answer.text

    return get


def page_of(thing) -> str:
    return f"/admin/accounts/user/{user_of(thing)}" if isinstance(thing, Person) else f"/admin/rooms/room/{thing.id}"


async def refused(person, path) -> int:
    socket = await person.socket(path)
    await socket.wait_closed()
    return socket.close_code


async def test_a_closed_room_sends_all_away_and_lets_nobody_in_until_it_is_opened(pair, owner, guest, room, do, read):
    await do(page_of(room), "close")
    assert await asyncio.gather(*(viewer.closed() for viewer in pair)) == [4424, 4424]
    for person, path, socket in ((owner, room.watch, room.owner_socket), (guest, room.join, room.guest_socket)):
        page = await asyncio.to_thread(person.get, path)
        assert (page.status, "The staff of this site has closed it" in page.text) == (403, True)
        assert await refused(person, socket) == 4424
    assert "empty, closed" in await read(f"{page_of(room)}/change/")
    await do(page_of(room), "reopen")
    again = await owner.enter(room.owner_socket)
    assert [item["kind"] for item in again.chat["log"][-2:]] == ["close", "reopen"]
    assert again.chat["log"][-1]["by"]["name"] == "The staff"
    assert (await asyncio.to_thread(guest.get, room.join)).status == 200


async def test_an_ended_playback_stands_at_its_beginning_for_all(pair, room, do):
    host, guest = pair
    await host.send("meta", entry=room.entry, duration=600.0, live=False, title=None)
    await host.op("seek", pos=90.0)
    await guest.until(2)
    await host.op("play")
    await guest.until(3)
    await do(page_of(room), "stop")
    for viewer in pair:
        seen = await viewer.until(4)
        assert (viewer.state["playing"], viewer.state["pos"]) == (False, 0.0)
        seen += await viewer.echo()  # the state may have waited for its turn, and come after the note
        assert [message["item"]["by"]["id"] for message in seen if message["type"] == "log"] == [0]


@pytest.mark.parametrize("act", ["kick", "ban"])
async def test_who_is_removed_goes_at_once_stays_out_and_may_be_let_back_in(act, pair, guest, room, do, read):
    host, viewer = pair
    await do(page_of(room), act, str(user_of(guest)))
    assert await viewer.closed() == 4403
    assert (await asyncio.to_thread(guest.get, room.join)).status == 403
    listed = (await host.manage("list"))["data"]["bans"]
    assert [(ban["kind"], ban["by"]) for ban in listed] == [(act, "The staff")]
    ban = re.search(r"/lift/\?of=(\w+)", await read(f"{page_of(room)}/change/"))[1]
    await do(page_of(room), "lift", ban)
    assert (await asyncio.to_thread(guest.get, room.join)).status == 200


async def test_who_said_something_and_left_can_still_be_banned(pair, guest, room, do):
    await pair[1].say("gone before you see it")
    await pair[1].close()
    await pair[0].people(1)
    await do(page_of(room), "ban", str(user_of(guest)))
    assert (await asyncio.to_thread(guest.get, room.join)).status == 403


async def test_nobody_removes_the_host(pair, owner, room, do):
    await do(page_of(room), "kick", str(user_of(owner)))
    assert not [message for message in await pair[0].echo() if message["type"] == "log"]


async def test_a_deleted_room_is_gone_for_all_and_leaves_nothing(pair, room, do, redis):
    await pair[0].say("hello")
    await do(page_of(room), "delete")
    assert await asyncio.gather(*(viewer.closed() for viewer in pair)) == [4404, 4404]
    assert not list(redis.scan_iter(f"ww:{{r:{room.id}}}:*"))
    assert [redis.zscore(index, room.id) for index in ("ww:index:rooms", "ww:index:active")] == [None, None]


async def test_ended_devices_lose_their_sockets_and_their_user(pair, owner, guest, do, read, redis):
    device = guest.jar["wewatch"].split(".")[2]
    user = user_of(guest)
    await do(page_of(guest), "end-device", device[:8])
    assert await pair[1].closed() == 4401
    shown = await read(f"/admin/accounts/user/{user}/change/")
    assert "Ended by the staff" in shown
    assert device not in shown
    await asyncio.to_thread(guest.get, "/")
    assert user_of(guest) != user
    await do(page_of(owner), "end-devices")
    assert await pair[0].closed() == 4401


async def test_an_export_holds_what_is_kept_and_no_key(owner, room, do, redis):
    link = "https://media.example/other.mp4"
    await asyncio.to_thread(owner.post, "/library/save/", link=link, where="liked", title="Other")
    await asyncio.to_thread(owner.post, "/playlists/new/", links=link, name="Evening")
    answer = await do(page_of(owner), "export")
    assert "attachment" in answer.headers["Content-Disposition"]
    export = json.loads(answer.text)
    assert export["profile"]["id"] == user_of(owner)
    assert [one["id"] for one in export["rooms"]] == [room.id]
    assert export["rooms"][0]["queue"][0]["link"] == "https://media.example/film.mp4"
    assert [one["title"] for one in export["liked"]] == ["Other"]
    assert [(one["name"], one["videos"][0]["link"]) for one in export["playlists"]] == [("Evening", link)]
    assert room.join.strip("/").split("/")[-1] not in answer.text
    record = redis.hgetall(f"ww:{{r:{room.id}}}:room")
    assert json.loads(record["invite"])["hash"] not in answer.text
    assert owner.jar["wewatch"].split(".")[2] not in answer.text


async def test_a_deleted_user_takes_all_they_own_along(pair, owner, guest, room, do, redis):
    link = "https://media.example/other.mp4"
    made = await asyncio.to_thread(owner.post, "/playlists/new/", links=link, name="Evening")
    await asyncio.to_thread(owner.post, f"{made.headers['Location']}share/", on="1")
    shares = set(redis.scan_iter("ww:share:*"))
    user = user_of(owner)
    await do(page_of(owner), "delete")
    assert await pair[0].closed() in (4401, 4404)
    assert await pair[1].closed() == 4404
    assert not list(redis.scan_iter(f"ww:{{u:{user}}}:*"))
    assert not list(redis.scan_iter(f"ww:{{r:{room.id}}}:*"))
    assert [redis.zscore(index, user) for index in ("ww:index:users", "ww:index:seen")] == [None, None]
    assert len(shares - set(redis.scan_iter("ww:share:*"))) == 1
    assert (await asyncio.to_thread(guest.get, room.join)).status == 404
    await asyncio.to_thread(owner.get, "/")
    assert user_of(owner) != user


async def test_each_act_stands_in_the_history_of_its_thing_and_a_refused_one_does_not(room, do, read):
    await do(page_of(room), "close")
    await do(page_of(room), "close")  # refused: it is closed already
    await do(page_of(room), "reopen")
    shown = await read(f"{page_of(room)}/history/")
    assert (shown.count("Closed."), shown.count("Opened again."), shown.count("root")) == (1, 1, 3)


async def test_a_pasted_invite_leads_to_its_room_by_key_or_link(room, staff):
    key = room.join.strip("/").split("/")[-1]
    for pasted in (key, f"http%3A//localhost:8000/join/{key}/", f"/join/{key}"):
        answer = await asyncio.to_thread(staff("root").get, f"/admin/rooms/room/?q={pasted}")
        assert (answer.status, answer.headers["Location"]) == (302, f"{page_of(room)}/change/")
    wrong = await asyncio.to_thread(staff("root").get, f"/admin/rooms/room/?q={'x' * 22}")
    assert (wrong.status, "Nothing found" in wrong.text) == (200, True)
    assert (await asyncio.to_thread(staff("plain").get, f"/admin/rooms/room/?q={key}")).status == 403


async def test_a_page_of_a_room_shows_people_queue_chat_and_log_and_no_key(pair, owner, room, do, read):
    host, guest = pair
    await guest.say("<b>what a film</b>")
    await host.manage("invite", name="Cousins", role="helper", hours=2, uses=5)
    await do(page_of(room), "stop")
    shown = await read(f"{page_of(room)}/change/")
    for words in ("&lt;b&gt;what a film&lt;/b&gt;", "Cousins", "0 of 5", "The staff ended the playback", "Viewers (2)"):
        assert words in shown, words
    record = await asyncio.to_thread(owner.get, room.watch)
    assert room.join in record.text
    assert room.join.strip("/").split("/")[-1] not in shown

"""Another video for a room, over real sockets and two workers."""

import pytest

OTHER = "https://media.example/Another_film.webm#t=12"


async def entry_of(viewer, v):
    """The video that comes with the state of version `v`, before it or after."""
    seen = await viewer.until(v)
    return next((message for message in seen if message["type"] == "entry"), None) or await viewer.next("entry")


async def test_another_video_reaches_everybody_with_all_that_a_player_needs(three, room, ids):
    host, guest, third = three
    await host.op("seek", pos=40.0)
    await guest.until(2)
    assert (await guest.add(OTHER, where="now"))["type"] == "done"
    entry = await entry_of(host, 3)
    assert (entry["source"], entry["ref"], entry["title"], entry["start"]) == (
        "file",
        OTHER.split("#")[0],
        "Another film",
        12.0,
    )
    assert host.state["entry"] == entry["id"] != room.entry
    assert (host.state["pos"], host.state["playing"]) == (12.0, False)
    by = host.state["by"]
    assert (by["user"], by["kind"], by["was"], by["entry"]) == (ids["guest"], "video", 40.0, room.entry)
    assert (await entry_of(third, 3))["id"] == entry["id"]


async def test_a_newcomer_gets_the_video_that_the_room_has_now(three, owner, room):
    host, guest, _ = three
    await host.add(OTHER, where="now")
    await guest.next("entry")
    later = await owner.socket(room.owner_socket)
    async with later:
        frames = [await later.recv() for _ in range(2)]
    assert '"type":"entry"' in frames[1]
    assert "Another film" in frames[1]


async def test_a_film_that_played_goes_on_with_the_next(three):
    host, guest, _ = three
    await host.op("play")
    await guest.until(2)
    await host.add(OTHER, where="now")
    await guest.until(3)
    assert guest.state["playing"]


async def test_a_change_of_video_is_taken_back_to_where_the_old_one_was(three, room):
    host, guest, _ = three
    await host.op("seek", pos=40.0)
    await guest.until(2)
    await host.add(OTHER, where="now")
    await guest.until(3)
    await guest.op("undo")
    await host.until(4)
    assert (host.state["entry"], host.state["pos"], host.state["by"]["kind"]) == (room.entry, 40.0, "undo")


async def test_an_act_on_the_video_before_hits_nothing(three, room):
    host, guest, _ = three
    await host.add(OTHER, where="now")
    await guest.until(2)
    await guest.send("op", id="op-00001", v=2, entry=room.entry, kind="seek", pos=5.0)
    assert (await guest.next("nak"))["reason"] == "stale-entry"


@pytest.mark.parametrize(
    "link", ["", "hello", "javascript:alert(1)", "https://example.com/page", "ftp://x.example/a.mp4"]
)
async def test_a_link_to_no_video_changes_nothing(three, link):
    host, _, _ = three
    (_, reason, _), *_ = (await host.add(link, where="now"))["data"]["bad"]
    assert reason.endswith(".")
    await host.send("get")
    assert (await host.next("st"))["v"] == 1


async def test_only_who_controls_the_film_changes_it(three):
    host, guest, _ = three
    await host.manage("set", field="control", value="host")
    assert (await guest.add(OTHER, where="now"))["reason"] == "not-allowed"


async def test_it_stands_in_the_log_by_its_title(three, owner, room, ids):
    host, guest, _ = three
    await guest.add(OTHER, where="now")
    await host.until(2)
    later = await owner.enter(room.owner_socket)
    act = later.chat["log"][-1]
    assert (act["kind"], act["by"]["id"], act["value"]) == ("video", ids["guest"], "Another film")

"""Coming and going: rosters, log-out, deleted rooms, rooms that everyone left."""

import asyncio


async def test_the_roster_tells_who_comes_and_goes_once_a_person(pair, guest, room):
    first, second = pair
    came = await first.next("who")
    assert (came["n"], len(came["add"])) == (2, 1)
    other_tab = await guest.enter(room.guest_socket)
    assert other_tab.roster["n"] == 2
    await other_tab.close()
    await second.close()
    gone = await first.next("who")
    assert (gone["n"], gone["del"]) == (1, [came["add"][0]["id"]])


async def test_a_new_name_is_shown_to_the_others(pair, guest):
    first, second = pair
    await first.people(2)
    answer = await asyncio.to_thread(guest.post, "/me/", name="Grace Hopper")
    assert answer.status == 200
    await second.send("me")
    assert (await first.next("who"))["add"][0]["name"] == "Grace Hopper"


async def test_logging_out_closes_the_sockets_of_the_device(pair, guest):
    first, second = pair
    await asyncio.to_thread(guest.post, "/logout/")
    assert await second.closed() == 4401
    await first.echo()


async def test_deleting_a_room_tells_its_viewers(pair, owner, guest, room):
    first, second = pair
    await asyncio.to_thread(owner.post, f"/watch/{room.id}/delete/")
    assert (await first.closed(), await second.closed()) == (4404, 4404)
    assert (await asyncio.to_thread(owner.get, room.watch)).status == 404
    assert (await asyncio.to_thread(guest.get, room.join)).status == 404


async def test_a_room_that_everyone_left_comes_back_paused(pair, guest, room):
    first, second = pair
    await first.op("seek", pos=50.0)
    await first.until(2)
    await first.op("play")
    await first.until(3)
    await first.people(2)
    await second.close()
    await first.people(1)
    await first.close()
    back = await guest.enter(room.guest_socket)
    assert (back.state["v"], back.state["playing"]) == (4, False)
    assert 50.0 <= back.state["pos"] < 60.0


async def test_a_film_that_one_still_watches_plays_on(pair, owner, room):
    first, second = pair
    await first.op("play")
    await second.until(2)
    await second.people(2)
    await first.close()
    await second.people(1)
    back = await owner.enter(room.owner_socket)
    assert (back.state["v"], back.state["playing"]) == (2, True)

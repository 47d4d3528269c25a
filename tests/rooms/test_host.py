"""What hosts do, over real sockets and two workers: rules, the remote, moderation; and what others may not."""

import asyncio

import pytest

from tests.people import Person


async def test_everyone_controls_by_default_and_the_host_alone_sets_rules(three):
    host, guest, _ = three
    assert (host.you["role"], guest.you["role"]) == ("host", "viewer")
    assert "control" in guest.you["may"]
    assert (await guest.manage("set", field="control", value="host"))["reason"] == "not-allowed"
    assert guest.rules["control"] == "everyone"


async def test_who_has_no_remote_is_told_so_and_nothing_happens(three):
    host, guest, _ = three
    await host.manage("set", field="control", value="host")
    await guest.next("you")
    assert "control" not in guest.you["may"]
    await guest.op("play")
    nak = await guest.next("nak")
    assert (nak["reason"], nak["st"]["v"]) == ("not-allowed", 1)


async def test_asking_for_the_remote_and_being_granted_it_with_one_act(three, ids):
    host, guest, _ = three
    await host.manage("set", field="control", value="host")
    await guest.when(lambda message: message["type"] == "you" and "control" not in message["may"])
    await guest.send("ask")
    asking = await host.when(lambda message: message["type"] == "asks" and message["people"])
    assert asking["people"][0][0] == ids["guest"]
    assert (await host.manage("grant", user=ids["guest"], good=False))["type"] == "done"
    await guest.when(lambda message: message["type"] == "you" and "control" in message["may"])
    await guest.op("play")
    await host.until(2)
    assert host.state["by"]["user"] == ids["guest"]
    await host.manage("take", user=ids["guest"])
    await guest.when(lambda message: message["type"] == "you" and "control" not in message["may"])


async def test_a_helper_moderates_viewers_but_not_the_host(three, ids):
    host, guest, third = three
    await host.manage("helper", user=ids["guest"], on=True)
    await guest.when(lambda message: message["type"] == "you" and message["role"] == "helper")
    assert (await guest.manage("mute", user=ids["stranger"], on=True))["type"] == "done"
    await third.when(lambda message: message["type"] == "you" and message["muted"])
    assert (await third.say("hello"))["reason"] == "muted"
    assert (await guest.manage("kick", user=ids["owner"]))["reason"] == "protected"
    assert (await third.manage("mute", user=ids["guest"], on=True))["reason"] == "not-allowed"
    assert (await guest.manage("mute", user=ids["stranger"], on=False))["type"] == "done"
    await third.when(lambda message: message["type"] == "you" and not message["muted"])
    assert (await third.say("hello"))["text"] == "hello"


async def test_a_kick_closes_all_tabs_of_the_person_and_keeps_them_out_until_it_is_lifted(
    three, live, guest, room, ids
):
    host, second, third = three
    live.prefer(0)
    other_tab = await guest.enter(room.guest_socket)
    assert (await host.manage("kick", user=ids["guest"]))["type"] == "done"
    assert await asyncio.gather(second.closed(), other_tab.closed()) == [4403, 4403]
    page = await asyncio.to_thread(guest.get, room.join)
    assert page.status == 403
    assert "You were removed" in page.text
    refused = await guest.socket(room.guest_socket)
    await refused.wait_closed()
    assert refused.close_code == 4403
    listed = (await host.manage("list"))["data"]
    assert [ban["kind"] for ban in listed["bans"]] == ["kick"]
    await host.manage("lift", ban=listed["bans"][0]["id"])
    assert (await asyncio.to_thread(guest.get, room.join)).status == 200
    await third.echo()


async def test_a_ban_holds_against_a_new_cookie_from_the_same_network_and_for_nobody_else(three, live, room, ids):
    host, guest, third = three
    await host.manage("ban", user=ids["guest"])
    assert await guest.closed() == 4403
    with_new_cookie = Person(live.url)
    assert (await asyncio.to_thread(with_new_cookie.get, room.join)).status == 403
    await third.echo()
    elsewhere = Person(live.url, address="127.7.7.7")
    assert (await asyncio.to_thread(elsewhere.get, room.join)).status == 200


async def test_a_locked_room_lets_nobody_new_in_and_those_who_were_here_again(three, live, guest, room):
    host, second, _ = three
    await host.manage("set", field="locked", value=True)
    newcomer = Person(live.url)
    page = await asyncio.to_thread(newcomer.get, room.join)
    assert (page.status, "This room is locked" in page.text) == (403, True)
    refused = await newcomer.socket(room.guest_socket)
    await refused.wait_closed()
    assert refused.close_code == 4423
    await second.close()
    back = await guest.enter(room.guest_socket)
    assert back.rules["locked"]


async def test_slow_mode_holds_for_viewers_and_says_how_long(three):
    host, guest, _ = three
    await host.manage("set", field="slow", value=30)
    assert (await guest.say("one"))["text"] == "one"
    refused = await guest.say("two")
    assert refused["reason"] == "slow"
    assert 0 < refused["wait"] <= 30_000
    assert [(await host.say(text))["text"] for text in ("one", "two")] == ["one", "two"]


async def test_clearing_the_chat_and_bringing_it_back(three):
    host, guest, _ = three
    await guest.say("something")
    assert (await guest.manage("clear"))["reason"] == "not-allowed"
    await host.manage("clear")
    await guest.next("clear")
    await guest.send("past", before=None)
    assert (await guest.next("chat"))["items"] == []
    await host.manage("restore")
    await guest.next("clear")
    await guest.send("past", before=None)
    assert [item["text"] for item in (await guest.next("chat"))["items"]] == ["something"]


async def test_everything_stands_in_the_log_with_who_did_it(three, ids):
    host, guest, _ = three
    await host.manage("set", field="slow", value=5)
    await host.manage("mute", user=ids["guest"], on=True)
    await guest.when(lambda message: message["type"] == "log" and message["item"]["kind"] == "mute")
    log = (await host.manage("list"))["data"]["log"]
    kinds = [(item["kind"], item["by"]["id"]) for item in log]
    assert {("set", ids["owner"]), ("mute", ids["owner"])} <= set(kinds)
    assert (await guest.manage("list"))["reason"] == "not-allowed"


async def test_acts_on_somebody_who_never_came_are_refused(owner, room):
    host = await owner.enter(room.owner_socket)
    assert (await host.manage("ban", user=10**9))["reason"] == "unknown"


async def test_a_seek_is_taken_back_by_anyone_with_the_remote(three):
    host, guest, _ = three
    await host.op("seek", pos=50.0)
    await guest.until(2)
    assert guest.state["by"]["was"] == 0.0
    await guest.op("undo")
    await host.until(3)
    assert (host.state["pos"], host.state["by"]["kind"]) == (0.0, "undo")


@pytest.mark.parametrize("state", ["stalled", "ad", "apart", "muted", "blocked", "behind"])
async def test_the_roster_tells_how_everybody_gets_on(three, room, ids, state):
    host, guest, _ = three
    await guest.send("rdy", entry=room.entry, v=1, state=state, s=3 if state == "behind" else None)
    told = await host.when(
        lambda message: (
            message["type"] == "who"
            and any(person["id"] == ids["guest"] and person["state"] == state for person in message.get("add", []))
        )
    )
    assert [person.get("s") for person in told["add"] if person["id"] == ids["guest"]] == [
        3 if state == "behind" else None
    ]


async def test_a_broken_line_shows_as_offline_before_the_person_goes(three, ids):
    host, guest, _ = three
    guest.connection.transport.abort()
    await host.when(
        lambda message: (
            message["type"] == "who"
            and any(person["id"] == ids["guest"] and person["state"] == "offline" for person in message.get("add", []))
        )
    )


async def test_everybody_can_be_looked_up_by_pages(three, ids):
    host, _, _ = three
    await host.people(3)
    await host.send("crowd", **{"from": 1})
    page = await host.next("crowd")
    assert (page["from"], page["n"], len(page["people"])) == (1, 3, 2)

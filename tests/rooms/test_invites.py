"""Named invites and the main one: roles, limits, revocation, over real sockets and pages."""

import asyncio
from urllib.parse import urlsplit

import pytest

from tests.people import Person


@pytest.fixture
async def host(live, owner, room):
    live.prefer(0)
    return await owner.enter(room.owner_socket)


async def made(host, **wish):
    answer = await host.manage("invite", **{"name": "Family", "role": "viewer", "hours": None, "uses": None, **wish})
    return answer["data"]


def socket_of(invite):
    return f"/ws{urlsplit(invite['url']).path}"


async def newcomer(live, **where):
    person = Person(live.url, **where)
    await asyncio.to_thread(person.get, "/")
    return person


async def test_a_named_invite_opens_the_room_and_shows_no_other_invite(live, host, room):
    invite = await made(host)
    person = await newcomer(live)
    page = await asyncio.to_thread(person.get, urlsplit(invite["url"]).path)
    assert page.status == 200
    assert room.join not in page.text
    viewer = await person.enter(socket_of(invite))
    assert viewer.you["role"] == "viewer"
    await person.go()


async def test_a_helpers_invite_makes_helpers(live, host):
    invite = await made(host, role="helper")
    person = await newcomer(live)
    viewer = await person.enter(socket_of(invite))
    if viewer.you["role"] != "helper":
        await viewer.when(lambda message: message["type"] == "you" and message["role"] == "helper")
    await host.manage("revoke", invite=invite["id"])
    assert await viewer.closed() == 4410
    assert person.cookie
    listed = (await host.manage("list"))["data"]["invites"]
    assert [(one["used"], one["revoked"]) for one in listed] == [(1, True)]
    assert host.rules["helpers"] == []


async def test_an_invite_for_one_works_for_one_who_may_come_again(live, host):
    invite = await made(host, uses=1)
    first, second = await newcomer(live), await newcomer(live)
    await (await first.enter(socket_of(invite))).close()
    await first.enter(socket_of(invite))
    refused = await second.socket(socket_of(invite))
    await refused.wait_closed()
    assert refused.close_code == 4404
    assert (await asyncio.to_thread(second.get, urlsplit(invite["url"]).path)).status == 404
    await first.go()


async def test_two_at_once_do_not_share_an_invite_for_one(live, host):
    invite = await made(host, uses=1)
    people = [await newcomer(live) for _ in range(4)]
    lines = await asyncio.gather(*(person.socket(socket_of(invite)) for person in people))
    firsts = await asyncio.gather(*(line.recv() for line in lines), return_exceptions=True)
    assert sum(isinstance(first, str) for first in firsts) == 1
    await asyncio.gather(*(line.close() for line in lines))


async def test_a_new_main_link_ends_the_old_one_at_once(live, host, guest, room):
    viewer = await guest.enter(room.guest_socket)
    renewed = (await host.manage("renew"))["data"]["url"]
    assert await viewer.closed() == 4410
    assert (await asyncio.to_thread(guest.get, room.join)).status == 404
    assert (await asyncio.to_thread(guest.get, urlsplit(renewed).path)).status == 200


@pytest.mark.parametrize(
    "wish",
    [
        {"name": ""},
        {"name": " \u202e "},
        {"role": "host"},
        {"hours": 0},
        {"hours": -1},
        {"hours": 1e9},
        {"uses": 0},
        {"uses": 10**6},
    ],
)
async def test_a_wish_that_makes_no_sense_makes_no_invite(host, wish):
    answer = await host.manage("invite", **{"name": "A", "role": "viewer", "hours": None, "uses": None, **wish})
    assert answer["reason"] == "bad-value"
    assert (await host.manage("list"))["data"]["invites"] == []


async def test_only_the_owner_makes_invites(live, host, guest, room, ids):
    viewer = await guest.enter(room.guest_socket)
    await host.manage("helper", user=ids["guest"], on=True)
    await viewer.when(lambda message: message["type"] == "you" and message["role"] == "helper")
    answer = await viewer.manage("invite", name="A", role="helper", hours=None, uses=None)
    assert answer["reason"] == "not-allowed"
    assert (await viewer.manage("renew"))["reason"] == "not-allowed"
    assert (await viewer.manage("list"))["data"]["invites"] == []

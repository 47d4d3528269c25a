"""What nginx does besides: static files, an access log without keys, limits, and a rolling restart."""

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from tests.deploy.crowd import Fan, chat_of
from tests.people import Person

ROOMS, PEOPLE = 20, 10  # of each room


@pytest.fixture
def door(nginx):
    return nginx


def test_nginx_has_nothing_against_the_configuration(nginx):
    done = nginx.check()
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_static_files_come_compressed_from_nginx_and_for_good_where_the_name_has_a_hash(person):
    page = person(2).get("/")
    path = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    found = person(2).get(path, **{"Accept-Encoding": "identity"})
    assert (found.status, found.headers["Cache-Control"]) == (200, "max-age=315360000, public, immutable")
    plain = person(2).get("/static/staticfiles.json")
    assert plain.headers["Cache-Control"] == "max-age=60, public"


def test_no_key_and_no_whole_address_stands_in_the_access_log(nginx, person):
    host = person(8)
    room = host.add()
    host.get(room.join)
    nginx.logs("GET /join/*** 302")
    assert "127.0.1.0 " in nginx.access_log
    assert host.address not in nginx.access_log
    assert room.join.strip("/").split("/")[-1] not in nginx.access_log


async def test_all_workers_are_restarted_one_by_one_and_nobody_notices(site, person):
    fans = [fan for number in range(ROOMS) for fan in await asyncio.to_thread(_room, person, number)]
    for fan in fans:
        await fan.enter()
    going = asyncio.Event()
    going.set()
    with ThreadPoolExecutor(4) as pool:
        visits = [asyncio.wrap_future(pool.submit(_visit, person, 1000 * (one + 1), going)) for one in range(2)]
        acting = [asyncio.create_task(fan.act(going)) for fan in fans]
        for worker in site.workers:
            await asyncio.to_thread(worker.end, signal.SIGTERM)
            await asyncio.to_thread(worker.start)
            await asyncio.to_thread(worker.wait)
        going.clear()
        await asyncio.gather(*acting)
        statuses = [status for visit in visits for status in await visit]
    assert set(statuses) == {200, 302}
    assert {code for fan in fans for code in fan.breaks} <= {1012}
    assert sum(len(fan.breaks) for fan in fans) >= len(fans)  # each worker had a third, and those of the one before
    for room in (fans[at : at + PEOPLE] for at in range(0, len(fans), PEOPLE)):
        await _check(room)


def _room(person, number: int) -> list[Fan]:
    """The people of one room, the host first, who also seeks."""
    people = [person(10 + PEOPLE * number + one) for one in range(PEOPLE)]
    room = people[0].add()
    for guest in people[1:]:
        guest.get("/")
    return [Fan(people[0], room.owner_socket, seeks=True), *(Fan(guest, room.guest_socket) for guest in people[1:])]


def _visit(person, start: int, going: asyncio.Event) -> list[int]:
    """Make rooms and look at them, each time as somebody new, until it is over."""
    statuses = []
    numbers = count(start)
    while going.is_set():
        somebody: Person = person(next(numbers))
        made = somebody.post("/", url="https://media.example/film.mp4")
        statuses += [made.status, somebody.get(made.headers["Location"]).status]
    return statuses


async def _check(room: list[Fan]) -> None:
    """Everything that was confirmed is there, once; all see the same film."""
    host = room[0]
    await host.person.go()
    await host.enter()
    assert host.viewer.state["pos"] == host.sought
    for guest in room[1:]:
        while guest.viewer.state["v"] < host.viewer.state["v"]:
            await guest.viewer.next("st")
        assert guest.viewer.state["pos"] == host.sought
    said = [message for fan in room for message in fan.said]
    assert sorted(await chat_of(host.viewer)) == sorted(said)
    await asyncio.gather(*(fan.person.go() for fan in room))

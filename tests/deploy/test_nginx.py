"""We Watch behind a real nginx: TLS, sockets, static files, addresses that nobody can forge, and a rolling restart."""

import asyncio
import http.client
import signal
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from tests.deploy.crowd import Fan, chat_of
from tests.people import Person

ROOMS, PEOPLE = 20, 10  # of each room


def test_nginx_has_nothing_against_the_configuration(deployed):
    nginx, _ = deployed
    done = nginx.check()
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_who_comes_by_http_is_led_to_https(deployed):
    nginx, _ = deployed
    connection = http.client.HTTPConnection("127.0.0.1", nginx.plain)
    connection.request("GET", "/watch/7/", headers={"Host": "localhost"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/watch/7/")


def test_a_page_comes_with_what_https_asks_for(person):
    page = person(1).get("/")
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookies = page.headers.get_all("Set-Cookie")
    assert len(cookies) == 2
    assert all("Secure" in cookie for cookie in cookies)


def test_static_files_come_compressed_from_nginx_and_for_good_where_the_name_has_a_hash(person):
    page = person(2).get("/")
    path = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    found = person(2).get(path, **{"Accept-Encoding": "identity"})
    assert (found.status, found.headers["Cache-Control"]) == (200, "max-age=315360000, public, immutable")
    plain = person(2).get("/static/staticfiles.json")
    assert plain.headers["Cache-Control"] == "max-age=60, public"


def test_figures_are_not_for_the_world(person):
    assert person(3).get("/metrics").status == 404


async def test_two_people_on_different_workers_see_the_same(person):
    host, guest = person(4), person(5)
    room = await asyncio.to_thread(host.add)
    assert room.data["room"]["invite"].startswith("https://localhost:")
    await asyncio.to_thread(guest.get, "/")
    first, *others = [
        await who.enter(where) for who, where in [(host, room.owner_socket)] + [(guest, room.guest_socket)] * 3
    ]
    await first.op("play")
    for other in others:  # nginx leads each line to the next worker
        await other.until(2)
        assert other.state["playing"]
    await others[-1].op("pause", pos=1.0)
    await first.until(3)
    assert not first.state["playing"]
    await asyncio.gather(host.go(), guest.go())


def test_a_forged_address_escapes_no_limit(person):
    stranger = person(6)
    stranger.get("/")
    answers = [
        stranger.get(f"/join/wrong-key-{i:011}/", **{"X-Forwarded-For": f"203.0.113.{i}"}).status for i in range(22)
    ]
    assert answers == [404] * 20 + [429] * 2
    other = person(7)
    other.get("/")
    assert other.get("/join/wrong-key-of-another/", **{"X-Forwarded-For": "127.0.1.7"}).status == 404


def test_no_key_and_no_whole_address_stands_in_the_access_log(deployed, person):
    nginx, _ = deployed
    host = person(8)
    room = host.add()
    host.get(room.join)
    nginx.logs("GET /join/*** 302")
    assert "127.0.1.0 " in nginx.access_log
    assert host.address not in nginx.access_log
    assert room.join.strip("/").split("/")[-1] not in nginx.access_log


async def test_all_workers_are_restarted_one_by_one_and_nobody_notices(deployed, person):
    _, live = deployed
    fans = [fan for number in range(ROOMS) for fan in await asyncio.to_thread(_room, person, number)]
    for fan in fans:
        await fan.enter()
    going = asyncio.Event()
    going.set()
    with ThreadPoolExecutor(4) as pool:
        visits = [asyncio.wrap_future(pool.submit(_visit, person, 1000 * (one + 1), going)) for one in range(2)]
        acting = [asyncio.create_task(fan.act(going)) for fan in fans]
        for worker in live.workers:
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

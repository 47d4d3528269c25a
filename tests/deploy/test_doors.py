"""We Watch behind a real nginx and a real Caddy: TLS, sockets, addresses that nobody can forge, no key in a log."""

import asyncio
import http.client
import re

import pytest

from tests.deploy.caddy import Caddy
from tests.deploy.nginx import Nginx
from tests.people import Person
from tests.stores import free_port


def test_who_comes_by_http_is_led_to_https(door):
    connection = http.client.HTTPConnection("127.0.0.1", door.plain)
    connection.request("GET", "/watch/7/", headers={"Host": "localhost"})
    answer = connection.getresponse()
    assert answer.status in (301, 308)
    assert re.fullmatch(rf"https://localhost(:{door.port})?/watch/7/", answer.headers["Location"])


def test_a_page_comes_with_what_https_asks_for(person):
    page = person(1).get("/")
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookies = page.headers.get_all("Set-Cookie")
    assert len(cookies) == 2
    assert all("Secure" in cookie for cookie in cookies)


def test_figures_are_not_for_the_world(person):
    assert person(3).get("/metrics").status == 404


async def test_two_people_on_different_workers_see_the_same(person):
    host, guest = person(4), person(5)
    room = await asyncio.to_thread(host.add)
    assert room.data["room"]["invite"].startswith("https://localhost/join/")
    await asyncio.to_thread(guest.get, "/")
    first, *others = [
        await who.enter(where) for who, where in [(host, room.owner_socket)] + [(guest, room.guest_socket)] * 3
    ]
    await first.op("play")
    for other in others:  # the door leads each line to the next worker
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


@pytest.mark.parametrize("kind", [Nginx, Caddy])
def test_while_no_worker_answers_no_key_and_no_whole_address_stands_in_the_log_of_errors(open_door, kind):
    door = open_door(kind, [free_port()])
    stranger = Person(door.url, f"{door.network}.9.9", trust=door.trust)
    paths = [
        "/join/a-key-that-opens/",
        "/ws/join/a-key-that-opens/?back",
        "/shared/a-key-that-opens/",
        "/?q=a-key-that-opens",
    ]
    assert {stranger.get(path).status for path in paths} <= {502, 503}
    door.stop()
    assert "a-key-that-opens" not in door.log.read_text()
    assert stranger.address not in door.log.read_text()

"""What no log may hold, looked for in the logs of a deployment that people have used; and to what a line belongs."""

import asyncio
import json
import logging
import re

import pytest

from tests.live import Live
from tests.people import Person
from tests.rooms.test_library_pages import share
from wewatch import metrics
from wewatch.logs import Json, masked
from wewatch.trace import current, trace_id, untraced

ADDRESS, ADDRESS6 = "203.0.113.77", "2001:db8:7:8::77"
OUR_ID = "given-by-our-proxy-1"


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /join/SECRETKEY/",
        "GET http://x/join/SECRETKEY?a=1",
        'path "/ws/join/SECRETKEY/" failed',
        "/join/SECRETKEY",
        "/shared/SECRETKEY/copy/",
        "next=%2Fjoin%2FSECRETKEY%2F",
    ],
)
def test_an_invite_key_is_masked_wherever_it_stands(line):
    assert "SECRETKEY" not in masked(line)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("from 203.0.113.77 at 12:34:56", "from 203.0.113.0/24 at 12:34:56"),
        ("peer:203.0.113.77:443", "peer:203.0.113.0/24:443"),
        ("http://203.0.113.77/24", "http://203.0.113.0/24/24"),
        ("203.0.113.0/24", "203.0.113.0/24"),
        ("[2001:db8:7:8::77]:443", "[2001:db8:7::/48]:443"),
        ("2001:DB8:7:8::77: refused", "2001:db8:7::/48: refused"),
        ("2001:db8:7::/48", "2001:db8:7::/48"),
        ("::ffff:203.0.113.77", "::/48"),
        ("items[::2], 1.2.3, 1.2.3.4.5, a:b", "items[::2], 1.2.3, 1.2.3.4.5, a:b"),
    ],
)
def test_of_an_address_only_its_network_is_shown(line, shown):
    assert masked(line) == shown


def a_record(text, *values, **more):
    record = logging.LogRecord("rooms.x", logging.WARNING, "x.py", 1, text, values, None)
    record.__dict__.update(more)
    return record


def test_a_json_line_says_to_what_it_belongs():
    token = current.set(("socket", "abc"))
    try:
        told = json.loads(Json().format(a_record("to %s", "/join/KEY/", fields={"path": "/join/KEY/", "ms": 3})))
    finally:
        current.reset(token)
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "warning",
        "logger": "rooms.x",
        "socket": "abc",
        "message": "to /join/…/",
        "path": "/join/…/",
        "ms": 3,
    }


def test_a_traceback_is_in_the_same_json_line_and_masked():
    try:
        raise ValueError("no such thing: /join/KEY/")
    except ValueError as error:
        record = a_record("failed", exc_info=(ValueError, error, error.__traceback__))
    told = Json().format(record)
    assert "ValueError: no such thing: /join/…/" in json.loads(told)["traceback"]
    assert "\n" not in told


@pytest.mark.parametrize("value", [b"short", b"x" * 65, b"with space", b"new\nline12", b"\xff" * 10])
def test_an_id_that_is_none_is_replaced(value):
    assert re.fullmatch("[0-9a-f]{16}", trace_id([(b"x-request-id", value)], 1))


def test_only_a_proxy_is_believed_and_only_one_id():
    header = (b"x-request-id", OUR_ID.encode())
    assert trace_id([header], 1) == OUR_ID
    assert OUR_ID not in (trace_id([header], 0), trace_id([header, header], 1))


async def test_a_task_for_everybody_belongs_to_no_request():
    async def whose():
        return current.get()

    current.set(("request", "mine"))
    assert (await untraced(whose()), await asyncio.create_task(whose())) == (None, ("request", "mine"))


def test_an_error_counts_and_a_warning_does_not():
    log = logging.getLogger("rooms.counted")
    log.warning("well")
    log.error("not well")
    assert metrics.REGISTRY.get_sample_value("wewatch_errors_total", {"logger": "rooms.counted"}) == 1


class Traveller(Person):
    """Somebody whose requests come through the proxy from an address of the outer world."""

    def get(self, path, **headers):
        return super().get(path, **{"X-Forwarded-For": self.origin, "X-Request-ID": OUR_ID, **headers})

    origin = ADDRESS


@pytest.fixture(scope="module")
def talkative(tmp_path_factory):
    """A deployment that logs all it can, one worker in lines and one in JSON."""
    deployment = Live(tmp_path_factory.mktemp("logs"), TRUSTED_PROXIES=1, LOG_LEVEL="debug")
    deployment.workers[1].env = {**deployment.env, "LOG_FORMAT": "json"}
    with deployment:
        yield deployment


def test_a_reply_names_the_id_of_its_request(talkative, live):
    assert Traveller(talkative.url).get("/healthz").headers["X-Request-ID"] == OUR_ID
    told = [Traveller(live.url).get(path).headers["X-Request-ID"] for path in ("/healthz", "/nowhere/")]
    assert OUR_ID not in told
    assert len(set(told)) == 2


async def an_evening(live: Live, number: int) -> list[str]:
    """People use one worker in all ways that a line of its log may come from; returns what none may hold."""
    live.prefer(number)
    owner, guest = Traveller(live.url), Traveller(live.url)
    guest.origin = ADDRESS6

    def before():
        made = owner.add(f"https://media.example/canary-film-{number}.mp4")
        guest.get(made.join)
        owner.post("/playlists/new/", name="canary-list")
        playlist = re.search(r'href="(/playlist/[^"]+/)"', owner.get("/playlists/").text)[1]
        shared = share(owner, playlist)
        guest.get(shared)
        guest.get("/nowhere-at-all/?q=canary-query")
        return made, shared

    room, shared = await asyncio.to_thread(before)
    viewer = await guest.enter(room.guest_socket)
    await viewer.connection.send("canary-frame")
    await viewer.say("canary-chat")
    live.kill_store()
    try:
        await viewer.send("say", id="message-9", text="canary-lost", re=None, at=[])
        await viewer.next("refused")
        for path in (room.join, shared):
            assert (await asyncio.to_thread(guest.get, path)).status == 503
        forged = guest.jar["wewatch"]
        assert (await asyncio.to_thread(guest.get, "/library/search/?q=canary-query")).status == 503
    finally:
        live.start_store()
    await viewer.close()
    await asyncio.to_thread(owner.post, f"/watch/{room.id}/delete/")
    for path in (room.join, f"{shared}copy/"):
        await asyncio.to_thread(guest.get, path)
    keys = [path.split("/")[2] for path in (room.join, shared)]
    jars = [value.split(".")[-1] for person in (owner, guest) for value in person.jar.values()]
    return ["canary", ADDRESS, ADDRESS6, "2001:db8:7:8", forged, *keys, *jars]


async def ended(worker) -> str:
    """The log of a worker, once its socket has come to its end."""
    async with asyncio.timeout(10):
        while "socket ended" not in (log := worker.log.read_text()):
            await asyncio.sleep(0.05)
    return log


@pytest.mark.parametrize("number", [0, 1], ids=["line", "json"])
async def test_the_workers_logs_hold_no_secret_and_say_to_what_each_line_belongs(talkative, number):
    secrets = await an_evening(talkative, number)
    log = await ended(talkative.workers[number])
    assert not [secret for secret in secrets if secret in log]
    for expected in ("203.0.113.0/24", "2001:db8:7::/48", "/join/…/", "/shared/…/", OUR_ID, "Traceback", "status=503"):
        assert expected in log
    if number == 1:
        lines = [json.loads(line) for line in log.splitlines()]
        failed = [line for line in lines if line["logger"] == "django.request" and "traceback" in line]
        assert {line["request"] for line in failed} == {OUR_ID}
        ends = [line["socket"] for line in lines if line.get("logger") == "wewatch.trace" and "socket" in line]
        answered = [line["socket"] for line in lines if "`unavailable`" in line["message"]]
        assert answered
        assert set(answered) <= set(ends)

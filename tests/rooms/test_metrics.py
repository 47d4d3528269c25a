"""Metrics over real workers: who may read them, that they add up over workers, and what a dead worker leaves."""

import asyncio
import re

import pytest

from rooms.protocol import client
from tests.conftest import METRICS_TOKEN
from tests.live import Live
from tests.people import Person
from tests.scraping import BEARER, Numbers, ask, scrape
from tests.test_structure import ROOT
from wewatch import metrics
from wewatch.scrape import may_scrape


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """A deployment of its own, in which nobody is left of other tests."""
    with Live(tmp_path_factory.mktemp("counted"), METRICS_TOKEN=METRICS_TOKEN) as deployment:
        yield deployment


async def until(live, holds, number=0) -> Numbers:
    """Scrape until it is so: gauges are set every other second."""
    async with asyncio.timeout(10):
        while not holds(found := await asyncio.to_thread(scrape, live, number)):
            await asyncio.sleep(0.1)
    return found


@pytest.mark.parametrize("headers", [{}, {"Authorization": METRICS_TOKEN}, {"Authorization": "Bearer wrong"}])
def test_who_does_not_know_the_token_is_told_nothing(live, headers):
    status, told, text = ask(live, **headers)
    assert (status, text, told["Set-Cookie"]) == (404, "Not found\n", None)


def test_who_knows_it_may_only_read(live):
    assert ask(live, method="POST", **BEARER)[0] == 404
    status, told, text = ask(live, **BEARER)
    assert (status, told["Set-Cookie"], told["Cache-Control"]) == (200, None, "no-store")
    assert told["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "# HELP wewatch_viewers Open sockets" in text


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ([], ""),
        ([b"Bearer "], ""),
        ([b"Bearer"], ""),
        ([b"Bearer good", b"Bearer good"], "good"),
        ([b"bearer good"], "good"),
    ],
)
def test_without_a_token_nobody_may_scrape_and_only_one_right_header_counts(headers, token):
    assert not may_scrape([(b"authorization", value) for value in headers], token)
    assert may_scrape([(b"authorization", b"Bearer good")], "good")


async def test_an_act_is_counted_once_its_fan_out_once_a_worker_and_every_worker_tells_the_same(
    live,
    owner,
    guest,
    stranger,
    room,
):
    before = scrape(live)
    live.prefer(0)
    first, second = await owner.enter(room.owner_socket), await guest.enter(room.guest_socket)
    live.prefer(1)
    third = await stranger.enter(room.guest_socket)
    await first.op("play")
    for viewer in (first, second, third):
        await viewer.when(lambda message: message["type"] == "st" and message["playing"])
    after = await until(live, lambda now: (now("wewatch_viewers"), now("wewatch_rooms")) == (3, 2))
    other = scrape(live, 1)
    for numbers in (after, other):
        assert numbers("wewatch_acts_total", kind="play") - before("wewatch_acts_total", kind="play") == 1
        assert numbers("wewatch_fanout_seconds_count") - before("wewatch_fanout_seconds_count") == 2
        assert numbers("wewatch_store_seconds_count") > before("wewatch_store_seconds_count")
    assert other("wewatch_viewers") == after("wewatch_viewers")


async def test_what_is_refused_and_how_sockets_end_is_counted(live, owner, room):
    before = scrape(live)
    viewer = await owner.enter(room.owner_socket)
    await viewer.send("ck", seq=1, c0=1, rtt=9, v=0, drift=-30)
    await viewer.op("seek", pos=9e9)
    assert (await viewer.next("nak"))["reason"] == "bad-position"
    await viewer.manage("ban", user=999_999)
    await viewer.connection.close(3999)
    viewer = await owner.enter(f"{room.owner_socket}?back")
    for _ in range(100):
        await viewer.send("get")
    assert await viewer.closed() == 1008
    await asyncio.to_thread(owner.post, "/logout/")

    def grown(now, name, **labels):
        return now(name, **labels) - before(name, **labels)

    after = await until(live, lambda now: grown(now, "wewatch_closed_total", code="1008") == 1)
    assert grown(after, "wewatch_closed_total", code="other") == 1
    assert grown(after, "wewatch_refused_total", reason="bad-position") == 1
    assert grown(after, "wewatch_refused_total", reason="unknown") == 1
    assert grown(after, "wewatch_limited_total", bucket="flood") >= 1
    assert grown(after, "wewatch_reconnects_total") == 1
    assert grown(after, "wewatch_drift_seconds_count") == 1
    assert 0.029 < grown(after, "wewatch_drift_seconds_sum") < 0.031
    assert grown(after, "wewatch_tokens_total", event="ended") == 1
    assert grown(after, "wewatch_tokens_total", event="rotated") >= 1


async def test_a_token_is_counted_by_what_becomes_of_it(live):
    before = scrape(live)
    person = Person(live.url)
    await asyncio.to_thread(person.get, "/")
    old = dict(person.jar)
    for _ in range(2):
        await asyncio.to_thread(person.get, "/")
    person.jar = old
    for _ in range(2):
        assert (await asyncio.to_thread(person.get, "/", **{"User-Agent": "a thief's"})).status == 403
    person.jar["wewatch"] = "forged"
    await asyncio.to_thread(person.get, "/")
    after = scrape(live)
    events = ("new", "rotated", "replay", "suspect", "forged")
    grown = {
        one: after("wewatch_tokens_total", event=one) - before("wewatch_tokens_total", event=one) for one in events
    }
    assert grown == {"new": 2, "rotated": 2, "replay": 2, "suspect": 1, "forged": 1}


async def test_a_dead_worker_takes_its_viewers_along_and_leaves_its_counts(live, owner, room):
    live.prefer(1)
    viewer = await owner.enter(room.owner_socket)
    await viewer.op("play")
    await viewer.next("st")
    before = await until(live, lambda now: now("wewatch_viewers") == 1)
    acts = before("wewatch_acts_total")
    live.kill_worker(1)
    try:
        now = scrape(live, 0)
        assert now("wewatch_viewers") == 0
        assert now("wewatch_acts_total") == acts
        assert now("wewatch_fanout_seconds_count") == before("wewatch_fanout_seconds_count")
    finally:
        live.restart_worker(1)
    again = scrape(live, 1)
    assert (again("wewatch_acts_total"), len([*(live.data_dir / "metrics").glob("*.alive")])) == (acts, 2)


def test_the_numbers_have_their_place_on_the_disk_from_the_start(live):
    """A page that finds no room when it is written to would end the worker."""
    files = [path.stat() for path in (live.data_dir / "metrics").glob("*.db")]
    assert len(files) >= 6
    assert all(file.st_blocks * 512 >= file.st_size for file in files)


def test_labels_come_from_tables_and_never_from_people(live):
    page = (ROOT / "docs" / "protocol.md").read_text()
    reasons = re.findall(r"^`(?:refused|nak)` reasons: (.*?)\n\n", page, re.MULTILINE | re.DOTALL)
    known = {
        "type": {*client.FROM_CLIENT},
        "kind": {"", *client.OPS, *client.MANAGE, *client.QUEUE},
        "reason": {*re.findall(r"`([a-z-]+)`", " ".join(reasons))},
        "bucket": {"flood", "acts"},
        "code": {*map(str, metrics.CODES), "other"},
        "event": {*metrics.EVENTS},
    }
    assert len(known["reason"]) > 20
    found = [label for sample in scrape(live).samples for label in sample.labels.items()]
    assert found
    assert not [(name, value) for name, value in found if name in known and value not in known[name]]
    assert {name for name, _ in found} <= {*known, "le", "logger"}
    assert all(re.fullmatch(r"[A-Za-z_.]+", value) for name, value in found if name == "logger")

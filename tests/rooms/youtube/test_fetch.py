"""Requests to YouTube keep within their bounds, whatever the other side does; over real HTTP."""

import asyncio
import itertools
import logging
import re

import pytest

from rooms.domain.errors import NotAVideo, NotReachable
from rooms.domain.sources import parse
from rooms.youtube import fetch, oembed
from tests.rooms.youtube.conftest import BUNNY, ROLL

QUESTION = {"url": f"https://www.youtube.com/watch?v={ROLL}", "format": "json"}


async def ask(youtube):
    return await fetch.get("titles", f"{youtube.url}/oembed", QUESTION)


async def test_an_answer_is_its_status_and_its_object(youtube):
    answer = await ask(youtube)
    assert (answer.status, answer.data["author_name"]) == (200, "Rick Astley")


async def test_an_error_without_an_object_is_a_status(youtube):
    youtube.films.clear()
    assert await ask(youtube) == fetch.Answer(404, {})


async def test_a_redirect_is_not_followed(youtube):
    youtube.manner = "redirect"
    assert await ask(youtube) == fetch.Answer(302, {})
    assert youtube.count("/elsewhere") == 0


async def test_64_kib_are_read(youtube):
    youtube.size = 64 * 1024
    assert (await ask(youtube)).status == 200


async def test_65_kib_are_cut_off_and_refused(youtube):
    youtube.size = 65 * 1024
    with pytest.raises(NotReachable):
        await ask(youtube)


@pytest.mark.parametrize("manner", ["prose", "list", "deep", "latin", "zipped", "nothing"])
async def test_what_is_no_plain_json_object_is_refused(youtube, manner):
    youtube.manner = manner
    with pytest.raises(NotReachable):
        await ask(youtube)


@pytest.mark.parametrize("manner", ["silent", "drip"])
async def test_an_answer_that_never_ends_is_not_waited_for(youtube, impatient, manner):
    youtube.manner = manner
    async with asyncio.timeout(20):
        with pytest.raises(NotReachable):
            await ask(youtube)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1", "https://127.0.0.1:1", "http://", "gopher://x", "http://x:y"]
)
async def test_a_host_that_is_not_there_is_not_reachable(youtube, address):
    with pytest.raises(NotReachable):
        await fetch.get("titles", address, {})


async def test_a_proxy_that_cannot_be_used_is_not_reachable(youtube, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "nonsense://x")
    await fetch.close()
    with pytest.raises(NotReachable):
        await ask(youtube)


async def test_no_cookie_is_kept(youtube):
    await ask(youtube)
    await ask(youtube)
    assert ["Cookie" in headers for headers in youtube.headers] == [False, False]


async def test_the_error_and_the_log_name_neither_address_nor_secret(youtube, caplog):
    caplog.set_level(logging.INFO, "rooms")
    youtube.manner = "prose"
    with pytest.raises(NotReachable) as refused:
        await fetch.get("api", f"{youtube.url}/canary-address", {}, {"X-Goog-Api-Key": "canary-secret"})
    assert refused.value.__suppress_context__
    assert "could not be asked" in caplog.text
    assert "canary" not in f"{refused.value} {[r.getMessage() for r in caplog.records if r.name.startswith('rooms')]}"


HOSTS = [
    *("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "0", "2130706433", "0x7f000001", "0177.0.0.1", "127.1"),
    *("169.254.169.254", "[::ffff:169.254.169.254]", "metadata.google.internal", "10.0.0.1:6379", "127.0.0.1.nip.io"),
    *("youtube.com.evil.example", "evil.example#youtube.com", "youtube.com@evil.example", "evil.example\\@youtube.com"),
    *("evil.example/youtube.com", "ⓨoutube.com", "youtube.com%2f@evil.example", "www.youtube.com:80@127.0.0.1"),
    *("youtu.be.evil.example", "youtube.com\r\nHost: evil.example", "www.youtube.com"),
]
SHAPES = [
    *("http://{}/watch?v=" + ROLL, "https://{}/oembed?url=http://127.0.0.1/", "//{}/", "{}", "gopher://{}/_x", "file://{}/etc/passwd"),
    *("https://youtu.be/{}", "https://www.youtube.com/watch?v={}&list=" + "PL" + "x" * 16, "https://www.youtube.com/redirect?q=http://{}"),
]  # fmt: skip
FORMS = [shape.format(host) for shape, host in itertools.product(SHAPES, HOSTS)]
ONLY = re.compile(
    r"http://youtube\.example/oembed\?url=https%3A%2F%2Fwww\.youtube\.com%2Fwatch%3Fv%3D[\w-]{11}&format=json"
)


def ref_of(link):
    try:
        return parse(link).ref
    except NotAVideo:
        return ""


@pytest.fixture
async def every_way_out(youtube, settings, monkeypatch):
    """Whatever leaves the process goes through the stand-in, as through an operator's proxy."""
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("HTTP_PROXY", youtube.url)
    monkeypatch.setenv("HTTPS_PROXY", youtube.url)
    settings.YOUTUBE_URL = "http://youtube.example"
    await fetch.close()
    return youtube


async def test_the_operators_proxy_is_used(every_way_out):
    assert await oembed.title(BUNNY) == "Big Buck Bunny"
    assert ONLY.fullmatch(every_way_out.asked[0])


def test_there_are_200_forms():
    assert len(set(FORMS)) >= 200


@pytest.mark.parametrize("form", FORMS)
async def test_no_form_of_link_leads_the_server_elsewhere(every_way_out, form):
    known = await oembed.titles([form, ref_of(form)])
    assert set(known) <= {ROLL}
    assert [asked for asked in every_way_out.asked if not ONLY.fullmatch(asked)] == []

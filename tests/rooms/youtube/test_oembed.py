"""Titles by oEmbed: asked once, kept, cleaned."""

import asyncio

import pytest
from django_redis import get_redis_connection

from rooms.youtube import fetch, oembed
from tests.rooms.youtube.conftest import BUNNY, HIDDEN, ROLL
from tests.youtube_answers import Film

GONE = "gone_gone_0"
MANY = [f"many_{number:06d}" for number in range(40)]


async def test_a_title_is_asked_of_youtube(youtube):
    assert await oembed.title(ROLL) == "Never Gonna Give You Up"


async def test_titles_come_by_id_and_those_without_one_are_left_out(youtube):
    assert await oembed.titles([BUNNY, GONE, HIDDEN, ROLL]) == {
        BUNNY: "Big Buck Bunny",
        ROLL: "Never Gonna Give You Up",
    }


async def test_the_cache_is_asked_first(youtube):
    await oembed.title(ROLL)
    youtube.films[ROLL].title = "Another"
    assert await oembed.title(ROLL) == "Never Gonna Give You Up"
    assert youtube.count("/oembed") == 1


@pytest.mark.parametrize("missing", [GONE, HIDDEN])
async def test_that_there_is_no_title_is_kept_too(youtube, missing):
    assert await oembed.title(missing) is None
    assert await oembed.title(missing) is None
    assert youtube.count("/oembed") == 1


@pytest.mark.parametrize(("ref", "seconds"), [(ROLL, 24 * 3600), (GONE, 600)])
async def test_a_title_is_kept_for_a_day_and_that_there_is_none_for_ten_minutes(youtube, ref, seconds):
    await oembed.title(ref)
    (key,) = get_redis_connection().keys("*youtube:title*")
    assert seconds - 60 < get_redis_connection().ttl(key) <= seconds


@pytest.mark.parametrize("manner", ["broken", "redirect", "prose", "list"])
async def test_what_was_no_answer_is_not_kept(youtube, manner):
    youtube.manner = manner
    assert await oembed.title(ROLL) is None
    youtube.manner = "well"
    assert await oembed.title(ROLL) == "Never Gonna Give You Up"


async def test_one_video_is_asked_for_once(youtube):
    await oembed.titles([ROLL, ROLL, ROLL])
    assert youtube.count("/oembed") == 1


@pytest.mark.parametrize("ref", ["", "short", f"{ROLL}x", f"{ROLL}\n", "../../../x0", "dQw4w9WgXc&", "dQw4w9WgXcé"])
async def test_what_is_no_id_is_not_asked_for(youtube, ref):
    assert await oembed.title(ref) is None
    assert youtube.asked == []


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a\u202eb\u0000c\nd", "ab c d"),
        ("x" * 5000, "x" * 200),
        ("Z" + "\u0301" * 50, "Ź" + "\u0301" * 3),
        ("\ud800 lone", "lone"),
        ("\u200b\u2800", None),
    ],
)
async def test_a_hostile_title_is_cleaned(youtube, title, shown):
    youtube.films[ROLL] = Film(title)
    assert await oembed.title(ROLL) == shown


async def test_a_title_that_is_no_text_is_none(youtube):
    youtube.manner = "types"
    assert await oembed.title(ROLL) is None


async def test_few_are_asked_for_at_once(youtube):
    youtube.films |= {ref: Film(ref) for ref in MANY}
    youtube.manner = "slow"
    answers = await asyncio.gather(oembed.titles(MANY[:20]), oembed.titles(MANY[20:]))
    assert [len(known) for known in answers] == [20, 20]
    assert youtube.crowd == fetch.AT_ONCE


async def test_what_is_known_when_time_is_up_is_told(youtube, monkeypatch, caplog):
    await oembed.title(ROLL)
    monkeypatch.setattr(oembed, "TOGETHER", 0.2)
    youtube.manner = "silent"
    assert await oembed.titles([ROLL, BUNNY]) == {ROLL: "Never Gonna Give You Up"}
    assert "did not answer for 1 of 1 titles" in caplog.text

"""The use cases: titles in the background, lists and search with and without a key."""

import asyncio
import logging

import pytest

from rooms.domain.errors import NotReachable
from rooms.domain.sources import UNTITLED, Video
from rooms.services import titles
from tests.rooms.youtube.conftest import BUNNY, LIST, ROLL
from tests.youtube_answers import Film

MANY = [f"many_{number:06d}" for number in range(60)]


@pytest.fixture
def learnt():
    return []


@pytest.fixture
def learn(learnt):
    async def keep(known):
        learnt.append(known)

    return keep


def untitled(*refs):
    return [Video("youtube", ref, UNTITLED) for ref in refs]


async def finished():
    await asyncio.gather(*titles._tasks)


async def test_titles_are_learnt_once_in_the_background(youtube, learn, learnt):
    titles.later(untitled(ROLL, BUNNY, "gone_gone_0"), learn)
    assert learnt == []
    await finished()
    assert learnt == [{ROLL: "Never Gonna Give You Up", BUNNY: "Big Buck Bunny"}]


async def test_only_youtube_videos_without_a_title_are_looked_up(youtube, learn, learnt):
    titles.later([Video("file", "https://media.example/x.mp4", "x"), Video("youtube", ROLL, "My own")], learn)
    await finished()
    assert (learnt, youtube.asked) == ([], [])


async def test_a_long_list_is_learnt_batch_by_batch(youtube, learn, learnt):
    youtube.films |= {ref: Film(ref) for ref in MANY}
    titles.later(untitled(*MANY), learn)
    await finished()
    assert [len(known) for known in learnt] == [50, 10]


@pytest.mark.parametrize("manner", ["broken", "redirect", "prose", "types", "silent"])
async def test_a_failing_host_teaches_nothing_and_breaks_nothing(youtube, impatient, learn, learnt, manner):
    youtube.manner = manner
    titles.later(untitled(ROLL), learn)
    await finished()
    assert learnt == []


async def test_a_host_that_is_not_there_breaks_nothing(youtube, settings, learn, learnt, caplog):
    settings.YOUTUBE_URL = "http://127.0.0.1:1"
    titles.later(untitled(ROLL), learn)
    await finished()
    assert learnt == []
    assert "did not answer for 1 of 1 titles" in caplog.text


async def test_what_goes_wrong_in_learning_is_logged_without_its_words(youtube, caplog):
    async def fail(known):
        raise LookupError("https://secret.example/")

    titles.later(untitled(ROLL), fail)
    await finished()
    assert "titles could not be learnt (LookupError)" in caplog.text
    assert "secret" not in caplog.text


async def test_only_so_many_are_looked_up_at_once(youtube, learn, learnt, monkeypatch, caplog):
    monkeypatch.setattr(titles, "AT_ONCE", 1)
    titles.later(untitled(ROLL), learn)
    titles.later(untitled(BUNNY), learn)
    await finished()
    assert learnt == [{ROLL: "Never Gonna Give You Up"}]
    assert "1 titles are not looked up" in caplog.text


async def test_without_a_key_lists_and_search_say_so_and_ask_nothing(youtube):
    assert not titles.has_search()
    with pytest.raises(NotReachable, match="cannot list"):
        await titles.listed(LIST)
    with pytest.raises(NotReachable, match="cannot search"):
        await titles.found("bunny")
    assert youtube.asked == []


async def test_with_a_key_a_list_is_listed_and_words_are_found(youtube, key):
    assert titles.has_search()
    assert [video.ref for video in await titles.listed(LIST)] == [BUNNY, ROLL]
    assert [video.id for video in await titles.found("give you up")] == [ROLL]


async def test_without_a_key_nothing_is_logged(youtube, learn, caplog):
    caplog.set_level(logging.INFO, "rooms")
    titles.later(untitled(ROLL), learn)
    await finished()
    assert [record for record in caplog.records if record.name.startswith("rooms")] == []

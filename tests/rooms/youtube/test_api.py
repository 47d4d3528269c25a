"""Whole lists and search with a key, against the stand-in."""

import pytest

from rooms.domain.errors import NotAVideo, NotReachable
from rooms.domain.sources import Found, Video
from rooms.youtube import api
from tests.rooms.youtube.conftest import BUNNY, LIST, ROLL
from tests.youtube_answers import Film
from tests.youtube_host import KEY

pytestmark = pytest.mark.usefixtures("key")
LONG = [f"long_{number:06d}" for number in range(620)]


@pytest.fixture
def long_list(youtube):
    youtube.films |= {ref: Film(f"Part {ref}", length="PT1M") for ref in LONG}
    youtube.lists[LIST] = LONG


async def test_a_list_has_the_videos_that_can_be_watched_in_order(youtube):
    assert await api.playlist(LIST) == [
        Video("youtube", BUNNY, "Big Buck Bunny", duration=635),
        Video("youtube", ROLL, "Never Gonna Give You Up", duration=213),
    ]


async def test_a_long_list_is_read_page_by_page_up_to_500(youtube, long_list):
    videos = await api.playlist(LIST)
    assert [video.ref for video in videos] == LONG[:500]
    assert {video.duration for video in videos} == {60}
    assert (youtube.count("/youtube/v3/playlistItems"), youtube.count("/youtube/v3/videos")) == (10, 10)


async def test_the_key_stands_in_no_address(youtube):
    await api.playlist(LIST)
    await api.search("bunny")
    assert not [asked for asked in youtube.asked if KEY in asked]


async def test_a_live_video_has_no_duration(youtube):
    youtube.films[BUNNY].length = "P0D"
    assert (await api.playlist(LIST))[0].duration is None


async def test_a_list_comes_without_durations_where_those_are_not_told(youtube):
    youtube.spent = {"videos"}
    assert [video.duration for video in await api.playlist(LIST)] == [None, None]


async def test_a_search_finds_title_channel_and_length(youtube):
    assert await api.search("  BUNNY ") == [Found(BUNNY, "Big Buck Bunny", "Blender", 635)]


async def test_what_a_search_finds_is_text_and_no_html(youtube):
    youtube.films[BUNNY] = Film('Tom & "Jerry\'s" <b>\u202e', "A&B")
    (found,) = await api.search("tom")
    assert (found.title, found.channel) == ('Tom & "Jerry\'s" <b>', "A&B")


async def test_a_search_finds_10_at_most(youtube, long_list):
    assert len(await api.search("part")) == 10


async def test_words_are_asked_for_as_they_are_and_not_as_parameters(youtube):
    assert await api.search("bunny&maxResults=50&key=x#y") == []
    assert "q=bunny%26maxResults%3D50%26key%3Dx%23y" in youtube.asked[0]


@pytest.mark.parametrize("words", ["", "  ", "\u200b"])
async def test_no_words_ask_nothing(youtube, words):
    assert await api.search(words) == []
    assert youtube.asked == []


@pytest.mark.parametrize("list_id", ["", "PL123", "x" * 65, "PLxxxxxxxxxx&key=1", "../../../../x", f"{LIST}\n"])
async def test_what_is_no_list_is_not_asked_for(youtube, list_id):
    with pytest.raises(NotAVideo):
        await api.playlist(list_id)
    assert youtube.asked == []


async def test_a_list_that_is_not_there_is_told_so(youtube):
    with pytest.raises(NotReachable, match="no such playlist"):
        await api.playlist("PLunknown_unknown")


async def test_a_quota_that_is_used_up_is_told(youtube):
    youtube.spent = {"search"}
    with pytest.raises(NotReachable, match="for today"):
        await api.search("bunny")


@pytest.mark.parametrize("wrong", ["", "another"])
async def test_a_key_that_is_refused_is_told_and_not_shown(youtube, settings, caplog, wrong):
    settings.YOUTUBE_API_KEY = wrong
    with pytest.raises(NotReachable, match="does not accept the key"):
        await api.search("bunny")
    assert "status 40" in caplog.text
    assert "another" not in caplog.text


@pytest.mark.parametrize("manner", ["broken", "redirect", "prose", "list", "deep", "nothing", "zipped"])
async def test_garbage_is_a_sentence(youtube, manner):
    youtube.manner = manner
    with pytest.raises(NotReachable, match="Try again later"):
        await api.playlist(LIST)


async def test_wrong_types_are_nothing(youtube):
    youtube.manner = "types"
    assert await api.playlist(LIST) == []
    assert await api.search("x") == []


async def test_a_silent_host_is_not_waited_for(youtube, impatient):
    youtube.manner = "silent"
    with pytest.raises(NotReachable):
        await api.search("bunny")


async def test_nobody_waits_longer_than_in_all(youtube, monkeypatch):
    monkeypatch.setattr(api, "IN_ALL", 0.2)
    youtube.manner = "silent"
    with pytest.raises(NotReachable, match="Try again later"):
        await api.playlist(LIST)


async def test_a_list_that_never_ends_ends_at_500(youtube):
    youtube.lists[LIST] = [BUNNY] * 5000
    assert len(await api.playlist(LIST)) == 500

"""Titles, lists and search through a whole deployment, with a stand-in for YouTube behind it."""

import asyncio
import json

import pytest

from tests.live import Live
from tests.people import Person
from tests.youtube_answers import Film
from tests.youtube_host import KEY, Host

LIST = "PLabcdefghij0123456789"
ONE, TWO = "dQw4w9WgXcQ", "aqz-KE-bpKQ"
FILMS = {ONE: Film("A song"), TWO: Film("A rabbit", "Blender", "PT10M35S")}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A deployment that knows YouTube, with a key."""
    with Host(films=FILMS, lists={LIST: [TWO, ONE]}) as host:
        settings = {"YOUTUBE_URL": host.url, "YOUTUBE_API_URL": f"{host.url}/youtube/v3", "YOUTUBE_API_KEY": KEY}
        with Live(tmp_path_factory.mktemp("titles"), 1, **settings) as deployment:
            yield deployment


@pytest.fixture
async def viewer(site):
    person = Person(site.url)
    room = await asyncio.to_thread(person.add)
    yield await person.enter(room.owner_socket)
    await person.go()


async def test_a_title_comes_after_the_video_and_nobody_waits_for_it(viewer):
    answer = await viewer.add(f"https://youtu.be/{ONE}")
    assert answer["data"]["added"] == 1
    named = await viewer.when(lambda message: message["type"] == "queued" and message["put"][0][1]["title"] == "A song")
    assert named["put"][0][1]["ref"] == ONE


async def test_a_link_to_a_list_adds_its_videos_with_titles_and_lengths(viewer):
    answer = await viewer.add(f"https://www.youtube.com/playlist?list={LIST}")
    assert answer["data"] == {"added": 2, "left": 0, "bad": []}
    await viewer.send("entries")
    rows = (await viewer.next("queue"))["entries"][1:]
    assert [(row["title"], row["duration"]) for row in rows] == [("A rabbit", 635), ("A song", 253)]


async def test_a_list_that_is_not_there_says_so_and_the_other_links_are_kept(viewer):
    answer = await viewer.add("https://www.youtube.com/playlist?list=PLnobody0000000", f"https://youtu.be/{TWO}")
    assert answer["data"]["added"] == 1
    (place, reason, _), *_ = answer["data"]["bad"]
    assert place == 0
    assert reason.endswith(".")


async def test_words_are_searched_for_and_what_is_found_can_be_added(site):
    person = Person(site.url)
    await asyncio.to_thread(person.get, "/")
    found = json.loads(
        (await asyncio.to_thread(person.get, "/library/search/?q=rabbit", Accept="application/json")).text
    )
    assert {"link": f"https://www.youtube.com/watch?v={TWO}", "title": "A rabbit"}.items() <= found["videos"][0].items()
    nothing = await asyncio.to_thread(person.get, "/library/search/?q=+", Accept="application/json")
    assert json.loads(nothing.text)["videos"] == []


async def test_a_list_is_put_into_a_playlist_and_starts_a_room(site):
    person, link = Person(site.url), f"https://www.youtube.com/playlist?list={LIST}"
    made = await asyncio.to_thread(person.post, "/playlists/new/", name="Songs", links=f"hello\n{link}")
    assert "Line 1" in made.text
    assert "A rabbit" in made.text
    room = await asyncio.to_thread(person.add, link)
    viewer = await person.enter(room.owner_socket)
    assert [row["title"] for row in viewer.queue_now["entries"]] == ["A rabbit", "A song"]
    await person.go()


async def test_videos_of_a_playlist_get_their_titles(site):
    person = Person(site.url)
    made = await asyncio.to_thread(person.post, "/playlists/new/", name="Songs", links=f"https://youtu.be/{ONE}")
    assert made.status == 302
    async with asyncio.timeout(10):
        while "A song" not in (await asyncio.to_thread(person.get, made.headers["Location"])).text:
            pass

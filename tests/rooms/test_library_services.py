"""Use cases of the library and playlists over a real store: who may open what, what is refused, what is continued."""

import pytest

from rooms.domain.door import Ban, Door
from rooms.domain.errors import (
    NotAVideo,
    ShelfFull,
    TooManyRooms,
)
from rooms.domain.library import Seen, look
from rooms.services import home, invites, library, links, playlists
from rooms.services import rooms as makers
from rooms.store import brief, codec, keys, shelves
from rooms.store import rooms as store_rooms
from wewatch.redis import client

ADA, BEN, CLEO = 7, 8, 9
LINKS = [f"https://media.example/Film_{number}.mp4" for number in range(5)]
pytestmark = pytest.mark.usefixtures("store")


async def added(link):
    return await makers.start(ADA, await links.videos(ADA, link))


@pytest.fixture
async def people(store):
    for user in (ADA, BEN, CLEO):
        await store.hset(keys.profile(user), "name", f"P{user}")


def seen(room, position=60.0, via="", duration=600.0):
    entry = room.current
    return Seen(
        room.id, entry.id, entry.source, entry.ref, entry.title, duration, position, {ADA: "Ada", BEN: "Ben"}, 2, via
    )


async def continued(user):
    return (await home.overview(user))[0]


async def test_a_full_shelf_says_what_to_do(monkeypatch):
    monkeypatch.setattr(shelves, "SAVED", 1)
    await library.save(ADA, "liked", library.video_of(LINKS[0]))
    with pytest.raises(ShelfFull, match="Take some off"):
        await library.save(ADA, "liked", library.video_of(LINKS[1]))


async def test_the_dialog_knows_where_a_video_is_kept():
    await library.save(ADA, "later", library.video_of(LINKS[0]))
    made = await playlists.create(ADA, "Mine")
    found = await library.places(ADA, f"{LINKS[0]}#t=5")
    assert found.shelves == {"liked": False, "later": True}
    assert [one.id for one in found.playlists] == [made.id]
    with pytest.raises(NotAVideo):
        await library.places(ADA, "hello")


@pytest.mark.usefixtures("people")
async def test_the_owner_goes_on_by_the_room_and_a_guest_by_the_invite_that_they_came_by():
    room = await added(LINKS[0])
    await library.watched([ADA], seen(room))
    await library.watched([BEN], seen(room, via=room.invite.hash))
    assert [one.key for one in await continued(ADA)] == [""]
    assert [one.key for one in await continued(BEN)] == [await makers.invite_key(room)]
    assert (await continued(ADA))[0].watched.names == ("Ben",)


@pytest.mark.usefixtures("people")
async def test_nobody_goes_on_by_an_invite_that_was_renewed_or_who_is_banned():
    room = await added(LINKS[0])
    await library.watched([BEN, CLEO], seen(room, via=room.invite.hash))
    banned = Door(bans=(Ban("b", BEN, ADA, 0.0),))
    await store_rooms.update(room.id, lambda room, now: makers.replace(room, door=banned))
    assert await continued(BEN) == []
    assert len(await continued(CLEO)) == 1
    await store_rooms.update(room.id, lambda room, now: makers.replace(room, invite=invites.renewed(room.id)))
    assert await continued(CLEO) == []


@pytest.mark.usefixtures("people")
async def test_nothing_goes_on_without_a_way_or_a_room_or_at_the_end():
    room, gone, over = [await added(link) for link in LINKS[:3]]
    await library.watched([BEN], seen(room, via=""))
    await library.watched([ADA], seen(gone))
    await library.watched([ADA], seen(over, position=590.0))
    await makers.delete(ADA, gone.id)
    assert await continued(BEN) == []
    assert await continued(ADA) == []


@pytest.mark.usefixtures("people")
async def test_the_home_page_shows_the_newest_six_rooms():
    made = [(await added(LINKS[0])).id for _ in range(8)]
    _, rooms, total = await home.overview(ADA)
    assert ([one.room.id for one in rooms], total) == (made[:1:-1], 8)


async def test_my_rooms_are_paged_searched_and_sorted():
    for link in (*LINKS, "https://youtu.be/dQw4w9WgXcQ"):
        await added(link)

    async def titles(**wanted):
        return [one.room.title for one in (await home.rooms(ADA, look(**wanted))).rooms]

    assert (await titles())[:2] == ["YouTube video", "Film 4"]
    assert await titles(sort="old", q="film") == [f"Film {number}" for number in range(5)]
    assert await titles(source="youtube") == ["YouTube video"]
    assert (await titles(sort="title"))[-1] == "YouTube video"
    assert await titles(page="2") == []


async def test_a_room_of_an_older_program_is_listed_by_its_queue():
    room = await added(LINKS[0])
    await client().hdel(keys.room(room.id), "brief")
    listed, _, _ = await brief.read([room.id])
    assert (listed[0].title, listed[0].ref) == ("Film 0", LINKS[0])


async def test_a_list_shows_what_a_room_has_learnt():
    room = await added(LINKS[0])
    known = makers.replace(room.current, title="Known", duration=60.0)
    await store_rooms.update(room.id, lambda room, now: makers.replace(room, queue=(known,)))
    listed, _, _ = await brief.read([room.id])
    assert (listed[0].title, listed[0].duration) == ("Known", 60.0)
    assert "brief" not in codec.FIELDS


async def test_a_room_starts_with_all_videos_of_a_playlist():
    made = await playlists.make(ADA, "\n".join([f"{LINKS[0]}#t=30", *LINKS[1:]]))
    room = await makers.start(ADA, playlists.videos(made.playlist))
    assert [entry.title for entry in room.queue] == [f"Film {number}" for number in range(5)]
    assert (room.title, room.playback.pos) == ("Film 0", 30.0)
    with pytest.raises(NotAVideo, match="Add one first"):
        await makers.start(ADA, [])


async def test_a_room_from_a_playlist_counts_as_any_room(monkeypatch):
    monkeypatch.setattr(makers, "ROOMS_A_USER", 1)
    video = library.playable(LINKS[0], "A title")
    assert (await makers.start(ADA, [video])).title == "A title"
    with pytest.raises(TooManyRooms):
        await makers.start(ADA, [video])

"""Use cases of playlists over a real store: who may open what, what is refused, what a shared link opens."""

import pytest

from rooms.domain import playlists as rules
from rooms.domain.errors import BadText, PlaylistFull, PlaylistUnknown, TooManyPlaylists
from rooms.domain.library import Look, look
from rooms.domain.playlists import VIDEOS
from rooms.services import library, playlists
from rooms.store import keys
from rooms.store import playlists as store_playlists
from tests.stores import names

ADA, BEN = 7, 8
LINKS = [f"https://media.example/Film_{number}.mp4" for number in range(5)]
pytestmark = pytest.mark.usefixtures("store")


async def test_five_links_one_bad_make_a_playlist_of_four_and_a_sentence():
    added = await playlists.make(ADA, "\n".join([*LINKS[:2], "hello", *LINKS[2:4]]), "Mine")
    assert [item.title for item in added.items] == [f"Film {number}" for number in range(4)]
    assert [(line.number, line.text) for line in added.bad] == [(3, "hello")]


async def test_what_does_not_fit_is_named_line_by_line():
    made = await playlists.make(ADA, "\n".join(LINKS[:1] * (VIDEOS - 1)))
    added = await playlists.extend(ADA, made.playlist.id, f"{LINKS[1]}\nhello\n{LINKS[2]}")
    assert [item.title for item in added.items] == ["Film 1"]
    assert [line.number for line in added.bad] == [2, 3]
    assert "full" in added.bad[1].reason
    with pytest.raises(PlaylistFull):
        await playlists.append(ADA, made.playlist.id, library.video_of(LINKS[3]))
    nothing = await playlists.extend(ADA, made.playlist.id, LINKS[3])
    assert (nothing.items, len(nothing.bad)) == ((), 1)


async def test_a_name_is_needed_and_the_file_brings_its_own():
    with pytest.raises(BadText):
        await playlists.create(ADA, " ")
    assert (await playlists.make(ADA, "#EXTM3U\n#PLAYLIST:Evenings\n")).playlist.name == "Evenings"
    assert (await playlists.make(ADA, "")).playlist.name == "New playlist"


async def test_a_stranger_finds_no_playlist():
    made = await playlists.create(ADA, "Mine", videos=[library.video_of(LINKS[0])])
    for use in (
        playlists.open_own,
        playlists.delete,
        playlists.undelete,
        playlists.duplicate,
        playlists.share,
        playlists.unshare,
    ):
        with pytest.raises(PlaylistUnknown):
            await use(BEN, made.id)
    assert await playlists.open_own(ADA, made.id) == made
    assert await playlists.names(BEN) == []


async def test_nobody_has_more_playlists_than_one_may(monkeypatch):
    monkeypatch.setattr(store_playlists, "PLAYLISTS", 2)
    one = await playlists.create(ADA, "One")
    await playlists.delete(ADA, one.id)
    two = await playlists.create(ADA, "Two")
    await playlists.create(ADA, "Three")
    for refused in (playlists.create(ADA, "Four"), playlists.duplicate(ADA, two.id), playlists.undelete(ADA, one.id)):
        with pytest.raises(TooManyPlaylists, match="Delete one"):
            await refused
    await playlists.delete(ADA, two.id)
    assert (await playlists.undelete(ADA, one.id)).name == "One"


async def test_playlists_are_paged_searched_and_sorted():
    for name in ("Éclair", "apple", "Zebra"):
        await playlists.create(ADA, name)

    async def names(**wanted):
        return [one.name for one in (await playlists.mine(ADA, look(**wanted))).playlists]

    assert await names(q="eclair") == ["Éclair"]
    assert await names(sort="title") == ["apple", "Éclair", "Zebra"]
    assert (await playlists.mine(ADA, Look(page=2))).playlists == []


async def test_a_shared_link_opens_for_reading_until_it_is_switched_off(store):
    made = await playlists.create(ADA, "Mine", videos=[library.video_of(LINKS[0])])
    shared = await playlists.share(ADA, made.id)
    key = playlists.share_key(ADA, shared)
    assert len(key) == 22
    assert (await playlists.open_shared(key)).items == made.items
    assert playlists.share_key(ADA, await playlists.share(ADA, made.id)) == key
    assert key not in str([await store.hgetall(keys.playlist(ADA, made.id)), await names(store, "*")])
    await playlists.unshare(ADA, made.id)
    with pytest.raises(PlaylistUnknown):
        await playlists.open_shared(key)
    again = await playlists.share(ADA, made.id)
    assert playlists.share_key(ADA, again) != key


async def test_a_copy_of_a_shared_playlist_is_ones_own():
    made = await playlists.create(ADA, "Mine", "About", [library.video_of(LINKS[0])])
    key = playlists.share_key(ADA, await playlists.share(ADA, made.id))
    copy = await playlists.save_copy(BEN, key)
    await playlists.change(BEN, copy.id, lambda playlist: rules.remove(playlist, "1"))
    assert (copy.name, copy.about, copy.items) == ("Mine", "About", made.items)
    assert (await playlists.open_own(ADA, made.id)).items == made.items


async def test_a_shared_link_outlives_a_rotation_of_the_secret_key_and_ends_with_its_loss(settings):
    made = await playlists.create(ADA, "Mine")
    shared = await playlists.share(ADA, made.id)
    key = playlists.share_key(ADA, shared)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert playlists.share_key(ADA, shared) == key
    settings.SECRET_KEY_FALLBACKS = []
    assert playlists.share_key(ADA, shared) == ""
    renewed = await playlists.share(ADA, made.id)
    assert (await playlists.open_shared(playlists.share_key(ADA, renewed))).id == made.id


@pytest.mark.parametrize("key", ["", "A" * 22, "../../etc", "\ud800", "é" * 100])
async def test_a_wrong_key_opens_nothing(key):
    with pytest.raises(PlaylistUnknown):
        await playlists.open_shared(key)

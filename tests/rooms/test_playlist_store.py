"""Playlists in a real store: versioned, listed by a summary, deleted for a while, shared by a key."""

import asyncio
from dataclasses import replace

import pytest

from rooms.domain import playlists as rules
from rooms.domain.errors import ItemUnknown
from rooms.domain.playlists import New, Playlist, Share
from rooms.store import keys, playlists
from wewatch import record
from wewatch.redis import client

ADA, BEN = 7, 8
pytestmark = pytest.mark.usefixtures("store")


def a_playlist(number: int = 1, count: int = 2) -> Playlist:
    empty = Playlist(f"p{number}", f"Mine {number}", "About it")
    return rules.add(empty, [New("file", f"https://x.y/{n}.mp4", f"Film {n}", 60.5) for n in range(count)])[0]


async def test_a_playlist_comes_back_as_it_was_kept(store):
    made = replace(rules.remove(a_playlist(), "1"), share=Share("hash", "nonce"))
    assert await playlists.create(ADA, made)
    assert await playlists.load(ADA, made.id) == made
    assert await store.ttl(keys.playlist(ADA, made.id)) == -1
    assert await playlists.load(BEN, made.id) is None


async def test_playlists_are_listed_by_their_last_change_without_their_videos():
    for number in range(3):
        await playlists.create(ADA, a_playlist(number))
        await client().zadd(keys.playlists(ADA), {f"p{number}": number})
    await playlists.update(ADA, "p0", lambda playlist: rules.remove(playlist, "1"))
    listed, total = await playlists.listed(ADA)
    assert [(one.id, one.count, one.seconds) for one in listed] == [("p0", 1, 60.5), ("p2", 2, 121.0), ("p1", 2, 121.0)]
    assert total == 3
    assert [one.id for one in (await playlists.listed(ADA, 1, 1))[0]] == ["p2"]
    assert await playlists.listed(BEN) == ([], 0)


async def test_what_a_rule_refuses_changes_nothing():
    await playlists.create(ADA, a_playlist())
    with pytest.raises(ItemUnknown):
        await playlists.update(ADA, "p1", lambda playlist: rules.remove(playlist, "9"))
    assert await playlists.load(ADA, "p1") == a_playlist()
    assert await playlists.update(ADA, "none", lambda playlist: playlist) is None


async def test_thirty_changes_at_once_are_all_made():
    await playlists.create(ADA, a_playlist(count=0))
    new = New("file", "https://x.y/a.mp4", "A")
    await asyncio.gather(
        *(playlists.update(ADA, "p1", lambda playlist: rules.add(playlist, [new])[0]) for _ in range(30))
    )
    playlist = await playlists.load(ADA, "p1")
    assert [item.id for item in playlist.items] == [str(number) for number in range(1, 31)]


async def test_nobody_has_more_playlists_than_one_may(monkeypatch, store):
    monkeypatch.setattr(playlists, "PLAYLISTS", 2)
    made = [await playlists.create(ADA, a_playlist(number)) for number in range(3)]
    assert made == [True, True, False]
    assert await playlists.load(ADA, "p2") is None
    assert not await store.exists(keys.playlist(ADA, "p2"))


async def test_a_deleted_playlist_is_gone_and_can_be_put_back_for_a_while(store):
    shared = replace(a_playlist(), share=Share("hash", "nonce"))
    await playlists.create(ADA, shared)
    await playlists.set_share("hash", ADA, "p1")
    assert await playlists.bury(ADA, "p1") == shared
    assert await playlists.bury(ADA, "p1") is None
    assert (await playlists.load(ADA, "p1"), await playlists.by_share("hash")) == (None, None)
    assert await playlists.listed(ADA) == ([], 0)
    assert 0 < await store.ttl(keys.playlist(ADA, "p1")) <= rules.DELETED
    assert await playlists.dig_up(ADA, "p1") == shared
    assert await playlists.load(ADA, "p1") == shared
    assert await playlists.by_share("hash") == (ADA, shared)
    assert await store.ttl(keys.playlist(ADA, "p1")) == -1
    assert await playlists.dig_up(ADA, "p9") is None


async def test_a_share_key_opens_the_playlist_that_knows_it_and_no_other():
    await playlists.create(ADA, replace(a_playlist(), share=Share("hash", "nonce")))
    await playlists.set_share("hash", ADA, "p1")
    await playlists.set_share("old", ADA, "p1")
    assert (await playlists.by_share("hash"))[0] == ADA
    assert await playlists.by_share("old") is None
    await playlists.drop_share(Share("hash", "nonce"))
    assert await playlists.by_share("hash") is None


async def test_a_playlist_of_a_newer_program_is_not_touched():
    await playlists.create(ADA, a_playlist())
    await client().hset(keys.playlist(ADA, "p1"), "schema", 99)
    with pytest.raises(record.NewerSchema, match="update it"):
        await playlists.load(ADA, "p1")

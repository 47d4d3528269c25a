"""Use cases over a real store: who may open what, and what a room's list and invite tell."""

from dataclasses import replace

import pytest

from accounts.identity import Account
from rooms.domain.errors import NotAVideo, RoomUnknown, TooManyRooms
from rooms.domain.playback import Act
from rooms.services import home, links, playback
from rooms.services import rooms as services
from rooms.store import keys, presence
from rooms.store import rooms as store_rooms
from tests.stores import names

OWNER, STRANGER = 7, 8
ADA = Account(OWNER, "family", "Ada", "teal")
LINK = "https://media.example/A_film.mp4#t=30"
pytestmark = pytest.mark.usefixtures("store")


async def add(owner, link):
    return await services.start(owner, await links.videos(owner, link))


async def play(room, op="op-00001"):
    act = Act(OWNER, op, room.playback.v, room.playback.entry, "play")
    return await playback.apply(room.id, act, ADA)


async def test_a_link_makes_a_paused_room_at_its_start_time():
    room = await add(OWNER, LINK)
    assert (room.title, room.playback.pos, room.playback.playing) == ("A film", 30.0, False)


async def test_a_bad_link_makes_nothing(store):
    with pytest.raises(NotAVideo):
        await add(OWNER, "https://example.com/")
    assert await names(store, "*") == []


async def test_the_same_link_twice_is_two_rooms_with_two_invites():
    one, other = await add(OWNER, LINK), await add(OWNER, LINK)
    assert one.id != other.id
    assert await services.invite_key(one) != await services.invite_key(other)


async def test_the_id_opens_for_its_owner_alone():
    room = await add(OWNER, LINK)
    assert (await services.open_own(OWNER, room.id)).id == room.id
    with pytest.raises(RoomUnknown) as strangers:
        await services.open_own(STRANGER, room.id)
    with pytest.raises(RoomUnknown) as missing:
        await services.open_own(STRANGER, 999)
    assert str(strangers.value) == str(missing.value)


async def test_the_invite_opens_for_anyone_and_nothing_in_the_store_tells_it(store):
    room = await add(OWNER, LINK)
    key = await services.invite_key(room)
    assert len(key) == 22
    assert (await services.open_invited(key, STRANGER, "")).room.id == room.id
    assert key not in str([await store.hgetall(keys.room(room.id)), await names(store, "*")])


@pytest.mark.parametrize("key", ["", "A" * 22, "../../etc", "\ud800", "é" * 100])
async def test_a_wrong_invite_opens_nothing(key):
    await add(OWNER, LINK)
    with pytest.raises(RoomUnknown):
        await services.open_invited(key, STRANGER, "")


async def test_an_invite_outlives_a_rotation_of_the_secret_key(settings):
    room = await add(OWNER, LINK)
    key = await services.invite_key(room)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert await services.invite_key(room) == key


async def test_a_replaced_secret_key_gives_the_room_a_new_invite_and_ends_the_old(settings):
    room = await add(OWNER, LINK)
    old = await services.invite_key(room)
    settings.SECRET_KEY = "n" * 50
    new = await services.invite_key(room)
    assert (await services.open_invited(new, STRANGER, "")).room.id == room.id
    with pytest.raises(RoomUnknown):
        await services.open_invited(old, STRANGER, "")


async def test_nobody_has_more_rooms_than_one_may(monkeypatch):
    monkeypatch.setattr(services, "ROOMS_A_USER", 2)
    for _ in range(2):
        await add(OWNER, LINK)
    with pytest.raises(TooManyRooms, match="Delete one"):
        await add(OWNER, LINK)


async def test_a_stranger_deletes_nothing():
    room = await add(OWNER, LINK)
    with pytest.raises(RoomUnknown):
        await services.delete(STRANGER, room.id)
    assert (await services.open_own(OWNER, room.id)).id == room.id


async def test_my_list_shows_where_a_film_stopped_that_nobody_watches_any_more():
    room = await add(OWNER, LINK)
    await presence.enter(room.id, "1:7:a", 7, "home", 10)
    room = await play(room)
    started = room.playback.t
    await presence.renew({room.id: ["1:7:a"]}, started - presence.LEASE + 60_000)  # last seen 60 s into it
    await _rewound(room, by=3_600_000)  # all of it an hour ago
    _, listed, _ = await home.overview(OWNER)
    assert listed[0].position == pytest.approx(90.0, abs=0.01)


async def _rewound(room, by):
    """Move what happened into the past, as if so many ms had gone by."""
    from wewatch.redis import client

    await store_rooms.update(
        room.id, lambda room, now: replace(room, playback=replace(room.playback, t=room.playback.t - by))
    )
    await client().zincrby(keys.presence(room.id), -by, "1:7:a")


async def test_an_act_is_remembered_and_counts_once():
    room = await play(await add(OWNER, LINK))
    with pytest.raises(playback.Nak, match="already"):
        await play(room)


async def test_the_last_64_acts_are_remembered():
    room = await add(OWNER, LINK)
    for number in range(70):
        act = Act(OWNER, f"op-{number:05}", 1, room.playback.entry, "seek", pos=float(number))
        room = await playback.apply(room.id, act, ADA)
    assert (len(room.ops), room.ops[0]) == (64, "op-00006")


async def test_settling_twice_pauses_once():
    room = await play(await add(OWNER, LINK))
    await playback.settle(room.id, room.playback.t + 1_000)
    await playback.settle(room.id, room.playback.t + 9_000)
    rested = (await playback.snapshot(room.id)).playback
    assert (rested.v, rested.pos, rested.playing) == (3, 31.0, False)


async def test_a_title_from_a_player_is_cleaned_and_taken_once():
    room = await add(OWNER, "https://youtu.be/dQw4w9WgXcQ")
    entry = room.current.id
    await playback.learn_about(room.id, entry, 212.0, False, "Never\u202e <b>gonna</b>\n")
    await playback.learn_about(room.id, entry, 1.0, False, "Something else")
    known = (await playback.snapshot(room.id)).current
    assert (known.title, known.duration) == ("Never <b>gonna</b>", 212.0)


@pytest.mark.parametrize("duration", [0, -1, 1e12])
async def test_an_absurd_duration_is_not_believed(duration):
    room = await add(OWNER, LINK)
    await playback.learn_about(room.id, room.current.id, duration, False, None)
    assert (await playback.snapshot(room.id)).current.duration is None

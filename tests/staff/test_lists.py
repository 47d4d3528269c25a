"""The staff's lists over a real store: order, paging, search, filters, what they leave out, and what they mend."""

import html
import re
from dataclasses import replace

import pytest
from asgiref.sync import sync_to_async
from django.contrib import admin
from django.contrib.auth.models import User as Staff
from django.test import RequestFactory

from accounts import services as visits
from accounts import staff as users
from accounts import store as accounts
from rooms.domain.room import Entry
from rooms.models import Room
from rooms.services import links, oversight
from rooms.services import rooms as makers
from rooms.services import staff as acts
from rooms.store import keys, overview
from rooms.store import presence as leases
from rooms.store import rooms as store_rooms
from wewatch.clock import clock
from wewatch.listing import Look

pytestmark = pytest.mark.usefixtures("store")
ACTIVE, MADE = Look(sort="active"), Look(sort="created")


async def come(name: str) -> int:
    start = await visits.enter(None, "here", True, "127.0.0.1")
    account = await visits.change(start.account, {"name": name})
    return account.id


async def add(owner: int, title: str):
    return await makers.start(owner, await links.videos(owner, f"https://media.example/{title}.mp4"))


async def watch(room, user: int = 9) -> str:
    """Somebody is in the room."""
    await clock().ready()
    member = f"{clock().now():.0f}:{user}:aa"
    await leases.enter(room.id, member, user, "", 200)
    await leases.was_active(room.id, clock().now())
    return member


async def ids(look: Look) -> list[int]:
    return [listed.room.id for listed in (await oversight.listing(look)).rows]


@pytest.fixture
async def people():
    return [await come(name) for name in ("Ada", "Ben")]


@pytest.fixture
async def three(people, store):
    """Rooms of Ada, Ada and Ben; made in this order, active in the order 2, 3, 1."""
    ada, ben = people
    rooms = [await add(ada, "Alpha"), await add(ada, "Beta"), await add(ben, "Gämma_hi")]
    for room, active in zip(rooms, (1e12 + 1, 1e12 + 3, 1e12 + 2), strict=True):
        await store.zadd(keys.ACTIVE, {room.id: active})
    return rooms


async def test_rooms_come_in_the_order_asked_for_and_by_page(three):
    one, two, last = (room.id for room in three)
    assert await ids(ACTIVE) == [two, last, one]
    assert await ids(Look(sort="active", newest_first=False)) == [one, last, two]
    assert await ids(MADE) == [last, two, one]
    assert await ids(Look(sort="created", start=1, rows=1)) == [two]
    found = await oversight.listing(Look(sort="created", start=2, rows=2))
    assert ([row.room.id for row in found.rows], found.count, found.total, found.looked) == ([one], 3, 3, None)


async def test_a_row_tells_owner_title_state_and_who_is_there(three, people):
    member = await watch(three[0], people[1])
    await leases.enter(three[0].id, f"{member}b", people[1], "", 200)  # another tab of the same person
    row = (await oversight.listing(ACTIVE)).rows[0]
    assert (row.room.id, row.owner, row.room.title, row.room.people) == (three[0].id, "Ada", "Alpha", 1)
    assert (row.room.playing, row.room.locked, row.room.closed) == (False, False, False)
    assert row.room.active > row.room.created


@pytest.mark.parametrize(
    ("words", "found"),
    [("alpha", [0]), ("GAMMA", [2]), ("hi", [2]), ("ada", [1, 0]), ("ben", [2]), ("nowhere", []), ("a", [1, 2, 0])],
)
async def test_a_search_looks_at_titles_and_owners(three, words, found):
    assert await ids(Look(words, sort="active")) == [three[i].id for i in found]


async def test_a_search_finds_a_room_and_an_owner_by_id_however_old(three, people, monkeypatch):
    monkeypatch.setattr(oversight, "SEARCHED", 1)
    assert three[0].id in await ids(Look(str(three[0].id), sort="active"))
    assert set(await ids(Look(str(people[0]), sort="active"))) >= {three[0].id, three[1].id}
    assert await ids(Look("999999", sort="active")) == []


async def test_an_invite_is_found_by_its_key_alone(three, store):
    key = await makers.invite_key(three[1])
    assert await oversight.by_key(key) == three[1].id
    assert await oversight.by_key(f" https://x.example/join/{key}/ ") == three[1].id
    assert [await oversight.by_key(text) for text in ("", "x" * 22, key[:-1], keys.hashed(key))] == [None] * 4


async def test_a_search_that_leaves_something_out_says_so_and_a_deep_one_looks_at_all(three, monkeypatch):
    look = Look("alpha", sort="active")
    assert (await oversight.listing(look)).looked is None
    monkeypatch.setattr(oversight, "SEARCHED", 2)
    found = await oversight.listing(look)
    assert (found.count, found.total, found.looked) == (0, 3, 2)  # the third by activity
    found = await oversight.listing(replace(look, deep=True))
    assert ([row.room.id for row in found.rows], found.count, found.looked) == ([three[0].id], 1, None)


async def test_a_deep_look_at_a_state_finds_what_lies_far_back_and_has_an_end(three, monkeypatch):
    look = Look(state="empty", sort="created", deep=True)
    monkeypatch.setattr(oversight, "SEARCHED", 1)
    assert await ids(look) == [room.id for room in reversed(three)]
    monkeypatch.setattr("wewatch.listing.DEEPEST", 2)
    found = await oversight.listing(look)
    assert ([row.room.id for row in found.rows], found.looked) == ([three[2].id, three[1].id], 2)


async def test_the_rooms_with_people_are_looked_at_deeply_too(three, monkeypatch):
    for room in three:
        await watch(room)
    monkeypatch.setattr(oversight, "SEARCHED", 2)
    found = await oversight.listing(Look(state="live", sort="active"))
    assert (found.count, found.looked) == (2, 2)
    found = await oversight.listing(Look(state="live", sort="active", deep=True))
    assert (found.count, found.looked) == (3, None)


async def test_the_page_offers_to_look_at_all_where_it_did_not(three, monkeypatch):
    monkeypatch.setattr(oversight, "SEARCHED", 2)

    async def page(query: str) -> str:
        request = RequestFactory().get(f"/admin/rooms/room/?{query}")
        request.user = Staff(is_superuser=True, is_active=True, is_staff=True)
        answer = await sync_to_async(admin.site.get_model_admin(Room).changelist_view)(request)
        return answer.render().content.decode()

    shallow = await page("q=alpha")
    assert "0 results" in shallow
    assert "Only the 2 rooms that come first in this order were looked at." in shallow
    [link] = re.findall(r'href="\?(\S+)">Look at all<', shallow)
    deep = await page(html.unescape(link))
    assert "1 result" in deep
    assert "Alpha" in deep
    assert "looked at" not in deep


async def test_the_filters_tell_states_apart(three):
    live, locked, closed = three
    await watch(live)
    await watch(locked)
    await store_rooms.update(locked.id, playing_and_locked)
    await acts.close(closed.id)
    states = {state: sorted(await ids(Look(state=state, sort="active"))) for state in oversight.STATES}
    assert states == {
        "live": [live.id, locked.id],
        "playing": [locked.id],
        "empty": [closed.id],
        "locked": [locked.id],
        "closed": [closed.id],
    }
    assert await ids(Look("beta", "live", "active")) == [locked.id]
    assert await ids(Look(state="live", sort="created", newest_first=False)) == [live.id, locked.id]


def playing_and_locked(room, now):
    return replace(
        room,
        rules=replace(room.rules, locked=True),
        playback=replace(room.playback, playing=True, v=room.playback.v + 1),
    )


async def test_a_room_is_active_from_its_making_and_with_each_renewal_of_its_leases(people, store):
    room = await add(people[0], "Alpha")
    assert await store.zscore(keys.ACTIVE, room.id) == pytest.approx(room.created)
    member = await watch(room)
    await leases.renew({room.id: [member], 77: []}, 2e12)
    assert await store.zscore(keys.ACTIVE, room.id) == 2e12
    assert await store.zscore(keys.ACTIVE, 77) is None
    assert await overview.count_active(2e12) == 1


async def test_a_deleted_room_is_in_no_index_and_one_that_comes_back_by_a_late_renewal_goes_again(three, store):
    gone = three[0]
    await acts.delete(gone.id)
    assert [await store.zscore(index, gone.id) for index in (keys.ACTIVE, keys.INDEX)] == [None, None]
    await leases.was_active(gone.id, 3e12)
    assert gone.id not in await ids(ACTIVE)
    assert await store.zscore(keys.ACTIVE, gone.id) is None


async def test_rooms_and_users_from_before_there_were_these_indexes_are_listed(three, people, store):
    for user in people:
        await visits.make_durable(await account(user))
    await store.delete(keys.ACTIVE, accounts.SEEN)
    assert await ids(ACTIVE) == [room.id for room in reversed(three)]
    assert [row.id for row in (await users.listing(Look(sort="seen"))).rows] == [*reversed(people)]


async def account(user: int):
    family = (await visits.enter(None, "here", True, "127.0.0.1")).account.family
    return visits.Account(user, family, "", "")


async def test_a_room_in_full_has_the_names_of_those_kept_out_and_no_keys(three, people):
    room = three[0]
    member = await watch(room, people[1])
    await leases.report(room.id, member, "stalled")
    await acts.ban(room.id, people[1])
    seen = await oversight.inspect(room.id)
    assert [(one.name, one.state) for one in seen.people] == [("Ben", "stalled")]
    assert [(ban["name"], ban["user"]) for ban in seen.bans] == [("Ben", people[1])]
    assert [item["kind"] for item in seen.log] == ["ban"]
    assert (seen.owner, seen.count, seen.room.queue[0]) == ("Ada", 1, Entry(**vars_of(room.current)))
    assert await oversight.inspect(999999) is None


def vars_of(entry):
    return {name: getattr(entry, name) for name in Entry.__slots__}


async def test_users_come_by_last_visit_and_are_found_by_id_and_name(people, store, monkeypatch):
    ada, ben = people
    await store.zadd(accounts.SEEN, {ada: 2e12})
    listed = await users.listing(Look(sort="seen"))
    assert [(row.id, row.name) for row in listed.rows] == [(ada, "Ada"), (ben, "Ben")]
    assert listed.rows[0].seen == 2e12
    assert [row.id for row in (await users.listing(Look(sort="created"))).rows] == [ben, ada]
    assert [row.id for row in (await users.listing(Look("be", sort="seen"))).rows] == [ben]
    monkeypatch.setattr(users, "SEARCHED", 1)
    assert [row.id for row in (await users.listing(Look(str(ben), sort="seen"))).rows] == [ben]
    found = await users.listing(Look("ben", sort="seen"))
    assert (found.count, found.total, found.looked) == (0, 2, 1)
    found = await users.listing(Look("ben", sort="seen", deep=True))
    assert ([row.id for row in found.rows], found.looked) == ([ben], None)

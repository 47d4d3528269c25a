"""Rooms and leases in a real store."""

import asyncio
from dataclasses import replace

import pytest

from rooms.domain.door import Ban, Door, Invite, NamedInvite
from rooms.domain.playback import By, Hold, Playback
from rooms.domain.room import Entry, Removed, Room
from rooms.domain.rules import Rules
from rooms.store import brief, codec, keys, presence, rooms
from tests.stores import names
from wewatch import record

ENTRY = Entry("e1", "file", "https://media.example/a.mp4", "A film", duration=60.5)


def make(room_id, now, owner=7):
    invite = Invite(keys.hashed(f"key-{room_id}"), "nonce")
    playback = Playback("e1", t=now, by=By(7, "op-00001", "seek"))
    return Room(room_id, owner, now, "epoch", invite, (ENTRY,), playback, ("op-00001",))


async def test_a_room_comes_back_as_it_was_made(store):
    made = await rooms.create(make)
    assert (await rooms.load(made.id))[0] == made


async def test_rooms_are_numbered_from_one(store):
    assert [(await rooms.create(make)).id for _ in range(3)] == [1, 2, 3]


async def test_a_room_that_is_not_there_is_none(store):
    assert await rooms.load(1) is None
    assert await rooms.update(1, lambda room, now: room) is None


async def test_a_counter_that_is_behind_overwrites_nothing(store):
    kept = [await rooms.create(make) for _ in range(3)]
    await store.set(keys.NEXT_ROOM, 0)
    made = await rooms.create(make)
    assert made.id == 4
    assert (await rooms.load(1))[0] == kept[0]


async def test_an_invite_opens_its_room_until_the_room_has_another(store):
    made = await rooms.create(make)
    assert (await rooms.by_invite(keys.hashed("key-1")))[0].id == made.id
    renewed = Invite(keys.hashed("other"), "nonce")
    await rooms.update(made.id, lambda room, now: replace(room, invite=renewed))
    assert await rooms.by_invite(keys.hashed("key-1")) is None


async def test_a_deleted_room_leaves_nothing(store):
    made = await rooms.create(make)
    await presence.enter(made.id, "1:7:a", 7, "home", 10)
    await rooms.delete(made)
    assert await names(store, "*") == [keys.NEXT_ROOM]


async def test_the_rooms_of_an_owner_come_newest_first(store):
    for _ in range(3):
        await rooms.create(make)
    await rooms.create(lambda room_id, now: make(room_id, now, owner=8))
    ids, total = await brief.newest(7, 0, 10)
    listed, _, now = await brief.read(ids)
    assert [room.id for room in listed] == [3, 2, 1]
    assert now >= listed[0].created
    assert total == await rooms.count_of_owner(7) == 3


async def test_somebody_without_rooms_has_an_empty_list(store):
    assert await brief.newest(9, 0, 10) == ([], 0)


async def test_a_hundred_changes_at_once_are_all_made(store):
    made = await rooms.create(make)

    def forward(room, now):
        return replace(room, playback=replace(room.playback, v=room.playback.v + 1, pos=room.playback.pos + 1))

    await asyncio.gather(*(rooms.update(made.id, forward) for _ in range(40)))
    after, _ = await rooms.load(made.id)
    assert (after.playback.v, after.playback.pos) == (41, 40.0)


async def test_a_decision_that_changes_nothing_writes_nothing(store):
    made = await rooms.create(make)
    before = await store.hgetall(keys.room(made.id))
    assert await rooms.update(made.id, lambda room, now: None) == made
    assert await store.hgetall(keys.room(made.id)) == before


async def test_an_act_writes_playback_and_ops_alone(store):
    made = await rooms.create(make)
    await store.hset(
        keys.room(made.id), "queue", codec.dump_room(replace(made, queue=(replace(ENTRY, title="Another"),)))["queue"]
    )
    await rooms.update(made.id, lambda room, now: replace(room, playback=replace(room.playback, pos=5.0)))
    assert (await rooms.load(made.id))[0].title == "Another"


async def test_a_record_of_a_newer_program_is_not_touched(store):
    made = await rooms.create(make)
    await store.hset(keys.room(made.id), "schema", 99)
    with pytest.raises(record.NewerSchema):
        await rooms.load(made.id)


async def test_versions_of_many_rooms_come_in_one_look(store):
    made = await rooms.create(make)
    found, gone = await rooms.versions([made.id, 99])
    assert (found, gone) == (rooms.Versions("epoch", made.playback, 0, 0, 1), None)


async def test_all_that_a_room_knows_comes_back(store):
    made = await rooms.create(make)
    rules = Rules(4, "host", "helpers", "everyone", "some", 9, 30, True, "all", False, True, "skip", (8,))
    rules = replace(rules, remotes={9: None, 10: 5.0}, muted=(11,), asking=(12,), acting=9, away=7.0)
    invite = NamedInvite("i1", "Family", "helper", "hash", "nonce", 99.0, 5, (8, 9))
    door = Door((invite,), (Ban("b1", 12, 7, 50.0, 60.0), Ban("b2", 13, 7, 50.0, None, "home", 20)))
    playback = replace(made.playback, v=2, hold=Hold("wait", (8, 9), 70.0), by=By(7, "op-00002", "seek", 12.5))
    entry = replace(made.current, votes=(8, 9), by=7, who="Ada", fault="network")
    removed = Removed(8, 40.0, ((1, entry), (2, replace(entry, id="e3"))))
    queue = {"queue": (entry,), "queue_v": 9, "skips": (8,), "removed": removed}
    full = replace(made, rules=rules, door=door, playback=playback, waits={8: (1.0, 2.0)}, **queue)
    await rooms.update(made.id, lambda room, now: full)
    assert (await rooms.load(made.id))[0] == full


async def test_a_record_of_the_first_schema_is_read_as_a_room_with_the_rules_of_a_new_one(store):
    made = await rooms.create(make)
    await store.hset(keys.room(made.id), "schema", "1")
    await store.hdel(keys.room(made.id), "rules", "door", "waits")
    assert (await rooms.load(made.id))[0] == made
    await rooms.update(made.id, lambda room, now: replace(room, rules=replace(room.rules, v=1, slow=5)))
    assert (await rooms.load(made.id))[0].rules.slow == 5
    assert await store.hget(keys.room(made.id), "schema") == str(codec.SCHEMA)


async def test_scripts_are_loaded_again_after_they_were_flushed(store):
    made = await rooms.create(make)
    await store.script_flush()
    assert (await rooms.load(made.id))[0] == made


async def test_a_full_room_lets_nobody_in(store):
    assert await presence.enter(1, "1:7:a", 7, "home", 2) == (True, None)
    assert await presence.enter(1, "2:8:b", 8, "home", 2) == (True, None)
    assert (await presence.enter(1, "3:9:c", 9, "home", 2))[0] is False


async def test_the_last_to_leave_is_remembered(store):
    await presence.enter(1, "1:7:a", 7, "home", 10)
    await presence.enter(1, "2:8:b", 8, "home", 10)
    assert (await presence.leave(1, "1:7:a", clean=True))[0] == 1
    alive, left = await presence.leave(1, "2:8:b", clean=True)
    assert alive == 0
    entered, empty_since = await presence.enter(1, "3:7:c", 7, "home", 10)
    assert (entered, empty_since) == (True, left)


async def test_a_broken_line_keeps_its_lease_for_a_while(store):
    await presence.enter(1, "1:7:a", 7, "home", 10)
    alive, now = await presence.leave(1, "1:7:a", clean=False)
    assert alive == 1
    assert await presence.members(1, now) == {"1:7:a": presence.JOINING}
    assert await presence.members(1, now + presence.RETURN + 1) == {}


async def test_leases_run_out_unless_they_are_renewed(store):
    await presence.enter(1, "1:7:a", 7, "home", 10)
    await presence.enter(1, "2:8:b", 8, "home", 10)
    now = (await record.read("any", ())).now
    await presence.renew({1: ["1:7:a"]}, now + 20_000)
    assert await presence.members(1, now + presence.LEASE + 5_000) == {"1:7:a": presence.JOINING}


async def test_leaving_a_room_that_was_deleted_makes_nothing(store):
    await presence.leave(1, "1:7:a", clean=True)
    assert await names(store, "*") == []


async def test_states_go_with_the_leases_that_they_belong_to(store):
    await presence.enter(1, "1:7:a", 7, "home", 10)
    await presence.report(1, "1:7:a", "stalled")
    now = (await record.read("any", ())).now
    assert await presence.members(1, now) == {"1:7:a": "stalled"}
    assert await presence.members(1, now + presence.LEASE + 1) == {}
    assert not await store.exists(keys.states(1))


async def test_who_was_here_is_remembered_with_where_they_came_from(store):
    await presence.enter(1, "1:7:a", 7, "home", 10)
    assert await presence.was_here(1, 7) == "home"
    assert await presence.was_here(1, 8) is None

"""A user's devices as the staff sees them: when they came last, what happened to them, and ending them. Over a real store."""

import pytest

from accounts import registry, services, staff
from accounts import store as records
from accounts.store import EVENTS

HERE = "here"
pytestmark = pytest.mark.usefixtures("store")


async def visit(cookie=None, page=True, context=HERE):
    return await services.enter(cookie, context, page, "127.0.0.1")


async def events(user: int) -> list[tuple[str, int]]:
    return [(event.kind, event.count) for event in await registry.events(user)]


async def test_a_newcomer_without_a_cookie_has_no_device_and_leaves_no_event():
    start = await visit()
    assert await registry.devices(start.account.id) == []
    assert await events(start.account.id) == []


async def test_each_request_of_a_lasting_user_notes_when_it_was_seen():
    start = await visit()
    second = await visit(start.cookie)
    user = start.account.id
    (device,) = await registry.devices(user)
    assert (device.family, device.renewed, device.suspect) == (start.account.family, 1, 0)
    await visit(second.cookie, page=False)
    (later,) = await registry.devices(user)
    (row,) = await registry.read([user])
    assert later.seen >= device.seen
    assert row.seen == later.seen
    assert await events(user) == [("came", 1)]


async def test_a_replay_is_an_event_that_is_counted_and_makes_the_device_suspect():
    start = await visit()
    second = await visit(start.cookie)
    await visit(second.cookie)
    for _ in range(3):
        assert (await visit(start.cookie, context="elsewhere")).replay
    user = start.account.id
    assert await events(user) == [("replay", 3), ("came", 1)]
    assert (await registry.devices(user))[0].suspect > 0


async def test_events_are_bounded_and_name_no_token(store):
    start = await visit()
    await visit(start.cookie)
    user, family = start.account.id, start.account.family
    for number in range(2 * EVENTS):
        await records.note(user, family, f"kind-{number}")
    kept = await events(user)
    assert (len(kept), kept[0]) == (EVENTS, (f"kind-{2 * EVENTS - 1}", 1))
    text = str(await store.lrange(f"ww:{{u:{user}}}:events", 0, -1))
    assert family not in text
    assert start.cookie.split(".")[4] not in text


async def test_nothing_is_noted_of_a_user_who_is_gone_and_a_newcomers_events_end_with_them(store):
    start = await visit()
    user = start.account.id
    await records.note(user, start.account.family, "ahead")
    assert 0 < await store.ttl(records.events_key(user)) <= records.VISIT
    await records.forget(user)
    await records.note(user, start.account.family, "ahead")
    assert await events(user) == []


async def test_an_ended_device_is_nobody_and_no_other_is_touched():
    start = await visit()
    await visit(start.cookie)
    user, other = start.account.id, await visit()
    await visit(other.cookie)
    assert await staff.end_devices(user, "00000000") == 0
    assert await staff.end_devices(user, start.account.family[:8]) == 1
    assert await registry.devices(user) == []
    assert (await visit(start.cookie, page=False)).account is None
    assert len(await registry.devices(other.account.id)) == 1
    assert [kind for kind, _ in await events(user)] == ["ended", "came"]


async def test_logging_out_is_an_event_and_takes_the_device_from_the_list():
    start = await visit()
    await visit(start.cookie)
    await services.log_out(start.account)
    assert await registry.devices(start.account.id) == []
    assert (await events(start.account.id))[0] == ("left", 1)


async def test_a_device_whose_life_is_over_is_listed_no_more(store):
    start = await visit()
    await visit(start.cookie)
    await store.delete(f"ww:{{u:{start.account.id}}}:family:{start.account.family}")
    assert await registry.devices(start.account.id) == []
    assert await store.zcard(f"ww:{{u:{start.account.id}}}:families") == 0


async def test_a_request_that_comes_while_its_user_is_deleted_brings_nothing_back(store):
    start = await visit()
    second = await visit(start.cookie)
    await records.forget(start.account.id)
    assert (await visit(second.cookie)).account.id != start.account.id
    left = [key async for key in store.scan_iter(f"ww:{{u:{start.account.id}}}:*")]
    assert left == [f"ww:{{u:{start.account.id}}}:family:{start.account.family}"]  # which opens nothing, and expires
    assert await store.zscore("ww:index:seen", start.account.id) is None

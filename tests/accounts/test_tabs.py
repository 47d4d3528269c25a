"""Many tabs, lost and shuffled replies, a thief: the honest browser is never locked out. Over a real store."""

import asyncio
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import services
from accounts import store as accounts_store
from accounts.signals import family_ended

HERE, THERE = "here", "there"


async def visit(cookie=None, context=HERE, page=True):
    return await services.enter(cookie, context, page, "127.0.0.1")


class Browser:
    """One cookie jar; a reply writes the cookie when it arrives, which may be late or never."""

    def __init__(self, cookie):
        self.jar = cookie
        self.under_way = []

    async def ask(self, page):
        entry = await visit(self.jar, page=page)
        self.under_way.append(entry.cookie)
        return entry

    def arrive(self, which, lost=False):
        cookie = self.under_way.pop(which % len(self.under_way))
        if cookie and not lost:
            self.jar = cookie


# what a tab does next: open a page, open a socket or fetch, get one of the replies under way, lose one
STEPS = st.lists(
    st.tuples(st.sampled_from(["page", "page", "fetch", "reply", "reply", "lose"]), st.integers(0, 30)), max_size=40
)


@pytest.mark.usefixtures("store")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
async def test_whatever_order_tabs_and_replies_come_in_the_browser_stays_the_same_user(steps):
    start = await visit()
    browser = Browser(start.cookie)
    for step, which in steps:
        if step in ("page", "fetch"):
            entry = await browser.ask(step == "page")
            assert entry.account.id == start.account.id
        elif browser.under_way:
            browser.arrive(which, lost=step == "lose")
    assert (await visit(browser.jar)).account.id == start.account.id


async def test_twenty_tabs_restored_at_once_are_one_user_with_one_newest_token(store):
    start = await visit()
    entries = await asyncio.gather(*(visit(start.cookie) for _ in range(20)))
    assert {entry.account.id for entry in entries} == {start.account.id}
    assert len({entry.cookie for entry in entries}) == 1


async def test_two_hundred_at_once_leave_one_newest_token(store):
    start = await visit()
    await visit(start.cookie)
    entries = await asyncio.gather(*(visit(start.cookie, page=number % 3 == 0) for number in range(200)))
    assert {entry.account.id for entry in entries} == {start.account.id}
    assert len({entry.cookie for entry in entries if entry.cookie}) == 1


async def test_a_lost_reply_and_a_reload_go_on_with_the_same_token(store):
    start = await visit()
    lost = await visit(start.cookie)
    again = await visit(start.cookie)
    assert again.cookie == lost.cookie


async def test_a_page_access_consumes_the_token_and_gives_the_next(store):
    start = await visit()
    second = await visit(start.cookie)
    third = await visit(second.cookie)
    assert len({start.cookie, second.cookie, third.cookie}) == 3


async def test_a_fetch_consumes_nothing(store):
    start = await visit()
    assert (await visit(start.cookie, page=False)).cookie is None
    assert (await visit(start.cookie, page=False)).account == start.account


async def test_a_fetch_with_a_token_that_was_just_consumed_is_told_the_newest(store):
    start = await visit()
    newest = await visit(start.cookie)
    assert (await visit(start.cookie, page=False)).cookie == newest.cookie


async def test_an_old_token_opens_nothing_and_is_noted(store, caplog):
    start = await visit()
    second = await visit(start.cookie)
    await visit(second.cookie, page=False)
    thief = await visit(start.cookie, context=THERE)
    assert (thief.account, thief.cookie, thief.replay) == (None, None, True)
    assert "replay" in caplog.text
    assert start.cookie.split(".")[4] not in caplog.text
    assert (await visit(second.cookie)).account == start.account


@pytest.mark.parametrize("cookie", ["", "x", "v1.1.2.3.4", "v1.1.2.3.4:sig", "\x00", "é" * 50])
async def test_garbage_is_as_if_there_was_no_cookie(store, cookie):
    entry = await visit(cookie)
    assert entry.account
    assert not entry.replay


async def test_a_cookie_with_a_changed_letter_is_nobody(store):
    start = await visit()
    forged = start.cookie.replace(f"v1.{start.account.id}.", f"v1.{start.account.id + 1}.", 1)
    assert (await visit(forged, page=False)).account is None


async def test_a_logged_out_device_opens_nothing_and_whoever_listens_is_told(store):
    start, other, told = await visit(), await visit(), []

    async def listen(sender, user_id, family, **kwargs):
        told.append((user_id, family))

    family_ended.connect(listen)
    await services.log_out(start.account)
    family_ended.disconnect(listen)
    pairs = [(entry.account.id, entry.account.family) for entry in (start, other)]
    assert told == pairs[:1]
    assert await services.live_families(pairs) == set(pairs[1:])
    assert (await visit(start.cookie, page=False)).account is None
    assert (await visit(start.cookie)).account.id != start.account.id


async def test_a_flood_of_replays_leaves_the_honest_browser_alone(store):
    start = await visit()
    second = await visit(start.cookie)
    await visit(second.cookie, page=False)
    flood = [visit(start.cookie, context=THERE) for _ in range(300)]
    entries = await asyncio.gather(*flood, *(visit(second.cookie) for _ in range(3)))
    assert all(entry.replay for entry in entries[:300])
    assert {entry.account for entry in entries[300:]} == {start.account}


async def test_forged_cookies_count_for_their_address_and_touch_no_family(store, monkeypatch):
    monkeypatch.setattr(services, "NEWCOMERS", (3, 600))
    start = await visit()
    before = await store.hgetall(accounts_store.family_key(start.account.id, start.account.family))
    for _ in range(3):
        assert await visit(start.cookie[:-1] + "!", page=False) == services.Entry(None)
    with pytest.raises(services.TooManyNewcomers):
        await visit()
    assert await store.hgetall(accounts_store.family_key(start.account.id, start.account.family)) == before
    assert (await visit(start.cookie)).account == start.account


async def test_random_traffic_of_a_busy_browser_has_no_false_replay(store):
    chance = random.Random(7)
    start = await visit()
    browser = Browser(start.cookie)
    for _ in range(600):
        burst = await asyncio.gather(*(browser.ask(chance.random() < 0.6) for _ in range(chance.randint(1, 8))))
        assert {entry.account.id for entry in burst} == {start.account.id}
        while browser.under_way:
            browser.arrive(chance.randrange(30), lost=chance.random() < 0.15)

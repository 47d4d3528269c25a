"""Any history of tabs, late, shuffled and lost replies, a thief, and a store that lost its last second; over a real store.

The model says in its own words what the table of docs/identity.md serves, and the store must agree at each step.
Time passes by making the time stamps in the store older, and not otherwise: how long the machine takes is made good.
"""

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts import services
from accounts.identity import GRACE, KEPT, hashed
from accounts.store import family_key
from wewatch.redis import client

HERE, THERE = "here", "there"
STEP = 12_000  # ms; no sum of them comes near the grace
pytestmark = pytest.mark.usefixtures("store")


def secret_of(cookie):
    return cookie.split(".")[4].split(":")[0]


def generation_of(cookie):
    return int(cookie.split(".")[3])


@dataclass(frozen=True)
class Model:
    """What a family is, told by cookies."""

    newest: str
    parent: str | None = None
    confirmed: bool = False
    spent: dict[str, float] = field(default_factory=dict)  # cookie: when it was consumed, always HERE

    def serves(self, cookie, now, context):
        if cookie == self.newest or generation_of(cookie) > generation_of(self.newest):
            return True
        if cookie == self.parent and not self.confirmed:
            return True
        return cookie in self.spent and now - self.spent[cookie] <= GRACE and context == HERE

    def after(self, cookie, page, answer, now):
        if generation_of(cookie) < generation_of(self.newest):
            return self
        if not page:
            return replace(self, newest=cookie, confirmed=True)
        return Model(answer, cookie, False, dict([*self.spent.items(), (cookie, now)][1 - KEPT :]))


class Browser(RuleBasedStateMachine):
    """One cookie jar and any number of tabs, and a thief elsewhere who may have copied the jar at any time.

    Replies of pages may be late, shuffled or lost, but not later than the grace; a page that has loaded asks
    /me/ once before it is over.
    """

    def __init__(self):
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.address = secrets.token_hex(8)  # so that newcomers of one example do not count for another's
        self.now, self.under_way, self.unsettled = 0.0, [], False
        self.stamped = time.monotonic()  # when the time stamps in the store were right

    def teardown(self):
        self.run(self.hang_up())
        self.loop.close()

    def run(self, awaitable):
        return self.loop.run_until_complete(awaitable)

    async def hang_up(self):
        await client().aclose()

    def redis(self, command, *args, **kwargs):
        async def call():  # the client is that of the running loop
            return await getattr(client(), command)(*args, **kwargs)

        return self.run(call())

    async def enter(self, cookie, page, context=HERE):
        return await services.enter(cookie, context, page, self.address)

    def pass_time(self, ms=0):
        """Make it so that `ms` have passed since the time stamps in the store were right."""
        elapsed, self.stamped = (time.monotonic() - self.stamped) * 1000, time.monotonic()
        self.now += ms
        spent = json.loads(self.kept()["spent"])
        moved = [[generation, digest, round(at + elapsed - ms), where] for generation, digest, at, where in spent]
        self.redis("hset", self.key, "spent", json.dumps(moved))

    @initialize()
    def first_visit(self):
        entry = self.run(self.enter(None, True))
        self.account, self.jar, self.model, self.ever = entry.account, entry.cookie, Model(entry.cookie), {entry.cookie}
        self.key = family_key(entry.account.id, entry.account.family)

    def ask(self, pages):
        """Requests at once, all with the same jar: the honest browser is always served, as the same user."""
        self.pass_time()
        assert self.model.serves(self.jar, self.now, HERE)

        async def at_once():
            return await asyncio.gather(*(self.enter(self.jar, page) for page in pages))

        entries = self.run(at_once())
        answers = {entry.cookie for entry in entries if entry.cookie}
        assert {entry.account for entry in entries} == {self.account}
        assert len(answers) <= 1
        answer = next(iter(answers), None)
        self.ever |= answers
        self.model = self.model.after(self.jar, any(pages), answer, self.now)
        assert answer in (None, self.model.newest)
        return answer

    @rule(pages=st.lists(st.booleans(), min_size=1, max_size=20))
    def tabs_ask_at_once(self, pages):
        self.under_way += [self.ask([*pages, True])]

    @rule()
    def a_page_loads(self):
        self.jar, self.unsettled = self.ask([True]), True

    @rule(others=st.integers(1, 3), confirmed=st.booleans())
    def a_page_is_overtaken_by_others(self, others, confirmed):
        late = self.ask([True])
        for _ in range(others):
            self.a_page_loads()
        self.ask([not confirmed])
        self.jar, self.unsettled = late, True

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), lost=st.booleans())
    def a_reply_arrives_or_is_lost(self, data, lost):
        cookie = self.under_way.pop(data.draw(st.integers(0, len(self.under_way) - 1)))
        if not lost:
            self.jar, self.unsettled = cookie, True

    @rule(lost=st.booleans())
    def a_fetch_or_a_handshake_is_answered(self, lost):
        answer = self.ask([False])
        if not lost:
            self.jar, self.unsettled = answer or self.jar, False

    def come_to_rest(self):
        """What is still under way is lost, and a page that has loaded asks /me/."""
        self.under_way.clear()
        self.unsettled = self.unsettled and self.a_fetch_or_a_handshake_is_answered(lost=False)

    @rule(ms=st.sampled_from([STEP, 10**9]), closed_in_mid_load=st.booleans())
    def time_passes(self, ms, closed_in_mid_load):
        self.come_to_rest()
        if closed_in_mid_load:
            self.ask([True])
        self.pass_time(ms)

    @rule(data=st.data(), page=st.booleans(), context=st.sampled_from([HERE, THERE]))
    def the_thief_shows_an_old_copy(self, data, page, context):
        self.pass_time()
        old = [cookie for cookie in self.ever if not self.model.serves(cookie, self.now, context)]
        for copy in [data.draw(st.sampled_from(sorted(old, key=generation_of)))] if old else []:
            entry = self.run(self.enter(copy, page, context))
            assert (entry.account, entry.cookie, entry.replay) == (None, None, True)

    @rule(pages=st.integers(1, 3))
    def the_store_loses_its_last_second(self, pages):
        self.come_to_rest()
        before, kept, stamped = self.model, self.kept(), self.stamped
        for _ in range(pages):
            self.a_page_loads()
        self.come_to_rest()
        self.model, self.stamped = before, stamped
        self.redis("hset", self.key, mapping=kept)

    def kept(self):
        return self.redis("hgetall", self.key)

    @invariant()
    def there_is_one_newest_token_of_few_and_none_stands_in_the_store(self):
        kept = self.kept()
        assert [cookie for cookie in self.ever if hashed(secret_of(cookie)) == kept["hash"]] == [self.model.newest]
        assert len(json.loads(kept["spent"])) < KEPT
        assert not [cookie for cookie in self.ever if secret_of(cookie) in str(kept)]


def test_no_history_locks_the_honest_browser_out_or_lets_an_old_token_in():
    run_state_machine_as_test(Browser, settings=settings(max_examples=60, stateful_step_count=40, deadline=None))

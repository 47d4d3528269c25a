"""The chat in a real store: numbered once, bounded, changed in one step, hidden and shown again."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rooms.domain import chat as rules
from rooms.domain.chat import MESSAGES, Message
from rooms.domain.errors import Refused
from rooms.services.chat import snapshot
from rooms.store import chat, keys
from rooms.talk import Talk
from wewatch.redis import client

ADA, BEN, MOD = 7, 8, 9


def message(number, text="Hello", user=ADA):
    return Message(0, f"message-{number:04}", user, "Ada", "teal", 0.0, 1.5, text)


async def said(number, **fields):
    return await chat.say(1, message(number, **fields), slow=0)


async def texts(before=None, count=100):
    return [one.text for one in (await chat.page(1, before, count)).messages]


async def test_messages_are_numbered_from_one_and_come_back_whole(store):
    first = await said(1)
    assert (first.n, first.v, first.is_new) == (1, 1, True)
    page = await chat.page(1, None, 100)
    assert page.messages == [replace(message(1), n=1, t=first.t)]
    assert (page.v, page.first) == (1, 1)


async def test_a_message_that_is_sent_again_and_again_counts_once(store):
    results = await asyncio.gather(*(said(1) for _ in range(20)))
    assert {result.n for result in results} == {1}
    assert [result.is_new for result in results].count(True) == 1
    assert await texts() == ["Hello"]


async def test_many_who_talk_at_once_get_a_number_each(store):
    results = await asyncio.gather(*(said(number, text=str(number)) for number in range(50)))
    assert sorted(result.n for result in results) == list(range(1, 51))
    assert {int(text) for text in await texts()} == set(range(50))


async def test_slow_mode_lets_one_wait_and_not_the_other(store):
    assert (await chat.say(1, message(1), slow=30_000)).n == 1
    waiting = await chat.say(1, message(2), slow=30_000)
    assert waiting.n == 0
    assert 0 < waiting.wait <= 30_000
    assert (await chat.say(1, message(3, user=BEN), slow=30_000)).n == 2
    assert (await chat.say(1, message(1), slow=30_000)).n == 1  # sent again, not said again


async def test_only_so_many_messages_are_kept(store):
    for number in range(MESSAGES + 20):
        await said(number, text=str(number))
    page = await chat.page(1, None, 100)
    assert (page.first, page.messages[-1].n) == (21, MESSAGES + 20)
    assert await texts(before=page.first) == []
    assert await store.hlen(keys.chat(1)) <= MESSAGES + 4


async def test_looking_back_page_by_page_shows_each_message_once(store):
    for number in range(250):
        await said(number, text=str(number))
    newest, middle, oldest = await texts(), await texts(before=151), await texts(before=51)
    assert [int(text) for text in oldest + middle + newest] == list(range(250))


async def test_changes_at_once_are_all_kept(store):
    await said(1)
    people = range(100, 130)
    await asyncio.gather(*(chat.change(1, 1, lambda m, p=p: rules.mark(m, p, "👍", True)) for p in people))
    assert set((await chat.page(1, None, 1)).messages[0].marks["👍"]) == set(people)


@pytest.mark.parametrize("n", [0, 2, MESSAGES + 1, 10**14])
async def test_what_is_not_there_is_not_changed(store, n):
    await said(1)
    assert await chat.change(1, n, lambda m: m) is None


async def test_what_is_hidden_is_shown_again_once(store):
    await said(1, text="one")
    await chat.hide(1)
    await said(2, text="two")
    assert await texts() == ["two"]
    assert await chat.change(1, 1, lambda m: m) is None
    assert await chat.is_hidden(1)
    await chat.show_again(1)
    assert await texts() == ["one", "two"]
    assert await chat.show_again(1) is None


async def test_clearing_at_once_takes_back_no_more_than_the_last(store):
    await said(1, text="one")
    await chat.hide(1)
    await said(2, text="two")
    await asyncio.gather(*(chat.hide(1) for _ in range(10)))
    await chat.show_again(1)
    assert await texts() == ["two"]


async def test_every_look_while_others_talk_is_of_one_moment(store):
    looks = await asyncio.gather(*(one for n in range(80) for one in (said(n), chat.page(1, None, 100))))
    assert all(look.v == len(look.messages) for look in looks if isinstance(look, chat.Page))


async def test_the_log_keeps_the_newest_in_order(store):
    for number in range(chat.LOG + 10):
        await chat.add(1, {"t": number})
    kept = [item["t"] for item in await chat.log(1, 1000)]
    assert kept == list(range(10, chat.LOG + 10))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["say", "again", "edit", "delete", "mark", "clear", "restore"]),
        st.sampled_from([ADA, BEN]),
        st.integers(1, 12),
    ),
    max_size=30,
)


class Model:
    """A chat in plain words, and a process that hears each event at once."""

    def __init__(self):
        self.messages, self.hidden, self.before, self.events, self.prompt = {}, 0, 0, [], Talk()

    async def say(self, number, user, n):
        made = message(number, text=f"{number}", user=user)
        result = await chat.say(1, made, 0)
        await self._put(result.v, replace(made, n=result.n, t=result.t))

    async def again(self, number, user, n):
        if n in self.messages:
            result = await chat.say(1, self.messages[n], 0)
            assert (result.n, result.is_new) == (n, False)

    async def edit(self, number, user, n):
        known = self._there(n)
        allowed = known and known.user == user and not known.gone
        await self._change(n, lambda m: rules.edit(m, user, f"{number}"), allowed)

    async def delete(self, number, user, n):
        known, moderates = self._there(n), user == MOD
        await self._change(n, lambda m: rules.delete(m, user, moderates), known and (moderates or known.user == user))

    async def mark(self, number, user, n):
        known = self._there(n)
        await self._change(n, lambda m: rules.mark(m, user, "👍", bool(number % 3)), known and not known.gone)

    async def clear(self, number, user, n):
        newest = max(self.messages, default=0)
        if newest > self.hidden:
            self.before, self.hidden = self.hidden, newest
        v, cleared = await chat.hide(1)
        assert cleared == newest
        await self._tell({"kind": "clear", "v": v, "cleared": cleared})

    async def restore(self, number, user, n):
        shown = await chat.show_again(1)
        assert bool(shown) == (self.before != self.hidden)
        self.hidden = self.before
        if shown:
            await self._tell({"kind": "clear", "v": shown[0], "cleared": shown[1]})

    def _there(self, n):
        return self.messages.get(n) if n > self.hidden else None

    async def _change(self, n, decide, allowed):
        try:
            changed = await chat.change(1, n, decide)
        except Refused:
            changed = None
        assert bool(changed) == bool(allowed)
        if changed:
            await self._put(*changed)

    async def _put(self, v, message):
        self.messages[message.n] = message
        await self._tell({"kind": "msg", "v": v, "item": rules.item(message)})

    async def _tell(self, event):
        self.events.append(event)
        await hear(self.prompt, event)


async def hear(talk, event):
    if talk.hear(event)[1]:
        talk.adopt(await snapshot(1))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["say", "say", "again", "edit", "delete", "mark", "clear", "restore"]),
        st.sampled_from([ADA, BEN, MOD]),
        st.integers(1, 8),
    ),
    max_size=40,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_any_story_reads_the_same_in_the_store_in_a_plain_model_and_to_all_processes(store, steps):
    await client().flushall()
    model, late, fresh = Model(), Talk(), Talk()
    for number, (what, user, n) in enumerate(steps):
        await getattr(model, what)(number, user, n)
    for event in model.events:
        await hear(late, event)
    page = await chat.page(1, None, 100)
    assert page.messages == [model.messages[n] for n in sorted(model.messages) if n > model.hidden]
    assert [event["v"] for event in model.events] == list(range(1, page.v + 1))
    fresh.adopt(await snapshot(1))
    assert model.prompt.frame() == late.frame() == fresh.frame()

"""The chat in a real store: numbered once, bounded, changed in one step, hidden and shown again."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rooms.domain import chat as rules
from rooms.domain.chat import MESSAGES, Message
from rooms.domain.errors import Refused
from rooms.store import chat, keys
from wewatch.redis import client

ADA, BEN = 7, 8


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


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_any_story_reads_the_same_in_the_store_as_in_a_plain_model(store, steps):
    await client().flushall()
    model, hidden, before, versions = {}, 0, None, [0]
    for number, (what, user, n) in enumerate(steps):
        if what in {"say", "again"}:
            known = what == "again" and model
            made = message(0 if known else number + 1, text=f"{number}", user=user)
            result = await chat.say(1, replace(made, id=model[min(model)].id) if known else made, 0)
            if result.is_new:
                model[result.n] = replace(made, n=result.n, t=result.t)
                versions.append(result.v)
        elif what == "clear":
            before, hidden = (hidden, max(model)) if model and max(model) > hidden else (before, hidden)
            versions.append((await chat.hide(1))[0])
        elif what == "restore":
            shown = await chat.show_again(1)
            assert (shown is None) == (before is None or before == hidden)
            hidden = hidden if shown is None else before
            versions += [shown[0]] if shown else []
        else:
            changed = await _changed(what, user, n)
            if changed:
                model[n] = changed[1]
                versions.append(changed[0])
    page = await chat.page(1, None, 100)
    assert page.messages == [model[n] for n in sorted(model) if n > hidden]
    assert versions == list(range(len(versions)))
    assert page.v == versions[-1]


async def _changed(what, user, n):
    decide = {
        "edit": lambda m: rules.edit(m, user, "Edited"),
        "delete": lambda m: rules.delete(m, user, moderates=False),
        "mark": lambda m: rules.mark(m, user, "👍", True),
    }[what]
    try:
        return await chat.change(1, n, decide)
    except Refused:
        return None

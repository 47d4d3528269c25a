"""Hostile texts where the home page, the title of a film, and the protocol itself take them."""

import asyncio
from urllib.parse import quote

import pytest
from playwright.async_api import expect

from rooms.domain.library import PAGE
from tests.browser.lookout import foreign, guarded, shown, whole
from tests.browser.payloads import CROWD, SCRIPTS, STARTS, TEXTS
from tests.browser.voices import newcomer
from tests.people import Person

ID = "request-1"
NO = {"error", "refused", "nak"}
TOLD_ANYWAY = {"hb", "st", "who", "rules", "you", "asks"}


@pytest.mark.parametrize("first", STARTS)
async def test_titles_of_films_are_text(live, films, owner, first):
    person = await newcomer(live)
    rooms = [await asyncio.to_thread(person.add, link(films, text)) for text in TEXTS[first : first + CROWD]]
    window = await guarded(owner)
    await window.page.context.add_cookies([{"name": "wewatch", "value": person.jar["wewatch"], "url": live.url}])
    titles = [room.data["room"]["title"] for room in reversed(rooms)]
    for start in range(0, len(titles), PAGE):
        await window.page.goto(f"/library/rooms/?page={start // PAGE + 1}")
        await shown(window, ".room-title", titles[start : start + PAGE])
        assert await window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert await foreign(window) == []
    for room in rooms[:: CROWD // 9]:
        await window.page.goto(room.watch)
        await window.in_sync()
        await expect(window.page.locator("#title")).to_have_text(room.data["room"]["title"])
        await whole(window)
        assert await foreign(window) == []


def link(films, text: str) -> str:
    """A link to a film with this text as the name of its file."""
    return films.url(120, quote(text[:120].encode("utf-8", "surrogatepass"), safe=""))


@pytest.mark.parametrize("first", STARTS)
async def test_what_is_no_link_stands_in_the_field_as_it_was_typed(owner, first):
    window = await guarded(owner)
    await window.page.goto("/")
    for text in TEXTS[first : first + CROWD]:
        await refused(window, text)


async def refused(window, text: str) -> None:
    field = window.page.get_by_label("Paste a link to a video")
    await field.fill(text.replace("\0", ""))  # which no document holds
    typed = await field.input_value()
    async with window.page.expect_navigation():
        await field.press("Enter")
    await expect(window.page.get_by_role("alert")).to_be_visible()
    await expect(field).to_have_value(typed)
    assert await window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await foreign(window) == []


async def test_the_lookout_sees_what_is_foreign(owner):
    await guarded(owner)
    await owner.page.goto("/")
    assert await foreign(owner) == []
    await owner.page.evaluate(
        """() => {
          const link = Object.assign(document.createElement('a'), {href: 'javascript:void 0'});
          document.getElementById('main').append(link, document.createElement('math'));
          link.remove();
        }"""
    )
    assert await foreign(owner) == ['<a href="javascript:void 0"></a>', "<math></math>"]


def frames(text: str, entry: str) -> list[dict]:
    """Messages with the text in each field that is no text for people."""
    said = {"type": "say", "id": ID, "text": "Hello", "re": None, "at": []}
    act = {"type": "op", "id": ID, "v": 1, "entry": entry, "kind": "pause", "pos": 1}
    managed = {"type": "manage", "id": ID}
    wish = {"kind": "invite", "name": "Family", "role": "viewer", "hours": None, "uses": None}
    return [
        {**said, "type": text},
        {**said, "id": f"<{text}>"},
        {**said, "re": text},
        {**said, "at": text},
        {**said, "at": [text]},
        {**act, "id": f"<{text}>"},
        *({**act, field: text} for field in ("v", "entry", "kind", "pos")),
        {"type": "mark", "id": ID, "n": 1, "emoji": text, "on": True},
        {"type": "emote", "emoji": text},
        {"type": "rdy", "entry": entry, "v": 1, "state": text, "s": None},
        {**managed, "kind": text},
        {**managed, "kind": "set", "field": text, "value": "host"},
        {**managed, "kind": "set", "field": "control", "value": text},
        {**managed, "kind": "mute", "user": text, "on": True},
        {**managed, "kind": "lift", "ban": text},
        {**managed, "kind": "revoke", "invite": text},
        *({**managed, **wish, field: text} for field in ("role", "hours", "uses")),
    ]


async def answers(person: Person, room, text: str) -> list[dict]:
    """What comes back for these, on a line of their own."""
    viewer = await person.enter(room.owner_socket)
    for frame in frames(text, room.entry):
        await viewer.send(frame.pop("type"), **frame)
    seen = await viewer.echo()
    await viewer.close()
    return [message for message in seen if message["type"] not in TOLD_ANYWAY]


async def test_the_protocol_refuses_them_one_by_one_and_nothing_changes(live):
    host = await newcomer(live)
    room = await asyncio.to_thread(host.add)
    before = await host.enter(room.owner_socket)
    await before.say("Hello")
    for text in SCRIPTS:
        heard = await answers(host, room, text)
        assert {message["type"] for message in heard} <= NO
        assert len(heard) == len(frames(text, room.entry))
        assert "too-fast" not in {message.get("reason") for message in heard}
    after = await host.enter(room.owner_socket)
    assert (after.rules, after.you, after.state) == (before.rules, before.you, before.state)
    assert [(item["n"], item["text"], item.get("marks")) for item in after.chat["items"]] == [(1, "Hello", None)]
    assert after.chat["log"] == []
    assert (await after.manage("list"))["data"] == (await before.manage("list"))["data"]
    await host.go()

"""Hostile people: whatever they write, wherever it stands, nothing of it runs and the page stays whole."""

import pytest
from playwright.async_api import expect

from tests.browser.lookout import foreign, guarded, shown, whole
from tests.browser.payloads import CROWD, STARTS, TEXTS
from tests.browser.voices import beside, newcomer, silent, socket_path
from tests.people import Viewer

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

MENTION = """async (names) => {
  const field = document.getElementById('composer-text');
  for (const name of names) {
    field.value = `@${name.slice(0, 20)}`;
    field.setSelectionRange(field.value.length, field.value.length);
    field.dispatchEvent(new InputEvent('input'));
    document.querySelector('#mentions:not([hidden]) li')?.click();
    await new Promise(requestAnimationFrame);
  }
  field.value = '';
}"""
MENUS = """async () => {
  const asked = [];
  for (const row of document.querySelectorAll('#people-list .person')) {
    const open = row.querySelector('.person-open:not([hidden])');
    if (!open) continue;
    open.click();
    document.querySelector('#person-menu [data-kind=ban]').click();
    asked.push(document.getElementById('ban-name').textContent);
    await new Promise(requestAnimationFrame);
    document.getElementById('ban').close();
  }
  return asked;
}"""


@pytest.fixture
async def host(live, films, owner):
    live.prefer(0)
    await guarded(owner)
    await owner.open(films.url(120))
    return owner


@pytest.fixture
async def phone(somebody):
    return await guarded(await somebody(**PHONE))


@pytest.fixture
async def masked(live, host, request):
    """The lines of a crowd in the host's room, each person under one of the texts as a name, as far as it is one."""
    people = []
    path = socket_path(await host.invite())
    live.prefer(1)
    for number, text in enumerate(TEXTS[request.param : request.param + CROWD]):
        name = text[:40].encode("utf-8", "surrogatepass")
        people.append(await newcomer(live, f"127.0.1.{number % 9}", name=name))
        viewer = await people[-1].enter(path)
        await viewer.send("rdy", entry=viewer.state["entry"], v=viewer.state["v"], state="ready", s=None)
    yield [person.viewers[0] for person in people]
    for person in people:
        await silent(person)


async def told(viewer: Viewer) -> list[dict]:
    """The chat as the server keeps it."""
    await viewer.send("past", before=None)
    return (await viewer.next("chat"))["items"]


async def act(window, viewer: Viewer, place: int) -> None:
    """Act on the film, so that the window tells of it: as a toast, as an offer to undo it, and in the chat twice."""
    await viewer.op("rate", rate=1 + place % 2 / 4)
    await expect(window.chat.locator(".event", has_text="set the speed")).to_have_count(place)
    await viewer.op("seek", pos=place)
    await expect(window.chat.locator(".event", has_text="jumped")).to_have_count(place)


async def people_here(viewer: Viewer) -> list[dict]:
    """Who is in the room, as the server tells it: in the order in which they came."""
    await viewer.send("crowd", **{"from": 0})
    return (await viewer.next("crowd"))["people"]


async def talk(masked: list[Viewer], texts: list[str]) -> list[tuple[Viewer, int]]:
    """Each says one of the texts, in answer to the one before; returns who said which number."""
    said, last = [], None
    for viewer, text in zip(masked, texts, strict=False):
        item = await viewer.say(text, re=last)
        last = item.get("n", last)  # what shows nothing is refused as empty
        said += [(viewer, item["n"])] if "n" in item else []
    return said


def plain(items: list[dict]) -> list[str]:
    return [item["text"] for item in items if "http" not in item["text"] and not item.get("edited")]


@pytest.mark.parametrize(("masked", "first"), [(first, first) for first in STARTS], indirect=["masked"])
async def test_what_they_say_answer_and_edit_is_text_on_every_screen(host, phone, masked, first):
    box = await host.stage.bounding_box()
    said = await talk(masked, TEXTS[first:])
    items = await told(masked[0])
    assert len(items) == len(said)
    await expect(host.chat.locator(".message")).to_have_count(len(said))
    assert set(plain(items)) <= {text for _, text in await host.story()}
    await phone.join(await host.invite())
    await expect(phone.chat.locator(".message")).to_have_count(len(said))
    await whole(host, phone)
    for (viewer, number), text in zip(said, TEXTS[first + 1 :], strict=False):
        await viewer.change("edit", n=number, text=text)
    changed = await told(masked[0])
    for window in (host, phone):
        await shown(window, "#chat-list .message-name", [item["name"] for item in changed])
        await expect(window.chat.locator(".message-edited")).to_have_count(sum("edited" in item for item in changed))
    await whole(host, phone)
    assert await foreign(host, phone) == []
    assert await host.stage.bounding_box() == box


@pytest.mark.parametrize("masked", STARTS, indirect=True)
async def test_their_names_are_text_wherever_they_stand(live, host, phone, masked):
    people = await people_here(masked[0])
    names = [person["name"] for person in people]
    box = await host.stage.bounding_box()
    await shown(host, "#people-list .person-name", names)
    await host.page.evaluate(MENTION, names)
    asked = await host.page.evaluate(MENUS)
    assert sorted([*asked, people[0]["name"]]) == sorted(names)  # the host came first
    for place, viewer in enumerate(masked, 1):
        await act(host, viewer, place)
    await phone.join(await host.invite())  # whose door names two
    async with beside(live, host, 5) as desks:
        assert (await desks[0].manage("check"))["type"] == "done"
        for viewer in masked:
            await viewer.when(lambda message: message["type"] == "st" and message["hold"])
            await viewer.send("ready")  # the page says whom it waits for, and says it anew each time
        for place, person in enumerate(people[1:]):
            await desks[place % 5].manage("helper", user=person["id"], on=True)
            await desks[place % 5].manage("mute", user=person["id"], on=True)
        await host.tab("Room")
        await shown(host, "#muted-list .record-name", names[1:])
    await whole(host, phone)
    assert await foreign(host, phone) == []
    assert await host.stage.bounding_box() == box


@pytest.mark.parametrize("first", STARTS)
async def test_names_of_invites_are_text(live, host, first):
    async with beside(live, host, 3) as desks:
        made = [
            await desks[place % 3].manage("invite", name=text, role="viewer", hours=None, uses=None)
            for place, text in enumerate(TEXTS[first : first + CROWD])
        ]
        names = [answer["data"]["name"] for answer in made if answer["type"] == "done"]
        assert len(names) > CROWD / 3
        await host.tab("Room")
        await shown(host, "#invite-list .record-name", names)
    await whole(host)
    assert await foreign(host) == []

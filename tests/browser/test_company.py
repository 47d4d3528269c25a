"""Who is here: rows that tell the truth about everybody, and who acts as host while the host is away."""

import asyncio
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from tests.browser.conftest import LENGTH
from tests.browser.tap import tapped
from tests.browser.window import Window, gathered
from tests.proxy import HOST, Proxy

GONE = 40_000  # ms: a line that dies in silence is found within 35 s
SIZES = [(320, 640), (390, 844), (1280, 800)]
SCHEMES = ["light", "dark"]


@pytest.fixture
def line(live):
    """A line of one person's own to the second worker, which can die without the others'."""
    proxy = Proxy([live.workers[1].port])
    proxy.start()
    yield proxy
    proxy.stop()


async def by_line(owner, line, guest) -> None:
    """Let Ben join by his own line."""
    await guest.page.goto(f"http://{HOST}:{line.port}/")
    await guest.be("Ben")
    await guest.join(f"http://{HOST}:{line.port}{urlsplit(await owner.invite()).path}")


async def test_a_row_tells_name_colour_role_and_state(three):
    owner, _, phone = three
    await owner.choose("Ben", "Make helper")
    await phone.tab("People")
    await expect(phone.people).to_have_count(3)
    await expect(phone.people.locator(".person-name")).to_have_text(["Cleo", "Ada", "Ben"])
    await expect(phone.people.nth(0)).to_contain_text("(you)")
    await expect(phone.people.nth(1).get_by_role("img", name="host")).to_be_visible()
    await expect(phone.people.nth(2).get_by_role("img", name="helper")).to_be_visible()
    await expect(phone.people.get_by_text("In sync")).to_have_count(3)
    await expect(phone.page.get_by_role("tab", name="People")).to_contain_text("3")


async def test_a_new_name_and_colour_reach_every_roster(three):
    _, guest, phone = three
    await phone.tab("People")
    await guest.page.get_by_role("button", name="change your name or colour").click()
    await guest.page.get_by_label("Name", exact=True).fill("Benedikt")
    await guest.page.get_by_label("Jade").check(force=True)
    await guest.button("Save").click()
    await expect(phone.person("Benedikt").locator("[data-color=jade]")).to_be_visible()
    await expect(phone.people).to_have_count(3)


async def test_a_person_with_two_tabs_has_one_row_with_the_better_state(two):
    owner, guest = two
    second = Window(await guest.page.context.new_page())
    await second.join(await owner.invite())
    await second.tab("People")
    await expect(second.people).to_have_count(2)
    await second.page.keyboard.press("m")
    await owner.tab("People")
    await expect(owner.person("Ben")).to_contain_text("In sync")
    await guest.page.close()
    await expect(owner.person("Ben")).to_contain_text("Watching muted")
    await expect(owner.people).to_have_count(2)
    await second.page.close()
    await expect(owner.people).to_have_count(1)
    await expect(owner.page.get_by_text("Only you so far.")).to_be_visible()


async def test_who_mutes_the_film_watches_muted(two):
    owner, guest = two
    await owner.tab("People")
    await guest.page.keyboard.press("m")
    await expect(owner.person("Ben")).to_contain_text("Watching muted")
    await guest.page.keyboard.press("m")
    await expect(owner.person("Ben")).to_contain_text("In sync")


async def test_whose_film_does_not_come_is_buffering_until_it_does(live, films, owner, guest):
    tap = await tapped(guest, dry=10)
    await gathered(live, films.url(LENGTH), Ada=owner, Ben=guest)
    await owner.tab("People")
    await owner.seek(8)
    await owner.button("Play").click()
    await expect(owner.person("Ben")).to_contain_text("Buffering")
    await owner.plays(after=10)
    tap.open()
    await expect(owner.person("Ben")).to_contain_text("In sync")


async def test_a_tab_that_the_browser_paused_is_told_and_comes_back_by_a_press(two):
    """A headset that is pulled out pauses this player alone."""
    owner, guest = two
    await owner.tab("People")
    await owner.button("Play").click()
    await guest.plays(after=1)
    await guest.page.evaluate(
        "navigator.mediaDevices.dispatchEvent(new Event('devicechange')); document.querySelector('video').pause()"
    )
    await expect(owner.person("Ben")).to_contain_text("Paused tab")
    await owner.plays()
    await guest.button("Back to the others").click()
    await expect(owner.person("Ben")).to_contain_text("In sync")
    assert guest.ops() == []


async def test_whose_line_broke_is_offline_first_and_then_gone(films, owner, guest, line):
    await owner.open(films.url(LENGTH))
    await by_line(owner, line, guest)
    await owner.tab("People")
    await expect(owner.person("Ben")).to_contain_text("In sync")
    line.targets.clear()  # nobody answers a new call
    line.cut()
    await expect(owner.person("Ben")).to_contain_text("Offline")
    await expect(owner.people).to_have_count(1)


async def test_whose_line_dies_without_a_word_is_gone_within_35_seconds(films, owner, guest, line):
    await owner.open(films.url(LENGTH))
    await by_line(owner, line, guest)
    await owner.tab("People")
    await expect(owner.people).to_have_count(2)
    line.freeze()
    await expect(owner.people).to_have_count(1, timeout=GONE)


async def test_when_a_worker_is_killed_its_people_come_back_on_the_other_in_the_same_rows(live, three):
    owner, guest, _ = three
    await owner.tab("People")
    live.kill_worker(1)
    try:
        await guest.say("Still here")
        await expect(owner.page.get_by_text("Still here")).to_be_attached()
        await expect(owner.people).to_have_count(3)
        await expect(owner.people.get_by_text("In sync")).to_have_count(3)
    finally:
        live.restart_worker(1)


AWAY_FOR_A_MINUTE = """
import asyncio, dataclasses, django
django.setup()
from rooms import broadcast
from rooms.store import rooms as store

def decide(room, now):
    return dataclasses.replace(room, rules=dataclasses.replace(room.rules, v=room.rules.v + 1, away=now - 61_000))

async def leave():
    await store.update({room}, decide)
    await broadcast.publish_rules({room})

asyncio.run(leave())
"""


async def test_the_longest_helper_acts_as_host_while_the_host_is_away(live, three):
    owner, guest, phone = three
    room = owner.page.url
    await owner.control("Host only")
    await owner.choose("Cleo", "Make helper")
    await guest.tab("People")
    await expect(guest.person("Cleo").get_by_role("img", name="helper")).to_be_visible()
    await owner.page.close()
    await expect(guest.people).to_have_count(2)
    number = urlsplit(room).path.split("/")[2]
    await asyncio.to_thread(live.run_python, AWAY_FOR_A_MINUTE.format(room=number))
    await expect(guest.person("Cleo").get_by_role("img", name="acts as host")).to_be_visible()
    await phone.tab("Room")
    await expect(phone.page.get_by_text("you act as host until they are back")).to_be_visible()
    await phone.button("Play").tap()
    await guest.plays()
    await guest.button("Pause").click()
    await guest.sees("Cleo has the remote while the host is away.")
    await guest.button("Ask for it").click()
    await phone.button("For now").tap()
    await guest.sees("You have the remote.")
    back = Window(await owner.page.context.new_page())
    await back.page.goto(room)
    await expect(guest.person("Cleo").get_by_role("img", name="acts as host")).to_be_hidden()
    await expect(guest.person("Ada").get_by_role("img", name="host")).to_be_visible()
    await phone.seek(90)
    await phone.sees("Ben have the remote.")
    told = await back.records("What happened")
    await expect(told.filter(has_text="Cleo acts as host while the host is away")).to_be_visible()
    await expect(told.filter(has_text="The host is back")).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_people_menu_room_and_ready_check_are_accessible(
    live, films, somebody, guest, axe, width, height, scheme
):
    owner = await somebody(viewport={"width": width, "height": height}, color_scheme=scheme)
    await gathered(live, films.url(LENGTH), Ada=owner, Ben=guest)
    await owner.tab("People")
    await expect(owner.people.get_by_text("In sync")).to_have_count(2)
    assert await axe(owner) == []
    await owner.button("Options for Ben").click()
    await expect(owner.page.get_by_role("menuitem", name="Mute")).to_be_visible()
    assert await axe(owner) == []
    await owner.page.keyboard.press("Escape")
    await owner.choose("Ben", "Mute")
    await expect(await owner.records("What happened")).to_contain_text("Ben is muted")
    assert await axe(owner) == []
    await owner.button("Ready check").click()
    await owner.sees("Waiting for Ben")
    assert await axe(owner) == []
    assert await owner.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

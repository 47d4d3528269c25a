"""Waiting for a viewer whose film does not come, and the ready check."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.browser.conftest import LENGTH, PHONE
from tests.browser.tap import tapped
from tests.browser.window import FRAME, apart, gathered

DRY = 10  # seconds of film that come to Ben
NEAR = 8  # seconds: from here he soon runs dry
TOGETHER = 0.25  # seconds: on a starved machine; benchmarks/sync measures how near it really is


@pytest.fixture
async def dry(live, films, owner, guest, somebody):
    """Ada, Ben whose film ends after ten seconds until the tap is opened, and Cleo on a phone; near that place."""
    tap = await tapped(guest, dry=DRY)
    phone = await somebody(**PHONE)
    await gathered(live, films.url(LENGTH), Ada=owner, Ben=guest, Cleo=phone)
    await owner.seek(NEAR)
    await asyncio.gather(owner.rests(near=NEAR), guest.rests(near=NEAR), phone.rests(near=NEAR))
    yield owner, guest, phone, tap
    tap.open()


async def together(*windows) -> None:
    """Wait until both run and none is ahead."""
    for window in windows:
        await window.plays()
    async with asyncio.timeout(15):
        while await apart(*windows) > TOGETHER:
            await asyncio.sleep(0.05)


async def test_the_film_rests_for_all_on_one_frame_until_everyone_is_ready(dry):
    owner, guest, phone, tap = dry
    await owner.rule("Waiting for slow viewers", "Until everyone is ready")
    await owner.button("Play").click()
    await owner.sees("Waiting for Ben…")
    await phone.sees("Waiting for Ben…")
    await guest.sees("The others wait for you…")
    ours, theirs = await owner.rests(), await phone.rests()
    assert abs(ours.time - theirs.time) < FRAME / 2
    tap.open()
    await expect(owner.stage.get_by_text("Waiting for Ben…")).to_be_hidden()
    await guest.plays(after=ours.time)
    await together(owner, guest)
    await together(phone, guest)


async def test_the_others_go_on_without_whom_they_waited_for(dry):
    owner, guest, phone, tap = dry
    await owner.rule("Waiting for slow viewers", "Until everyone is ready")
    await owner.button("Play").click()
    rested = await phone.rests(near=DRY, within=2)
    await phone.button("Continue without them").tap()
    await asyncio.gather(owner.plays(after=rested.time + 1), phone.plays(after=rested.time + 1))
    await expect(owner.stage.get_by_text("Waiting for Ben…")).to_be_hidden()
    await owner.tab("People")
    await expect(owner.person("Ben")).to_contain_text("Buffering")
    tap.open()
    await guest.plays(after=rested.time)
    await together(owner, guest)
    assert guest.ops() == []


async def test_a_wait_of_some_seconds_ends_by_itself(dry):
    owner, _, phone, _ = dry
    await owner.rule("Waiting for slow viewers", "Up to 5 seconds")
    seconds = owner.page.get_by_label("Seconds at most")
    await seconds.fill("3")
    await seconds.press("Enter")
    await owner.button("Play").click()
    await expect(owner.stage.get_by_role("img", name="Time left")).to_be_visible()
    rested = await owner.rests()
    await asyncio.gather(owner.plays(after=rested.time), phone.plays(after=rested.time))
    await expect(owner.stage.get_by_text("Waiting for Ben…")).to_be_hidden()
    assert (owner.ops(), phone.ops()) == (["seek", "play"], [])


async def test_nobody_waits_where_nobody_said_so(dry):
    owner, _, phone, _ = dry
    await owner.tab("People")
    await owner.button("Play").click()
    await expect(owner.person("Ben")).to_contain_text("Buffering")
    await asyncio.gather(owner.plays(after=DRY + 2), phone.plays(after=DRY + 2))
    assert all(state["hold"] is None for state in owner.received if state["type"] == "st")


async def test_who_may_not_control_the_film_cannot_end_the_wait(dry):
    owner, _, phone, _ = dry
    await owner.control("Host only")
    await owner.rule("Waiting for slow viewers", "Until everyone is ready")
    await owner.button("Play").click()
    await expect(owner.button("Continue without them")).to_be_visible()
    await phone.sees("Waiting for Ben…")
    await expect(phone.button("Continue without them")).to_be_hidden()


async def test_when_whom_all_waited_for_leaves_the_film_goes_on(dry):
    owner, guest, phone, _ = dry
    await owner.rule("Waiting for slow viewers", "Until everyone is ready")
    await owner.button("Play").click()
    await phone.sees("Waiting for Ben…")
    rested = await phone.rests()
    await guest.page.close()
    await asyncio.gather(owner.plays(after=rested.time), phone.plays(after=rested.time))


async def test_who_joins_never_makes_the_others_wait(live, films, owner, guest, somebody):
    await gathered(live, films.url(LENGTH), Ada=owner, Ben=guest)
    await owner.rule("Waiting for slow viewers", "Until everyone is ready")
    await owner.seek(40)
    await owner.button("Play").click()
    await guest.plays(after=40)
    late = await somebody()
    tap = await tapped(late, dry=1)
    await late.be("Dora")
    await late.page.goto(await owner.invite(), wait_until="domcontentloaded")  # a film that does not come is waited for
    await late.button("Join").click()
    before = await guest.film()
    await guest.plays(after=before.time + 3)
    assert all(state["hold"] is None for state in guest.received if state["type"] == "st")
    tap.open()
    await together(late, guest)


async def asked(host, caller, count: int) -> None:
    """All of so many are past the door, as the host sees it; then somebody calls a ready check."""
    await host.tab("People")
    await expect(host.people.get_by_text("In sync")).to_have_count(count)
    await caller.tab("Room")
    await caller.button("Ready check").click()


async def test_a_ready_check_counts_down_and_starts_all_together(three):
    owner, guest, phone = three
    await watch_numbers(guest)
    await asked(owner, owner, 3)
    await owner.sees("Waiting for Ben and Cleo")
    await guest.button("I'm ready").click()
    await owner.sees("Waiting for Cleo")
    await expect(guest.button("I'm ready")).to_be_hidden()
    await guest.rests(near=0)
    await phone.button("I'm ready").tap()
    await together(owner, guest)
    await together(phone, guest)
    assert await guest.page.evaluate("numbers") == ["3", "2", "1"]
    assert (owner.ops(), guest.ops(), phone.ops()) == ([], [], [])


async def watch_numbers(window) -> None:
    """Keep the numbers that stand over the film from now on."""
    await window.page.evaluate(
        """() => {
          window.numbers = [];
          const place = document.getElementById('countdown');
          const seen = () => place.textContent && numbers.at(-1) !== place.textContent && numbers.push(place.textContent);
          new MutationObserver(seen).observe(place, {childList: true, subtree: true});
        }"""
    )


async def test_a_ready_check_stops_the_film_is_answered_by_keyboard_and_started_without_the_last_one(three):
    owner, guest, phone = three
    await owner.button("Play").click()
    await phone.plays(after=1)
    await asked(owner, owner, 3)
    ours, theirs = await owner.rests(), await phone.rests()
    assert abs(ours.time - theirs.time) < FRAME / 2
    await guest.button("I'm ready").press("Enter")
    await owner.sees("Waiting for Cleo")
    await owner.button("Start now").press("Enter")
    await together(phone, guest)
    assert (await phone.film()).time >= theirs.time


async def test_a_ready_check_is_called_off(two):
    owner, guest = two
    await asked(owner, owner, 2)
    await expect(guest.button("I'm ready")).to_be_visible()
    await owner.button("Cancel").click()
    await expect(guest.button("I'm ready")).to_be_hidden()
    await asyncio.gather(owner.rests(near=0), guest.rests(near=0))
    await expect(guest.button("Play")).to_be_visible()


async def test_a_helper_who_may_not_play_calls_a_ready_check_and_starts_it(three):
    owner, guest, phone = three
    await owner.control("Host only")
    await owner.choose("Ben", "Make helper")
    await asked(owner, guest, 3)
    await owner.button("I'm ready").click()
    await expect(phone.button("Start now")).to_be_hidden()
    await guest.button("Start now").click()
    await asyncio.gather(owner.plays(), guest.plays(), phone.plays())


async def test_alone_there_is_nobody_to_ask(films, owner):
    await owner.open(films.url(LENGTH))
    await owner.tab("Room")
    await owner.button("Ready check").click()
    await expect(owner.page.get_by_text("Nobody is here for that.")).to_be_visible()

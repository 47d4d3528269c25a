"""What watching survives: a killed worker, a killed store."""

import asyncio
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from tests.browser.window import FRAME
from tests.scraping import scrape


@pytest.fixture
async def two(live, films, owner, guest):
    live.prefer(0)
    await owner.open(films.url(120))
    live.prefer(1)
    await guest.join(await owner.invite())
    await owner.button("Play").click()
    await asyncio.gather(owner.plays(), guest.plays())
    return owner, guest


async def test_the_owners_worker_is_killed_and_the_film_plays_on(live, two):
    owner, guest = two
    before, returns = await owner.film(), scrape(live, 1)("wewatch_reconnects_total")
    live.kill_worker(0)
    try:
        running = await owner.plays(after=before.time)
        assert running.time - before.time == pytest.approx((running.at - before.at) / 1000, abs=0.3)
        await owner.in_sync()
        await guest.button("Pause").click()
        theirs, ours = await guest.rests(), await owner.rests()
        assert abs(theirs.time - ours.time) < FRAME / 2
        assert scrape(live, 1)("wewatch_reconnects_total") == returns + 1
        await owner.button("Play").click()
        await asyncio.gather(owner.plays(after=ours.time), guest.plays(after=ours.time))
    finally:
        live.restart_worker(0)


async def test_the_store_is_killed_and_nothing_is_lost(live, two, somebody):
    owner, guest = two
    live.kill_store()
    live.start_store()
    before = await guest.film()
    await owner.plays(after=before.time)
    await paused_by(guest)
    theirs, ours = await guest.rests(), await owner.rests()
    assert abs(theirs.time - ours.time) < FRAME / 2
    late = await somebody()
    await late.join(await owner.invite())
    assert abs((await late.rests(near=ours.time)).time - ours.time) < FRAME / 2


async def test_what_cannot_be_kept_while_the_store_is_away_is_told_and_said_again_later(live, two):
    _, guest = two
    live.kill_store()
    try:
        await guest.say("Anyone?")
        await expect(guest.chat.locator(".pending")).to_contain_text("Not sent. The room cannot keep that right now.")
        await guest.button("Pause").click()
        await guest.sees("The room cannot keep that right now.")
        await guest.plays(after=(await guest.film()).time)  # nobody is left behind by a pause that did not come about
    finally:
        live.start_store()
    await guest.chat.get_by_role("button", name="Try again").click()
    for window in two:
        await expect(window.message("Anyone?")).to_have_count(1)
    await expect(guest.chat.locator(".pending")).to_have_count(0)


async def paused_by(window):
    """Press Pause as a person does, again where the page says that the room cannot keep it yet."""
    async with asyncio.timeout(15):
        while not any(message["type"] == "st" and not message["playing"] for message in window.received[3:]):
            await window.page.keyboard.press("k")
            await asyncio.sleep(0.5)


async def test_a_stranger_gets_nothing(two, somebody):
    owner, _ = two
    stranger = await somebody()
    reply = await stranger.page.goto(owner.page.url)
    missing = await stranger.page.goto("/watch/999999/")
    assert (reply.status, missing.status) == (404, 404)
    path = "/ws" + urlsplit(owner.page.url).path
    heard = await stranger.page.evaluate(
        """(path) => new Promise((done) => {
          const heard = [];
          const socket = new WebSocket(`ws://${location.host}${path}`);
          socket.onmessage = (message) => heard.push(message.data);
          socket.onclose = ({code}) => done([code, heard]);
        })""",
        path,
    )
    assert heard == [4404, []]

"""YouTube through a local stand-in of its player: a clock in steps, rates in steps, seeks that take their time."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.browser.window import apart

LINK = "https://youtu.be/dQw4w9WgXcQ?t=30"
pytestmark = pytest.mark.usefixtures("youtube")
TOGETHER = 0.6  # seconds; its clock moves in steps of 0.25


@pytest.fixture
async def two(live, owner, guest):
    live.prefer(0)
    await owner.open(LINK)
    live.prefer(1)
    await guest.join(await owner.invite())
    return owner, guest


PAGE = [f"video-{number:05}" for number in range(3)]


async def test_the_videos_of_a_playlist_come_from_youtubes_own_player(owner):
    await owner.page.add_init_script(f"window.__ytStandin = {{lists: {{PLabcdefghij123: {PAGE}}}}}")
    await owner.open(LINK)
    await owner.add("https://www.youtube.com/playlist?list=PLabcdefghij123")
    await expect(owner.queue).to_have_count(4)
    await expect(owner.page.get_by_text("3 videos added.")).to_be_visible()
    rows = next(message for message in reversed(owner.received) if message["type"] == "queued")["put"]
    assert [row["ref"] for _, row in rows] == PAGE


async def together(*windows):
    for window in windows:
        await window.plays()
    async with asyncio.timeout(20):
        while await apart(*windows) > TOGETHER:
            await asyncio.sleep(0.1)


async def test_it_starts_at_the_time_in_the_link_for_both(two):
    owner, guest = two
    await asyncio.gather(owner.rests(near=30), guest.rests(near=30))
    await owner.button("Play").click()
    await asyncio.gather(owner.plays(after=30), guest.plays(after=30))
    await together(owner, guest)


async def test_a_pause_by_one_rests_both(two):
    owner, guest = two
    await owner.button("Play").click()
    await together(owner, guest)
    await guest.button("Pause").click()
    theirs, ours = await guest.rests(), await owner.rests()
    assert abs(theirs.time - ours.time) <= 0.3
    assert (owner.ops(), guest.ops()) == (["play"], ["pause"])


async def test_a_seek_by_one_takes_both_there(two):
    owner, guest = two
    await owner.button("Play").click()
    await together(owner, guest)
    await owner.seek(100)
    await asyncio.gather(owner.plays(after=100), guest.plays(after=100))
    await together(owner, guest)
    assert (owner.ops(), guest.ops()) == (["play", "seek"], [])


async def test_its_title_becomes_the_rooms(two):
    owner, _ = two
    await owner.page.goto("/")
    title = owner.page.get_by_role("link", name="A film of the stand-in")
    async with asyncio.timeout(10):
        while not await title.count():
            await owner.page.reload()

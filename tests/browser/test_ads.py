"""Ads of YouTube's player, through the stand-in: who sees one is known to, and comes back to the others."""

import asyncio
from itertools import groupby

import pytest

from tests.browser.test_youtube import LINK, together

pytestmark = pytest.mark.usefixtures("youtube")
AD = 4000  # ms


@pytest.fixture
async def two(live, owner, guest):
    live.prefer(0)
    await owner.open(LINK)
    live.prefer(1)
    await guest.join(await owner.invite())
    await owner.button("Play").click()
    await together(owner, guest)
    return owner, guest


def reports(window) -> list[str]:
    return [message["state"] for message in window.sent if message["type"] == "rdy"]


async def told(window, *states):
    async with asyncio.timeout(15):
        while reports(window)[-len(states) :] != list(states):
            await asyncio.sleep(0.1)


async def test_who_sees_an_ad_says_so_and_comes_back_to_the_others(two):
    owner, guest = two
    await told(guest, "ready")
    await guest.page.evaluate(f"window.__ytStandin.players[0].interrupt({AD})")
    await told(guest, "ad")
    await told(guest, "ready")
    await together(owner, guest)
    assert (owner.ops(), guest.ops()) == (["play"], [])


async def test_a_room_that_waits_for_all_goes_on_when_the_ad_is_over(two):
    owner, guest = two
    await told(guest, "ready")
    await owner.page.get_by_role("tab", name="Room").click()
    await owner.page.get_by_label("Waiting for slow viewers").select_option("all")
    await owner.page.get_by_text("Saved", exact=True).wait_for()
    await guest.page.evaluate(f"window.__ytStandin.players[0].interrupt({AD})")
    await owner.rests()
    await told(guest, "ready")
    await asyncio.gather(owner.plays(), guest.plays())
    await together(owner, guest)
    me = await guest.page.evaluate("JSON.parse(document.getElementById('room-data').textContent).me.id")
    holds = [m["hold"] for m in owner.received if m["type"] == "st"]
    assert [bool(hold) for hold in holds[-2:]] == [True, False]
    # One wait, and once for the guest: a browser under load may stall in it too, which is one more state of the wait.
    assert [waits for waits, _ in groupby(map(bool, holds))] == [False, True, False]
    assert [waits for waits, _ in groupby(bool(hold) and me in hold["users"] for hold in holds)] == [False, True, False]
    assert (owner.ops(), guest.ops()) == (["play"], [])

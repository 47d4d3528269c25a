"""The admin in a real browser, with a live room open beside it: what the staff does there, people see here."""

import json
import re

import pytest_asyncio
from playwright.async_api import expect

from tests.browser.window import Window

LIST = "/admin/rooms/room/"


class Desk(Window):
    """The window of a member of the staff."""

    async def act(self, link: str, among=None) -> None:
        """Follow an act's link, read the question, and say yes."""
        await (among or self.page).get_by_role("link", name=link, exact=True).click()
        await expect(self.page.get_by_role("link", name="Back, change nothing")).to_be_visible()
        await self.page.get_by_role("button", name=link, exact=True).click()

    async def said(self, words: str) -> None:
        """Wait until the page says what was done."""
        await expect(self.page.locator(".messagelist")).to_contain_text(words)

    def row(self, name: str):
        return self.page.get_by_role("row").filter(has=self.page.get_by_text(name, exact=True))

    async def open_room(self, owner: str) -> None:
        """Go by the list to the newest room of somebody."""
        await self.page.goto(f"{LIST}?q={owner}")
        await self.page.locator("#result_list tbody tr").first.locator(".field-title a").click()


@pytest_asyncio.fixture
async def desk(staff, somebody, live):
    window = await somebody()
    await window.page.context.add_cookies(
        [{"name": "sessionid", "value": staff("root").jar["sessionid"], "url": live.url}]
    )
    return Desk(window.page)


async def test_staff_kicks_lets_back_in_ends_playback_closes_and_opens_again(desk, two):
    ada, ben = two
    await desk.open_room("Ada")
    await expect(desk.page.get_by_role("heading", name="Viewers (2)")).to_be_visible()
    await desk.act("Kick", desk.row("Ben"))
    await ben.sees("You were removed from this room")
    await desk.said("Kicked Ben")
    await desk.act("Let back in")
    await desk.said("back in")
    await ben.page.reload()
    await ben.button("Join").click()
    await ben.in_sync()
    await ada.page.keyboard.press("k")
    await ben.plays(after=1)
    await desk.act("End playback")
    await ada.rests(near=0)
    await ben.rests(near=0)
    await expect(ada.chat).to_contain_text("The staff stopped the film")
    await desk.act("Close room")
    for window in two:
        await window.sees("This room is closed")
    await desk.said("Closed.")
    await desk.act("Open again")
    await ada.page.reload()
    await ada.in_sync()
    await desk.page.get_by_role("link", name="History").click()
    for words in ("Kicked Ben", "Let Ben", "Playback ended", "Closed", "Opened again"):
        await expect(desk.page.locator("#change-history")).to_contain_text(words)


async def test_staff_bans_and_deletes_a_room(desk, two):
    ada, ben = two
    await desk.open_room("Ada")
    await desk.act("Ban", desk.row("Ben"))
    await ben.sees("You were removed from this room")
    await expect(desk.page.get_by_role("heading", name="Kept out (1)")).to_be_visible()
    await desk.act("Delete room")
    await ada.sees("This room is gone")
    await desk.said("Deleted.")
    await expect(desk.page).to_have_url(re.compile(f"{LIST}$"))


async def test_staff_ends_devices_exports_and_deletes_users(desk, two):
    ada, ben = two
    await desk.open_room("Ada")
    room = desk.page.url
    await desk.row("Ben").get_by_role("link", name="Ben").click()
    await desk.act("End device")
    # The page asks once for a new ticket by itself, and comes back as somebody new.
    await expect(ben.button("Join")).to_be_visible()
    await expect(desk.page.get_by_role("heading", name="Devices (0)")).to_be_visible()
    await expect(desk.page.get_by_text("Ended by the staff")).to_be_visible()
    await desk.page.goto(room)
    await desk.page.get_by_role("row", name=re.compile("^Owner")).get_by_role("link", name="Ada").click()
    async with desk.page.expect_download() as download:
        await desk.act("Export")
    export = json.loads((await (await download.value).path()).read_text())
    assert (export["profile"]["name"], len(export["rooms"])) == ("Ada", 1)
    await desk.page.go_back()
    await desk.act("End all devices")
    await expect(desk.page.get_by_role("heading", name="Devices (0)")).to_be_visible()
    await desk.act("Delete user")
    await desk.said("Deleted.")
    await expect(ada.stage.or_(ada.page.get_by_role("main"))).not_to_contain_text("In sync")
    await desk.page.goto(room)
    await desk.said("There is no room")


async def test_the_dashboard_counts_viewers_as_they_come_after_a_login(live, somebody, staff, films):
    live.run_python(
        "import django; django.setup(); from django.contrib.auth.models import User;"
        "User.objects.create_superuser('desk', 'desk@example.com', 'seven quiet otters')"
    )
    desk = await somebody()
    await desk.page.goto("/admin/")
    await desk.page.get_by_label("Username").fill("desk")
    await desk.page.get_by_label("Password").fill("seven quiet otters")
    await desk.page.get_by_role("button", name="Log in").click()
    figure = desk.page.locator("[data-figure=viewers]")
    await expect(figure).to_have_text("0")  # those of other tests have left
    rooms = int((await desk.page.locator("[data-figure=rooms]").inner_text()).replace(",", ""))
    ada = await somebody()
    await ada.open(films.url(60))
    await expect(figure).to_have_text("1")
    await expect(desk.page.locator("[data-figure=rooms]")).to_have_text(f"{rooms + 1:,}")


async def test_lists_search_filter_and_sort_by_clicks(desk, two, axe):
    ada, _ = two
    page = desk.page
    await page.goto(LIST)
    first = page.locator("#result_list tbody tr").first
    await expect(first).to_contain_text("Ada")
    await expect(first.locator(".field-viewers")).to_have_text("2")
    await page.get_by_role("link", name="Playing", exact=True).click()
    await expect(page.locator("#content-main")).to_contain_text("Nothing found")
    await ada.page.keyboard.press("k")
    await ada.plays(after=0.5)
    await page.reload()
    await expect(first.locator(".field-state")).to_have_text("playing")
    await page.get_by_role("link", name="All", exact=True).click()
    await page.get_by_role("columnheader", name="Made").get_by_role("link").first.click()
    await expect(page).to_have_url(re.compile("o=6"))
    invite = await ada.invite()
    await page.locator("#searchbar").fill(invite)
    await page.get_by_role("button", name="Search").click()
    await expect(page.get_by_role("heading", name="Viewers (2)")).to_be_visible()
    assert invite.rstrip("/").split("/")[-1] not in page.url
    found = {path: await broken(desk, axe, path) for path in ("/admin/", LIST, page.url)}
    assert not any(found.values()), found


async def broken(desk, axe, path):
    """The rules of accessibility that a page breaks, but for what Django's own pages bring."""
    await desk.page.goto(path)
    return await axe(desk)

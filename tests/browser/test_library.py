"""The library and the playlists as a person meets them: pasted, moved, undone, shared, saved, continued."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PHONE

LINKS = [f"https://media.example/Film_{number}.mp4" for number in range(4)]
SIZES = [(320, 640, "light"), (390, 844, "dark"), (1280, 800, "light"), (1280, 800, "dark"), (2560, 1440, "light")]
LONG = "A rather long title of a film that nobody has ever seen " * 3
HISTORY = """
import asyncio, django; django.setup()
from rooms.domain.library import Seen
from rooms.services import library
people = {%(user)d: "Me", -1: "Ben <b>", -2: "فيلم"}
seen = Seen(%(room)d, "e1", "file", "https://media.example/Film_0.mp4", "The long night", 6000.0, 2470.0, people, 9)
asyncio.run(library.watched([%(user)d], seen))
"""


async def build(window, name: str = "Evenings", links=LINKS) -> None:
    """Make a playlist by hand; ends on its page."""
    await window.page.goto("/playlists/")
    await window.page.get_by_label("New playlist").fill(name)
    await window.button("Create").click()
    await window.page.get_by_label("Links, one on each line").fill("\n".join(links))
    await window.button("Add to the playlist").click()
    await expect(window.page.get_by_text(f"{len(links)} video")).to_have_count(2)  # the figures, and the result


def videos(window):
    return window.page.get_by_role("list", name="Videos").get_by_role("listitem")


async def shows(window, *numbers: int) -> None:
    """Wait until the films stand in this order, and still do after a reload."""
    titles = window.page.locator("#items .item-title")
    await expect(titles).to_have_text([f"Film {number}" for number in numbers])


async def keeps(window, *numbers: int) -> None:
    """The films stand in this order, here and for whoever opens the page anew."""
    await shows(window, *numbers)
    await expect(window.page.locator("#items")).not_to_have_attribute("aria-busy", "true")
    await window.page.reload()
    await shows(window, *numbers)


async def drag(window, number: int, onto: int, beyond: int = 10) -> None:
    await window.page.locator("#items").evaluate("list => list.scrollIntoView({block: 'center', behavior: 'instant'})")
    handle = await window.button(f"Move Film {number}").bounding_box()
    target = await window.button(f"Move Film {onto}").bounding_box()
    mouse = window.page.mouse
    await mouse.move(handle["x"] + 20, handle["y"] + 20)
    await mouse.down()
    await mouse.move(handle["x"] + 20, target["y"] + 20, steps=5)
    await mouse.move(handle["x"] + 20, target["y"] + 20 + beyond)
    await mouse.up()


async def test_five_links_one_bad_make_four_videos_and_a_sentence(owner):
    await build(owner, links=LINKS[:1])
    field = owner.page.get_by_label("Links, one on each line")
    await field.fill("\n".join([LINKS[1], "hello", *LINKS[2:], LINKS[0]]))
    await owner.button("Add to the playlist").click()
    bad = owner.page.get_by_role("list", name="Lines that were not added").get_by_role("listitem")
    await expect(bad).to_have_text(re.compile("Line 2 hello .*not a link"))
    await expect(field).to_have_value("hello")
    await keeps(owner, 0, 1, 2, 3, 0)


async def test_videos_are_moved_by_keyboard_and_by_pointer(owner):
    await build(owner)
    handle = owner.button("Move Film 0")
    await handle.press("ArrowDown")
    await expect(owner.page.get_by_text("Film 0: moved to place 2 of 4.")).to_be_attached()
    await expect(handle).to_be_focused()
    await handle.press("End")
    await shows(owner, 1, 2, 3, 0)
    await drag(owner, 3, onto=1, beyond=-10)
    await shows(owner, 3, 1, 2, 0)
    await drag(owner, 3, onto=2)
    await keeps(owner, 1, 2, 3, 0)


async def test_a_finger_moves_a_video(somebody):
    phone = await somebody(**PHONE)
    await build(phone)
    await phone.button("Move Film 3").scroll_into_view_if_needed()
    box, top = await phone.button("Move Film 3").bounding_box(), await phone.button("Move Film 0").bounding_box()
    touch = await phone.page.context.new_cdp_session(phone.page)

    async def send(kind: str, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": box["x"] + 20, "y": y}]
        await touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    await send("touchStart", box["y"] + 20)
    await send("touchMove", (box["y"] + top["y"]) / 2)
    await send("touchMove", top["y"] + 5)
    await send("touchEnd", 0)
    await keeps(phone, 3, 0, 1, 2)


async def test_a_removed_video_and_a_deleted_playlist_come_back(owner):
    await build(owner)
    await owner.button("Remove Film 1").click()
    await shows(owner, 0, 2, 3)
    await expect(owner.button("Remove Film 2")).to_be_focused()
    await owner.button("Undo").click()
    await keeps(owner, 0, 1, 2, 3)
    await owner.button("Delete").click()
    await expect(owner.page.get_by_text("No playlists yet")).to_be_visible()
    await owner.button("Undo").click()
    await shows(owner, 0, 1, 2, 3)


async def test_a_name_is_changed_in_place(owner):
    await build(owner)
    await owner.page.get_by_text("Edit", exact=True).click()
    name = owner.page.get_by_role("textbox", name="Name", exact=True)
    await expect(name).to_be_focused()
    await name.fill("Nights <b>")
    await owner.page.get_by_label("Description").fill("By the sea")
    await owner.button("Save").click()
    await expect(owner.page.get_by_role("heading", name="Nights <b>")).to_be_visible()
    await expect(owner.page.get_by_text("By the sea").first).to_be_visible()
    await expect(name).to_be_hidden()


@pytest.mark.parametrize("ending", ["JSON", "M3U8", "TXT"])
async def test_an_exported_file_makes_the_same_list(owner, tmp_path, ending):
    await build(owner)
    async with owner.page.expect_download() as download:
        await owner.page.reload()
        await owner.page.get_by_role("link", name=ending).click()
    file = tmp_path / f"list.{ending}"
    await (await download.value).save_as(file)
    await owner.page.goto("/playlists/")
    await owner.page.get_by_text("With links or an exported file").click()
    await owner.page.get_by_label("or a file").set_input_files(file)
    await owner.button("Create").click()
    await owner.page.wait_for_url("**/playlist/**")
    await shows(owner, 0, 1, 2, 3)


async def test_a_shared_playlist_is_looked_at_and_copied(owner, guest):
    await build(owner)
    await owner.page.get_by_text("Share", exact=True).click()
    await owner.button("Make a link").click()
    await guest.page.goto(await owner.page.get_by_label("Link to the playlist").input_value())
    await expect(videos(guest)).to_have_count(4)
    await expect(guest.page.get_by_role("button", name="Remove")).to_have_count(0)
    await guest.button("Save a copy").click()
    await guest.page.wait_for_url("**/playlist/**")
    await guest.button("Remove Film 0").click()
    await keeps(guest, 1, 2, 3)
    await owner.page.reload()
    await shows(owner, 0, 1, 2, 3)


async def test_a_room_starts_from_a_playlist(films, owner):
    await build(owner, links=[films.url(60, "First"), films.url(60, "Second")])
    await owner.button("Start a room").click()
    await owner.page.wait_for_url("**/watch/**")
    await owner.in_sync()
    await expect(owner.page.get_by_role("heading", name="First")).to_be_visible()


async def test_a_video_is_saved_from_a_list_and_taken_off_again(owner):
    await build(owner)
    await owner.button("Save Film 2").click()
    dialog = owner.page.get_by_role("dialog")
    await dialog.get_by_label("Liked").check()
    await expect(dialog.get_by_text("Saved.")).to_be_visible()
    await dialog.get_by_role("button", name="Evenings").click()
    await expect(dialog.get_by_text("Added to “Evenings”.")).to_be_visible()
    await dialog.get_by_label("Name of a new playlist").fill("Other")
    await dialog.get_by_role("button", name="Create").click()
    await expect(dialog.get_by_text("Added to “Other”.")).to_be_visible()
    await owner.page.goto("/library/liked/")
    await owner.button("Remove Film 2").click()
    await expect(owner.page.get_by_role("heading", name="Film 2")).to_have_count(0)
    await owner.button("Undo").click()
    await expect(owner.page.get_by_role("heading", name="Film 2")).to_be_visible()
    await owner.page.reload()
    await expect(owner.page.get_by_role("heading", name="Film 2")).to_be_visible()


async def with_history(live, films, window) -> None:
    await window.open(films.url(60, "The_long_night"))
    cookies = await window.page.context.cookies()
    user = next(int(one["value"].split(".")[1]) for one in cookies if one["name"] == "wewatch")
    live.run_python(HISTORY % {"user": user, "room": int(window.page.url.split("/")[-2])})


async def test_what_was_begun_is_continued_from_the_home_page_and_the_history_can_be_cleared(live, films, owner):
    await with_history(live, films, owner)
    await owner.page.goto("/")
    going = owner.page.get_by_role("region", name="Continue watching")
    await expect(going).to_contain_text("Resume at 41:10 of 1:40:00")
    await expect(going).to_contain_text("Ben <b>, فيلم and 6 more")
    await going.get_by_role("link", name="The long night").click()
    await owner.page.wait_for_url("**/watch/**")
    await owner.page.goto("/library/history/")
    await expect(owner.button("Watch on The long night")).to_be_visible()
    await owner.button("Clear the history").click()
    await owner.button("Clear it").click()
    await expect(owner.page.get_by_text("Nothing watched yet")).to_be_visible()
    await owner.button("Stop keeping a history").click()
    await expect(owner.page.get_by_text("switched off")).to_be_visible()


@pytest.mark.parametrize(("width", "height", "scheme"), SIZES)
async def test_every_page_is_whole_and_accessible(live, films, somebody, axe, width, height, scheme):
    window = await somebody(viewport={"width": width, "height": height}, color_scheme=scheme)
    await with_history(live, films, window)
    await build(window, name=LONG[:100], links=[*LINKS, f"https://media.example/{'x' * 150}.mp4"])
    playlist = window.page.url
    await window.page.get_by_role("button", name="Save x").click()
    await window.page.get_by_label("Liked").check()
    await expect(window.page.get_by_text("Saved.")).to_be_visible()
    assert await axe(window) == []
    for path in (
        "/",
        "/library/liked/",
        "/library/later/",
        "/library/history/",
        "/library/rooms/",
        "/playlists/",
        playlist,
    ):
        await window.page.goto(path)
        assert await axe(window) == [], path
        assert await window.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path

"""The pages as a person meets them: one paste, one click, one copy."""

import asyncio
import re

import pytest
from playwright.async_api import expect

LENGTH = 60  # seconds
OWN = "filter((url) => url.startsWith(location.origin) && url.endsWith('.js')).sort()"
NAMED = (
    f"() => [...document.querySelectorAll('script[src], [rel=modulepreload]')].map((one) => one.src || one.href).{OWN}"
)
LOADED = f"() => performance.getEntriesByType('resource').map(({{ name }}) => name).{OWN}"
SIZES = [(320, 640), (390, 844), (1280, 800), (2560, 1440)]


async def test_an_empty_home_says_the_one_thing_to_do(owner):
    await owner.page.goto("/")
    await expect(owner.page.get_by_label("Paste a link to a video")).to_be_focused()
    await expect(owner.page.get_by_text(re.compile("No rooms yet|first room", re.IGNORECASE))).to_be_visible()


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("hello", "not a link"),
        ("https://example.com/page", "can be played here"),
        ("https://www.youtube.com/@somebody", "no single video"),
    ],
)
async def test_a_link_to_no_video_is_answered_beside_the_field_and_kept_in_it(owner, link, said):
    await owner.page.goto("/")
    field = owner.page.get_by_label("Paste a link to a video")
    await field.fill(link)
    await owner.button("Start watching").click()
    await expect(owner.page.get_by_role("alert")).to_contain_text(said)
    await expect(field).to_have_value(link)


@pytest.mark.usefixtures("youtube")
@pytest.mark.parametrize("source", ["file", "youtube"])
async def test_a_room_loads_the_scripts_that_its_page_names_and_no_others(films, owner, source):
    await owner.open(films.url(LENGTH) if source == "file" else "https://youtu.be/dQw4w9WgXcQ")
    named = await owner.page.evaluate(NAMED)
    assert len(named) > 3
    assert await owner.page.evaluate(LOADED) == named


async def test_a_room_at_rest_draws_nothing(films, owner):
    await owner.open(films.url(LENGTH))
    session = await owner.page.context.new_cdp_session(owner.page)
    await session.send("Performance.enable")

    async def layouts() -> float:
        told = (await session.send("Performance.getMetrics"))["metrics"]
        return next(one["value"] for one in told if one["name"] == "LayoutCount")

    async with asyncio.timeout(15):
        before = -1.0
        while (now := await layouts()) != before:
            before = now
            await asyncio.sleep(0.5)


async def test_my_rooms_are_listed_and_can_be_deleted_after_a_question(films, owner):
    await owner.open(films.url(LENGTH, "The_long_night"))
    await owner.seek(41)
    await owner.rests(near=41)
    await owner.page.goto("/")
    await expect(owner.page.get_by_role("link", name="Resume at 0:41")).to_be_visible()
    await owner.button("Delete The long night").click()
    await owner.button("Keep it").click()
    await owner.button("Delete The long night").click()
    await owner.button("Delete the room").click()
    await expect(owner.page.get_by_role("link", name="The long night")).to_have_count(0)


async def test_my_name_is_changed_in_place_and_the_others_see_it(films, owner, guest):
    await owner.open(films.url(LENGTH))
    await guest.join(await owner.invite())
    await guest.page.get_by_role("button", name="change your name or colour").click()
    dialog = guest.page.get_by_role("dialog", name="Your name and colour")
    await dialog.get_by_label("Name", exact=True).fill(" ")
    await guest.button("Save").click()
    await expect(dialog.get_by_role("alert").first).to_contain_text("at least one visible character")
    await dialog.get_by_label("Name", exact=True).fill("Grace <b>Hopper</b>")
    await dialog.get_by_label("Jade").check(force=True)
    await guest.button("Save").click()
    await expect(dialog).to_be_hidden()
    await owner.page.get_by_role("tab", name="People").click()
    people = owner.page.get_by_role("list", name="Watching now")
    await expect(people).to_contain_text("Grace <b>Hopper</b>")


async def test_the_invite_is_copied_with_one_click(films, owner):
    await owner.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await owner.open(films.url(LENGTH))
    await owner.button("Copy link").click()
    await expect(owner.page.get_by_text("Copied")).to_be_visible()
    assert await owner.page.evaluate("navigator.clipboard.readText()") == await owner.invite()


async def test_the_qr_code_and_the_keys_open_and_close_by_keyboard(films, owner):
    await owner.open(films.url(LENGTH))
    await owner.button("QR code").press("Enter")
    code = owner.page.get_by_role("dialog", name="Scan to join")
    await expect(code.get_by_role("img", name="QR code of the invite link")).to_be_visible()
    await owner.page.keyboard.press("Escape")
    await expect(code).to_be_hidden()
    await owner.page.keyboard.press("?")
    await expect(owner.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


async def test_an_invite_that_opens_nothing_says_so(owner):
    reply = await owner.page.goto("/join/AAAAAAAAAAAAAAAAAAAAAA/")
    assert reply.status == 404
    await expect(owner.page.get_by_role("link", name="Go to the home page")).to_be_visible()


async def test_a_film_that_is_not_there_says_so_and_offers_to_try_again(films, owner):
    await owner.page.goto("/")
    await owner.page.get_by_label("Paste a link to a video").fill("http://127.0.0.1:9/film.mp4")
    await owner.button("Start watching").click()
    await expect(owner.page.get_by_role("alert").filter(has_text="does not play here")).to_be_visible()
    await expect(owner.button("Try again")).to_be_visible()


async def test_a_deleted_room_says_so_to_its_guests(films, owner, guest):
    await owner.open(films.url(LENGTH, "Gone"))
    await guest.join(await owner.invite())
    await owner.page.goto("/")
    await owner.button("Delete Gone").click()
    await owner.button("Delete the room").click()
    await expect(guest.page.get_by_role("heading", name="This room is gone")).to_be_visible()


async def test_logging_out_in_another_tab_leads_back_to_the_door_as_somebody_new(films, owner, guest):
    await owner.open(films.url(LENGTH))
    await guest.join(await owner.invite())
    name = guest.page.get_by_role("button", name="change your name or colour")
    before = await name.inner_text()
    other_tab = await guest.page.context.new_page()
    await other_tab.goto("/logout/")
    await other_tab.get_by_role("button", name="Log out").click()
    await expect(other_tab.get_by_role("heading", name="You are logged out")).to_be_visible()
    await expect(guest.button("Join")).to_be_visible()
    assert await name.inner_text() != before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_every_size_is_whole_and_accessible(films, somebody, axe, width, height, scheme):
    window = await somebody(viewport={"width": width, "height": height}, color_scheme=scheme)
    await window.page.goto("/")
    assert await axe(window) == []
    await window.open(films.url(LENGTH, "A_rather_long_title_of_a_film_that_nobody_has_seen_" + "x" * 60))
    assert await axe(window) == []
    assert await window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_on_a_phone_the_film_stays_on_top(films, somebody):
    window = await somebody(viewport={"width": 390, "height": 600}, has_touch=True, is_mobile=True)
    await window.open(films.url(LENGTH))
    await window.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    box = await window.page.get_by_role("region", name="Film").bounding_box()
    assert 0 <= box["y"] < 100


async def test_on_a_phone_a_tap_brings_the_bar_and_the_next_pauses_for_everyone(films, owner, somebody):
    phone = await somebody(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    await owner.open(films.url(LENGTH))
    await phone.join(await owner.invite())
    await owner.button("Play").click()
    await phone.plays(after=3)  # the bar has faded away meanwhile
    await phone.page.get_by_role("region", name="Film").tap(position={"x": 195, "y": 40})
    await phone.button("Pause").tap()
    ours, theirs = await owner.rests(), await phone.rests()
    assert ours.time == pytest.approx(theirs.time, abs=0.02)
    assert phone.ops() == ["pause"]

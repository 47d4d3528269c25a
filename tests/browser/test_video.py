"""Another video in the same room, for everyone at once."""

import pytest
from playwright.async_api import expect

LENGTH = 60  # seconds


@pytest.fixture
async def two(live, films, owner, somebody):
    """The host on the first worker, a guest with a phone on the second; the film rests at 20 s."""
    live.prefer(0)
    await owner.open(films.url(LENGTH, "The_first_film"))
    phone = await somebody(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    live.prefer(1)
    await phone.join(await owner.invite())
    await owner.seek(20)
    await phone.rests(near=20)
    return owner, phone


async def test_another_video_plays_for_everyone_and_is_taken_back(two, films):
    owner, phone = two
    await phone.add(films.url(30, "The_second_film"), "Play now")
    for window in (owner, phone):
        await expect(window.page.get_by_role("heading", name="The second film")).to_be_visible()
        await window.rests(near=0)
    await owner.button("Play").click()
    await owner.plays(after=0.5)
    await phone.plays(after=0.5)
    assert phone.ops() == []
    await owner.button("Pause").click()
    left = await phone.rests()
    await owner.add(films.url(30, "The_third_film"), "Play now")
    await expect(phone.page.get_by_role("heading", name="The third film")).to_be_visible()
    await expect(phone.stage).to_contain_text("changed the video")
    await phone.page.locator("#undo").click()
    for window in (owner, phone):
        await expect(window.page.get_by_role("heading", name="The second film")).to_be_visible()
    assert left.time > 0.4
    await owner.rests(near=left.time, within=0.1)
    await phone.rests(near=left.time, within=0.1)
    await owner.tab("Chat")
    await expect(owner.chat).to_contain_text("changed the video")


async def test_a_link_to_no_video_says_so_beside_the_field_and_changes_nothing(two):
    owner, phone = two
    await owner.add("https://example.com/page", "Play now")
    await expect(owner.page.get_by_role("alert").filter(has_text="does not lead to a video")).to_be_visible()
    await expect(owner.links).to_have_value("https://example.com/page")
    await expect(phone.page.get_by_role("heading", name="The first film")).to_be_visible()

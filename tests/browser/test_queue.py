"""The queue in real windows: added to, put into order, voted on, and played to its end by itself."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PHONE
from tests.browser.window import gathered

SHORT = 6  # seconds of a film


def film(films, name, seconds=SHORT):
    return films.url(seconds, name)


@pytest.fixture
async def queued(live, films, owner, guest, somebody):
    """Ada, Ben, and Cleo on a phone; a film of two minutes rests, One, Two and Three come next."""
    windows = await gathered(live, film(films, "First", 120), Ada=owner, Ben=guest, Cleo=await somebody(**PHONE))
    await owner.add("\n".join(film(films, name, 30) for name in ("One", "Two", "Three")))
    for window in windows:
        await window.tab("Queue")
        await window.titles("First", "One", "Two", "Three")
    return windows


async def test_many_links_at_once_name_the_bad_ones_and_keep_the_good(live, films, owner):
    await owner.open(film(films, "First"))
    await owner.add(f"{film(films, 'One')}\nhello\n{film(films, 'Two')} ftp://x.example/a.mp4")
    await owner.titles("First", "One", "Two")
    await expect(owner.links).to_have_value("hello\nftp://x.example/a.mp4")
    await expect(owner.page.locator("#queue-bad li")).to_have_count(2)
    await expect(owner.page.get_by_text("2 videos added.")).to_be_visible()
    assert await owner.page.locator("#queue-bad li").nth(1).inner_text() == (
        "ftp://x.example/a.mp4 Only links that start with http:// or https:// can be played."
    )


async def test_more_links_than_a_frame_holds_all_come_in_their_order(live, films, owner):
    await owner.open(film(films, "First"))
    names = [f"Film_{number:03}_{'x' * 60}" for number in range(80)]
    await owner.add("\n".join(film(films, name) for name in names))
    await owner.titles("First", *(name.replace("_", " ") for name in names))
    await owner.add("\n".join(film(films, f"Next_{number}_{'y' * 200}") for number in range(20)), "Play next")
    await expect(owner.queue).to_have_count(101)
    first = await owner.queue.locator("[data-part=title]").all_inner_texts()
    assert [title.split()[1] for title in first[1:21]] == [str(number) for number in range(20)]


async def test_entries_are_moved_by_keyboard_and_by_hand_and_all_see_it(queued):
    owner, guest, phone = queued
    handle = owner.button("Move Three")
    await handle.focus()
    await owner.page.keyboard.press("ArrowUp")
    for window in queued:
        await window.titles("First", "One", "Three", "Two")
    await expect(handle).to_be_focused()
    await expect(owner.page.get_by_text("Three: place 3 of 4")).to_be_attached()
    await guest.button("Move Two").drag_to(guest.queue.nth(1), target_position={"x": 60, "y": 4})
    for window in queued:
        await window.titles("First", "Two", "One", "Three")
    await phone.button("Move One").focus()
    await phone.page.keyboard.press("End")
    await owner.titles("First", "Two", "Three", "One")
    assert owner.ops() == guest.ops() == []


async def test_a_finger_drags_a_row(queued):
    owner, _, phone = queued
    start, end = [await phone.queue.nth(place).bounding_box() for place in (3, 1)]
    session = await phone.page.context.new_cdp_session(phone.page)

    async def touch(kind, y):
        points = [] if kind == "touchEnd" else [{"x": start["x"] + 16, "y": y}]
        await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    await touch("touchStart", start["y"] + 20)
    await touch("touchMove", start["y"] - 20)
    await touch("touchMove", end["y"] + 4)
    await touch("touchEnd", 0)
    await owner.titles("First", "Three", "One", "Two")


async def test_play_now_play_next_start_at_and_replace(queued, films):
    owner, guest, phone = queued
    await guest.entry("Three", "Play next")
    await owner.titles("First", "Three", "One", "Two")
    await phone.entry("Three", "Start at")
    await phone.page.get_by_label("Time, as 1:30").fill("0:12")
    await phone.button("Save").click()
    await expect(owner.queue.nth(1)).to_contain_text("from 0:12")
    await owner.entry("Three", "Play now")
    await phone.rests(near=12)
    await owner.entry("One", "Replace")
    await owner.page.get_by_label("Link to a video").fill(film(films, "Other"))
    await owner.button("Save").click()
    await guest.titles("First", "Three", "Other", "Two")


async def test_what_is_removed_or_cleared_comes_back_by_undo(queued):
    owner, guest, _ = queued
    await owner.entry("Two", "Remove")
    await guest.titles("First", "One", "Three")
    await guest.page.locator("#queue-undo").get_by_role("button", name="Undo").click()
    await owner.titles("First", "One", "Two", "Three")
    await owner.button("More for the queue").click()
    await owner.page.get_by_role("menuitem", name="Clear the queue").click()
    await guest.titles("First")
    await owner.page.locator("#queue-undo").get_by_role("button", name="Undo").click()
    await guest.titles("First", "One", "Two", "Three")


async def test_a_skip_is_taken_back_to_where_the_film_was(queued):
    owner, guest, _ = queued
    await owner.seek(40)
    await guest.rests(near=40)
    await guest.button("Skip to the next one").click()
    await expect(owner.page.get_by_role("heading", name="One")).to_be_visible()
    await owner.page.locator("#undo").click()
    await guest.rests(near=40)
    await expect(guest.page.get_by_role("heading", name="First")).to_be_visible()


async def test_three_people_vote_for_what_comes_and_skip_what_plays(queued):
    owner, guest, phone = queued
    await owner.control("Host only")
    await owner.page.get_by_label("Vote on the queue").check()
    for window in queued:
        await window.tab("Queue")
    await guest.button("Vote for Three, 0 so far").click()
    await phone.titles("First", "Three", "One", "Two")
    await phone.button("Vote for Two, 0 so far").click()
    await owner.button("Vote for Two, 1 so far").click()
    await guest.titles("First", "Two", "Three", "One")
    await expect(guest.button("Vote for Three, 1 so far")).to_have_attribute("aria-pressed", "true")
    await guest.button("Vote to skip: 0 of 2").click()
    await expect(owner.button("Vote to skip: 1 of 2")).to_be_visible()
    await expect(owner.page.get_by_role("heading", name="First")).to_be_visible()
    await phone.button("Vote to skip: 1 of 2").click()
    for window in queued:
        await expect(window.page.get_by_role("heading", name="Two")).to_be_visible()


async def test_a_guest_without_the_remote_changes_what_they_added_and_nothing_else(queued, films):
    owner, guest, _ = queued
    await owner.control("Host only")
    await owner.tab("Queue")
    await expect(guest.button("Play next")).to_be_hidden()
    await guest.add(film(films, "Mine"))
    await owner.titles("First", "One", "Two", "Three", "Mine")
    await expect(guest.button("Move Mine")).to_be_hidden()
    await guest.button("Options for One").click()
    await expect(guest.page.get_by_role("menuitem", name="Remove")).to_be_hidden()
    await guest.page.keyboard.press("Escape")
    await guest.entry("Mine", "Remove")
    await owner.titles("First", "One", "Two", "Three")


async def test_the_next_film_counts_down_and_anybody_with_the_remote_stops_it(live, films, owner, guest):
    await gathered(live, film(films, "First"), Ada=owner, Ben=guest)
    await owner.add(film(films, "Second"))
    await guest.button("Play").click()
    for window in (guest, owner):
        await expect(window.page.locator("#next")).to_contain_text("Second", use_inner_text=True)
    await guest.button("Stop").click()
    await owner.rests(near=0)
    await expect(owner.page.get_by_role("heading", name="Second")).to_be_visible()
    assert (await owner.film()).paused
    await expect(owner.page.locator("#next")).to_be_hidden()


async def test_without_autoplay_the_next_one_waits_for_a_press(live, films, owner, guest):
    await gathered(live, film(films, "First"), Ada=owner, Ben=guest)
    await owner.add(film(films, "Second"))
    await owner.button("Play the next one by itself").click()
    await guest.tab("Queue")
    await expect(guest.button("Play the next one by itself")).to_have_attribute("aria-pressed", "false")
    await guest.button("Play").click()
    await guest.plays(after=1)
    await expect(guest.page.locator("#next")).to_contain_text("Second", use_inner_text=True)
    await guest.stage.get_by_role("button", name="Play now").click()
    await expect(owner.page.get_by_role("heading", name="Second")).to_be_visible()


async def test_a_video_that_does_not_play_says_why_and_offers_a_way_on(live, films, owner, guest):
    await owner.open(film(films, "First", 30))
    await guest.join(await owner.invite())
    await owner.add(f"{films.url(SHORT, 'x').rsplit('/', 2)[0]}/0/Broken.webm\n{film(films, 'Second', 30)}")
    await owner.entry("Broken", "Play now")
    for window in (owner, guest):
        await window.sees("This video does not play here")
    await guest.tab("Queue")
    await expect(guest.queue.nth(1)).to_have_attribute("data-fault", "")
    await guest.button("Replace it").click()
    await guest.page.get_by_label("Link to a video").fill(film(films, "Mended", 30))
    await guest.button("Save").click()
    await expect(owner.page.get_by_role("heading", name="Mended")).to_be_visible()
    await owner.rests(near=0)


async def test_the_host_lets_the_room_skip_what_plays_for_nobody(live, films, owner, guest):
    await gathered(live, film(films, "First", 30), Ada=owner, Ben=guest)
    await owner.rule("A video that plays for nobody", "skip")
    await owner.add(f"{films.url(SHORT, 'x').rsplit('/', 2)[0]}/0/Broken.webm\n{film(films, 'Second', 30)}")
    await owner.entry("Broken", "Play now")
    for window in (owner, guest):
        await expect(window.page.get_by_role("heading", name="Second")).to_be_visible()
    await guest.tab("Queue")
    await expect(guest.queue.nth(1)).to_have_attribute("data-fault", "")


async def test_the_next_film_is_loaded_before_it_comes(live, films, owner):
    await owner.open(film(films, "First", 30))
    async with owner.page.expect_request("**/Second.webm"):
        await owner.add(film(films, "Second", 30))
        await owner.button("Play").click()
    await expect(owner.page.get_by_role("heading", name="First")).to_be_visible()


async def test_the_queue_is_accessible(queued, axe):
    for window in queued:
        assert await axe(window) == []

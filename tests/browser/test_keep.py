"""Between a room and one's library: what is kept of a room, what is brought into it, and what one has watched."""

from playwright.async_api import expect

from tests.browser.window import gathered


async def test_a_queue_is_saved_as_a_playlist_and_brought_into_another_room(films, owner):
    await owner.open(films.url(30, "First"))
    await owner.add("\n".join(films.url(30, name) for name in ("Second", "Third")))
    await owner.titles("First", "Second", "Third")
    await owner.button("More for the queue").click()
    await owner.page.get_by_role("menuitem", name="Save as a playlist").click()
    await owner.page.get_by_label("Name of the playlist").fill("Our evening")
    await owner.button("Save").click()
    await owner.sees("Saved as the playlist")
    await owner.open(films.url(30, "Another"))
    await owner.tab("Queue")
    await owner.button("More for the queue").click()
    await owner.page.get_by_role("menuitem", name="Add from my library").click()
    await owner.button("Add Our evening").click()
    await expect(owner.page.get_by_text("3 videos added.")).to_be_visible()
    await owner.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    await owner.titles("Another", "First", "Second", "Third")


async def test_a_guest_likes_what_plays_and_adds_it_elsewhere(live, films, owner, guest):
    await gathered(live, films.url(30, "First"), Ada=owner, Ben=guest)
    await guest.entry("First", "Like")
    await guest.sees("Liked.")
    await guest.button("Save this video").click()
    await expect(guest.page.get_by_label("Liked", exact=True)).to_be_checked()
    await guest.page.keyboard.press("Escape")
    await guest.open(films.url(30, "Mine"))
    await guest.tab("Queue")
    await guest.button("More for the queue").click()
    await guest.page.get_by_role("menuitem", name="Add from my library").click()
    await guest.page.get_by_label("From", exact=True).select_option("Liked")
    await guest.page.get_by_label("Search in it").fill("fir")
    await guest.button("Add First").click()
    await guest.page.keyboard.press("Escape")
    await guest.titles("Mine", "First")


async def noted(window, *texts):
    """Open the history until it says this: what one leaves is noted when the server hears of it."""
    for _ in range(50):
        await window.page.goto("/library/history/")
        page = await window.page.get_by_role("main").inner_text()
        if all(text in page for text in texts):
            return
    raise AssertionError(f"the history still says {page!r}")


async def test_what_both_watched_stands_in_their_histories_and_goes_on_from_the_home_page(live, films, owner, guest):
    await gathered(live, films.url(120, "First"), Ada=owner, Ben=guest)
    await owner.seek(41)
    await guest.rests(near=41)
    for window in (owner, guest):  # who was not yet seen to be in sync has watched nothing
        await window.tab("People")
        await expect(window.people.get_by_text("In sync")).to_have_count(2)
    await noted(guest, "First", "with Ada")
    await guest.page.goto("/")
    going = guest.page.get_by_role("region", name="Continue watching")
    await expect(going).to_contain_text("Resume at 0:41")
    await going.get_by_role("link", name="First").click()
    await guest.button("Join").click()
    await guest.rests(near=41)
    await owner.add(films.url(30, "Second"), "Play now")
    await guest.rests(near=0)
    await noted(owner, "First", "with Ben")

"""What stands around the messages: calling people, reactions, events, what is unread, a lost line, full screen."""

import re

from playwright.async_api import expect

from tests.browser.voices import beside, newcomer, socket_path, spoken

TOLERANCE = 2  # px


async def fetched(window) -> list[str]:
    """The addresses of what this window's page fetched, of emoji data."""
    names = await window.page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
    return [name for name in names if "/emoji/" in name]


async def place(locator) -> float:
    return (await locator.bounding_box())["y"]


async def test_the_title_counts_who_calls_me_until_i_look(two):
    host, guest = two
    title = await guest.page.title()
    await guest.tab("People")
    await host.say("@Ben, are you there?")
    await expect(guest.page).to_have_title(f"(1) {title}")
    await host.say("Nobody in particular?")
    await expect(guest.page.locator("#chat-news")).to_have_text("2")
    await expect(guest.page).to_have_title(f"(1) {title}")
    await guest.tab("Chat")
    await expect(guest.page).to_have_title(title)
    await expect(guest.page.locator("#chat-news")).to_be_hidden()


async def test_the_emoji_are_fetched_when_they_are_asked_for(two):
    host, guest = two
    assert await fetched(host) == []
    await host.field.fill("A hat ")
    await host.button("Emoji").click()
    await host.page.get_by_role("combobox", name="Search").fill("top hat")
    await host.page.get_by_role("option", name="top hat").click()
    assert await fetched(host) != []
    await expect(host.field).to_have_value("A hat 🎩")
    await expect(host.field).to_be_focused()
    await host.field.press("Enter")
    await expect(guest.message("A hat 🎩")).to_be_visible()
    assert await fetched(guest) == []


async def test_reactions_are_counted_for_all_and_taken_back(three):
    host, guest, _ = three
    await guest.say("What a hat")
    await host.message("What a hat").hover()
    await host.message("What a hat").get_by_role("button", name="React").click()
    await host.button("Thumbs up").click()
    marks = [window.message("What a hat").locator(".mark") for window in three]
    for mark in marks:
        await expect(mark).to_have_text("👍 1")
    await marks[2].tap()
    for mark in marks:
        await expect(mark).to_have_text("👍 2")
    await expect(marks[1]).to_have_attribute("aria-pressed", "false")
    await expect(marks[2]).to_have_attribute("aria-pressed", "true")
    await marks[0].click()
    await expect(marks[1]).to_have_text("👍 1")
    await marks[2].tap()
    for mark in marks:
        await expect(mark).to_have_count(0)


async def test_a_reaction_to_the_film_floats_over_it_for_all(three):
    _, guest, _ = three
    await guest.button("React to the film").click()
    await guest.button("Party").click()
    for window in three:
        await expect(window.page.locator("#emotes .emote")).to_have_text("🎉Ben")
    for window in three:
        await expect(window.page.locator("#emotes .emote")).to_have_count(0)


async def test_one_sees_who_is_typing_and_that_they_stopped(three):
    host, guest, phone = three
    await guest.field.press_sequentially("Hm")
    await expect(host.page.get_by_text("Ben is typing…")).to_be_visible()
    await expect(guest.page.get_by_text("is typing…")).to_have_count(0)
    await phone.field.press_sequentially("Well")
    await expect(host.page.get_by_text("Ben and Cleo are typing…")).to_be_visible()
    await phone.say("Well, a hat")
    await expect(host.page.get_by_text("Ben is typing…")).to_be_visible()
    await expect(host.page.get_by_text("is typing…")).to_have_count(0)


async def test_what_happens_stands_between_the_messages_and_repeats_are_one_line(live, two):
    host, guest = two
    person = await newcomer(live, name="Dan")
    visit = await person.enter(socket_path(await host.invite()))
    events = host.chat.locator(".event")
    await expect(events).to_have_text("Ben and Dan joined")
    await host.say("Hello, Dan")
    await guest.seek(20)
    await host.rests(near=20)
    await guest.seek(75)
    await host.rests(near=75)
    await guest.button("Play").click()
    await host.plays(after=75)
    await guest.button("Pause").click()
    await host.rests()
    await visit.close()
    await expect(events.last).to_have_text("Dan left")
    told = await host.chat.locator("#chat-list > *").all_inner_texts()
    assert [re.sub(r"(?<=at )[\d:]+", "…", line) for line in told[-4:]] == [
        "Ben jumped 0:00 → 1:15",
        "Ben pressed play",
        "Ben paused at …",
        "Dan left",
    ]


async def test_news_do_not_move_what_i_read_and_a_button_leads_to_them(live, two):
    host, guest = two
    await spoken(live, host, [f"Line {number:02}" for number in range(60)])
    await expect(guest.message("Line 59")).to_be_in_viewport()
    await guest.chat.evaluate("(log) => log.scrollTo(0, 400)")
    await expect(guest.button("To the newest ↓")).to_be_visible()
    read = guest.message("Line 15")
    before = await place(read)
    await host.say("A hat!")
    await guest.button("1 new message ↓").wait_for()
    await host.say("And a cat!")
    news = guest.button("2 new messages ↓")
    await news.wait_for()
    assert abs(await place(read) - before) <= TOLERANCE
    await news.click()
    await expect(guest.message("A hat!")).to_be_in_viewport()
    await expect(guest.chat.get_by_text("New messages")).to_be_in_viewport()
    await expect(guest.page.locator("#chat-unread")).to_be_hidden()
    await guest.say("Where?")
    await expect(guest.chat.get_by_text("New messages")).to_have_count(0)


async def test_what_is_said_while_the_line_is_down_is_delivered_once(live, two):
    host, guest = two
    live.prefer(1)
    live.kill_worker(1)
    live.proxy.freeze()
    try:
        await guest.say("Did you see that?")
        await guest.say("I did!")
        await expect(guest.chat.get_by_text("Waiting to be sent…")).to_have_count(2)
    finally:
        live.restart_worker(1)
        live.proxy.thaw()
    for window in two:
        await expect(window.message("I did!")).to_have_count(1)
    await expect(guest.chat.locator(".pending")).to_have_count(0)
    await host.say("Me, too")
    await expect(guest.message("Me, too")).to_be_visible()
    assert [text for _, text in await host.story()] == ["Did you see that?", "I did!", "Me, too"]
    assert await guest.story() == await host.story()


async def test_who_is_muted_reads_so_in_the_field(two):
    host, guest = two
    await guest.field.fill("Half a thou")
    await host.choose("Ben", "Mute")
    await expect(guest.page.get_by_text("You are muted", exact=True)).to_be_visible()
    await expect(guest.field).to_be_disabled()
    await expect(guest.button("Send")).to_be_disabled()
    await host.choose("Ben", "Unmute")
    await expect(guest.field).to_be_enabled()
    await expect(guest.field).to_have_value("Half a thou")


async def test_slow_mode_keeps_what_came_too_soon_for_another_try(live, two):
    host, guest = two
    async with beside(live, host) as [desk]:
        await desk.manage("set", field="slow", value=300)
        await expect(guest.page.locator("#chat-rule")).to_contain_text("5 min")
        await guest.say("One")
        await guest.say("Two")
        failed = guest.chat.locator(".pending")
        await expect(failed.get_by_text("Not sent. Slow mode: wait")).to_be_visible()
        await desk.manage("set", field="slow", value=0)
    await failed.get_by_role("button", name="Try again").click()
    await expect(host.message("Two")).to_be_visible()
    await expect(failed).to_have_count(0)


async def test_in_full_screen_the_chat_lies_over_the_film(two):
    host, guest = two
    await host.say("What a hat")
    await guest.page.keyboard.press("f")
    await guest.page.wait_for_function("document.fullscreenElement?.id === 'main'")
    said = guest.message("What a hat")
    await expect(said).to_be_in_viewport()
    stage, message = await guest.stage.bounding_box(), await said.bounding_box()
    size = guest.page.viewport_size
    assert (stage["width"], stage["height"]) == (size["width"], size["height"])
    assert message["x"] > stage["width"] / 2
    await guest.page.keyboard.press("t")
    await expect(guest.field).to_be_focused()
    await guest.page.keyboard.type("And in full!")
    await guest.page.keyboard.press("Enter")
    await expect(host.message("And in full!")).to_be_visible()
    await expect(guest.message("And in full!")).to_be_in_viewport()


async def test_in_full_screen_the_chat_goes_off_the_film_and_comes_back(two):
    host, guest = two
    await guest.tab("People")
    await guest.page.keyboard.press("f")
    await expect(guest.chat).to_be_in_viewport()
    title = await guest.page.title()
    over = guest.button("Chat over the film")
    await over.click()
    await expect(over).to_have_attribute("aria-pressed", "false")
    await expect(guest.chat).to_be_hidden()
    await host.say("@Ben, there?")
    await expect(guest.page).to_have_title(f"(1) {title}")
    await guest.page.keyboard.press("t")
    await expect(guest.field).to_be_focused()
    await expect(guest.message("@Ben, there?")).to_be_in_viewport()
    await expect(guest.page).to_have_title(title)


async def test_on_a_phone_one_writes_while_the_film_stays_in_sight(three):
    host, _, phone = three
    await phone.field.tap()
    await phone.page.set_viewport_size({"width": 390, "height": 480})  # as with the keyboard open
    await phone.page.keyboard.type("What a hat")
    await phone.button("Send").tap()
    await expect(host.message("What a hat")).to_be_visible()
    await expect(phone.message("What a hat")).to_be_in_viewport(ratio=1)
    film, field = await phone.stage.bounding_box(), await phone.field.bounding_box()
    assert film["y"] >= 0
    assert film["height"] >= 120
    assert film["y"] + film["height"] <= field["y"]
    assert field["y"] + field["height"] <= 480
    assert field["height"] >= 40
    assert await phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

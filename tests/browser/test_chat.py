"""The chat as three people have it: a host, a guest on the other worker, and a third on a phone."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser.voices import beside, spoken

FOR_ME = re.compile("is-for-me")
UP_TO = """(message) => {
  message.closest('[role=log]').scrollTo(0, 100);
  return message.getBoundingClientRect().y;
}"""


async def all_see(windows, text: str) -> None:
    for window in windows:
        await expect(window.message(text)).to_have_count(1)


async def stories(*windows) -> list:
    return [await window.story() for window in windows]


async def chatter(window, name: str) -> None:
    for number in range(5):
        await window.say(f"{name} says {number}")


async def test_a_message_reaches_all_with_its_name_and_its_place_in_the_film(three):
    host, guest, _ = three
    await host.seek(42)
    await guest.rests(near=42)
    await guest.say("What a hat")
    await host.say("And what a cat")
    await all_see(three, "And what a cat")
    for window in three:
        said = window.message("What a hat")
        await expect(said.locator(".message-name")).to_have_text("Ben")
        await expect(said.get_by_role("button", name="Go to 0:42")).to_be_visible()
    first, *others = await stories(*three)
    assert [text for _, text in first] == ["What a hat", "And what a cat"]
    assert others == [first, first]


async def test_all_who_talk_at_once_read_the_same_story(three):
    await asyncio.gather(*map(chatter, three, ("Ada", "Ben", "Cleo")))
    for window in three:
        await expect(window.chat.locator(".message:not(.pending)")).to_have_count(15)
        await expect(window.chat.locator(".pending")).to_have_count(0)
    first, *others = await stories(*three)
    assert others == [first, first]
    assert [int(number) for number, _ in first] == list(range(1, 16))
    assert sorted(text for _, text in first) == [
        f"{name} says {n}" for name in ("Ada", "Ben", "Cleo") for n in range(5)
    ]


async def test_who_joins_later_reads_what_was_said_before(two, somebody):
    host, _ = two
    await host.say("You missed the hat")
    await all_see(two, "You missed the hat")
    late = await somebody()
    await late.join(await host.invite())
    await all_see([late], "You missed the hat")
    assert await late.story() == await host.story()


async def test_looking_back_brings_older_messages_and_moves_nothing_that_is_read(live, films, owner, somebody):
    await owner.open(films.url(120))
    await spoken(live, owner, [f"Line {number:03}" for number in range(130)])
    late = await somebody()
    await late.join(await owner.invite())
    await expect(late.message("Line 129")).to_be_in_viewport()
    await expect(late.message("Line 029")).to_have_count(0)
    read = late.message("Line 036")
    place = await read.evaluate(UP_TO)  # older ones are asked for after that
    await expect(read).to_be_in_viewport()
    await expect(late.message("Line 000")).to_have_count(1)
    assert (await read.bounding_box())["y"] == pytest.approx(place, abs=2)
    assert [text for _, text in await late.story()] == [f"Line {number:03}" for number in range(130)]
    await late.chat.evaluate("(log) => log.scrollTo(0, 0)")
    await expect(late.message("Line 000")).to_be_in_viewport()


async def test_a_time_in_a_message_takes_everyone_there(two):
    host, guest = two
    await guest.say("Look at 0:50, top left")
    await host.message("top left").get_by_role("button", name="0:50", exact=True).click()
    await asyncio.gather(host.rests(near=50), guest.rests(near=50))
    await guest.message("top left").get_by_role("button", name="Go to 0:00").click()
    await asyncio.gather(host.rests(near=0), guest.rests(near=0))


async def test_a_time_tells_who_has_the_remote_where_one_has_not(live, two):
    host, guest = two
    async with beside(live, host) as [desk]:
        await desk.manage("set", field="control", value="host")
    await host.say("Look at 0:50, top left")
    await guest.message("top left").get_by_role("button", name="0:50", exact=True).click()
    await expect(guest.stage).to_contain_text("The host has the remote.")
    assert guest.ops() == []
    await asyncio.gather(host.rests(near=0), guest.rests(near=0))


async def test_a_reply_quotes_and_leads_to_what_it_answers(live, two):
    host, guest = two
    await host.say("Who is the man with the hat?")
    asked = guest.message("Who is the man")
    await asked.hover()
    await asked.get_by_role("button", name="Reply").click()
    await expect(guest.page.get_by_text("Reply to Ada")).to_be_visible()
    await guest.say("That is the gardener")
    await expect(host.message("the gardener")).to_have_class(FOR_ME)
    await spoken(live, host, [f"Line {number}" for number in range(30)])
    await expect(host.message("Line 29")).to_be_in_viewport()
    quote = host.message("the gardener").locator(".message-quote")
    await expect(quote).to_have_text("Ada Who is the man with the hat?")
    await quote.click()
    await expect(host.message("Who is the man")).to_be_in_viewport()
    await expect(host.message("Who is the man")).to_be_focused()


async def test_a_reply_can_be_left_with_escape(two):
    host, guest = two
    await host.say("Who is that?")
    await guest.message("Who is that?").hover()
    await guest.message("Who is that?").get_by_role("button", name="Reply").click()
    await expect(guest.field).to_be_focused()
    await guest.page.keyboard.press("Escape")
    await guest.say("No idea")
    await expect(host.message("No idea").locator(".message-quote")).to_be_hidden()


async def test_a_name_is_completed_by_keyboard_and_whoever_bears_it_sees_it_marked(three):
    host, guest, phone = three
    await host.field.press_sequentially("Look, @")
    options = host.page.get_by_role("listbox", name="People to mention").get_by_role("option")
    await expect(options.locator(".mention-name")).to_have_text(["Ben", "Cleo"])
    await host.field.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await host.field.press("Enter")
    await expect(host.field).to_have_value("Look, @Cleo ")
    await expect(options).to_have_count(0)
    await host.field.press_sequentially("a hat")
    await host.field.press("Enter")
    await expect(phone.message("Look, @Cleo a hat")).to_have_class(FOR_ME)
    await expect(phone.message("a hat").locator(".message-mention.is-me")).to_have_text("@Cleo")
    await expect(guest.message("Look, @Cleo a hat")).not_to_have_class(FOR_ME)


async def test_an_action_tells_what_somebody_does(two):
    host, guest = two
    await guest.say("/me hides behind the sofa")
    told = host.message("hides behind the sofa")
    await expect(told.locator(".message-text")).to_have_text("Ben hides behind the sofa")
    await expect(told.locator(".message-head")).to_be_hidden()


async def test_links_lead_out_of_the_room_and_nothing_else_is_one(two):
    host, guest = two
    await guest.say("See https://example.org/a?b=1&c=%22, not javascript:alert(1) or data:text/html,x.")
    link = host.message("See").get_by_role("link")
    await expect(link).to_have_text("example.org/a?b=1&c=%22")
    await expect(link).to_have_attribute("href", "https://example.org/a?b=1&c=%22")
    await expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    await expect(link).to_have_attribute("target", "_blank")


async def test_i_edit_what_i_said_last_and_all_see_it(three):
    host, guest, _ = three
    await guest.say("The bulter did it")
    await all_see(three, "The bulter did it")
    await guest.field.press("ArrowUp")
    await expect(guest.page.get_by_text("Editing your message")).to_be_visible()
    await expect(guest.field).to_have_value("The bulter did it")
    await guest.say("The butler did it")
    for window in three:
        await expect(window.message("butler").locator(".message-text")).to_have_text("The butler did it (edited)")
        await expect(window.message("bulter")).to_have_count(0)
    await expect(guest.field).to_have_value("")
    await host.message("butler").hover()
    await expect(host.message("butler").get_by_role("button", name="Reply")).to_be_visible()
    await expect(host.message("butler").get_by_role("button", name="Edit")).to_be_hidden()


async def test_i_delete_what_i_said_after_a_question(three):
    *_, phone = three
    await phone.say("It is the butler")
    await all_see(three, "It is the butler")
    await phone.message("butler").tap()
    await phone.message("butler").get_by_role("button", name="Delete").tap()
    await phone.button("Keep").tap()
    await phone.message("butler").get_by_role("button", name="Delete").tap()
    await phone.button("Yes").tap()
    for window in three:
        await expect(window.message("Message deleted")).to_have_count(1)
        assert "butler" not in await window.chat.inner_text()


async def test_a_helper_deletes_what_others_said_and_a_viewer_cannot(three):
    host, guest, phone = three
    await phone.say("It is the butler")
    said = guest.message("butler")
    await said.hover()
    await expect(said.get_by_role("button", name="Reply")).to_be_visible()
    await expect(said.get_by_role("button", name="Delete")).to_be_hidden()
    await host.choose("Ben", "Make helper")
    await said.get_by_role("button", name="Delete").click()
    await guest.button("Yes").click()
    await host.tab("Chat")
    await all_see(three, "Deleted by a moderator")
    assert "butler" not in await phone.chat.inner_text()

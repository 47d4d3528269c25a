"""Muting, removing, banning, slowing, locking and clearing, as all three see it: who does it, who it happens to, who else is here."""

from playwright.async_api import expect

AT_ONCE = 2_000  # ms: within a second, and as much again for a starved machine
REMOVED = "You were removed from this room"


async def test_who_is_muted_reads_so_in_the_field_until_they_are_unmuted(three):
    owner, guest, phone = three
    await owner.choose("Ben", "Mute")
    await expect(guest.field).to_be_disabled()
    await expect(guest.page.get_by_role("tabpanel", name="Chat")).to_contain_text("You are muted")
    await phone.tab("People")
    await expect(phone.person("Ben").get_by_role("img", name="muted")).to_be_visible()
    await (await owner.records("Muted")).get_by_role("button", name="Unmute").click()
    await expect(guest.field).to_be_enabled()
    await expect(phone.person("Ben").get_by_role("img", name="muted")).to_be_hidden()
    told = await owner.records("What happened")
    await expect(told.nth(0)).to_contain_text("Ben may chat again (by Ada)")
    await expect(told.nth(1)).to_contain_text("Ben is muted (by Ada)")


async def test_who_is_removed_sees_it_at_once_and_comes_back_when_let_in_again(three):
    owner, guest, phone = three
    await owner.choose("Ben", "Remove for 10 minutes")
    await expect(guest.page.get_by_role("heading", name=REMOVED)).to_be_visible(timeout=AT_ONCE)
    await phone.tab("People")
    await expect(phone.people).to_have_count(2)
    reply = await guest.page.reload()
    assert reply.status == 403
    await expect(guest.page.get_by_role("heading", name=REMOVED)).to_be_visible()
    kept_out = await owner.records("Removed and banned")
    await expect(kept_out).to_contain_text("Ben")
    await expect(kept_out).to_contain_text("Removed by Ada")
    await kept_out.get_by_role("button", name="Let in again").click()
    await expect(owner.page.get_by_text("Nobody is kept out.")).to_be_visible()
    await guest.page.get_by_role("link", name="Try again").click()
    await guest.button("Join").click()
    await guest.in_sync()
    await expect(phone.people).to_have_count(3)
    told = await owner.records("What happened")
    await expect(told.nth(0)).to_contain_text("Ben may come back (by Ada)")
    await expect(told.nth(1)).to_contain_text("Ben was removed for 10 minutes (by Ada)")


async def test_a_film_that_runs_stops_for_whoever_is_removed_and_for_nobody_else(three):
    owner, guest, phone = three
    await owner.button("Play").click()
    await guest.plays()
    await owner.choose("Ben", "Remove for 10 minutes")
    await guest.rests()
    shown = await phone.plays()
    await phone.plays(after=shown.time + 1)
    await expect(guest.page.get_by_role("link", name="Go to the home page").first).to_be_visible()


async def test_who_is_banned_stays_out_with_a_new_start_too_and_those_inside_stay_in(three, somebody):
    owner, guest, phone = three
    invite = await owner.invite()
    await owner.choose("Ben", "Ban")
    question = owner.page.get_by_role("dialog", name="Ban Ben?")
    await expect(question).to_contain_text("cannot come back")
    await question.get_by_role("button", name="Ban", exact=True).click()
    await expect(guest.page.get_by_role("heading", name=REMOVED)).to_be_visible(timeout=AT_ONCE)
    afresh = await somebody()
    reply = await afresh.page.goto(invite)
    assert reply.status == 403
    await expect(afresh.page.get_by_role("heading", name=REMOVED)).to_be_visible()
    await phone.page.reload()
    await phone.button("Join").tap()
    await phone.in_sync()
    await expect(await owner.records("Removed and banned")).to_contain_text("Banned by Ada")
    await expect((await owner.records("What happened")).first).to_contain_text("Ben was banned (by Ada)")


async def test_a_ban_is_thought_over(two):
    owner, guest = two
    await owner.choose("Ben", "Ban")
    await owner.button("Cancel").click()
    await expect(owner.page.get_by_role("dialog", name="Ban Ben?")).to_be_hidden()
    await expect(owner.people).to_have_count(2)
    await guest.in_sync()
    assert "ban" not in [message.get("kind") for message in owner.sent]


async def test_slow_mode_makes_guests_wait_and_the_host_not(two):
    owner, guest = two
    await owner.rule("Slow mode", "1 minute")
    await expect(guest.page.get_by_role("tabpanel", name="Chat")).to_contain_text("one message every 1 min")
    await guest.say("one")
    await guest.say("two")
    await expect(guest.chat).to_contain_text("Slow mode: wait")
    await owner.tab("Chat")
    await owner.say("three")
    await owner.say("four")
    await expect(guest.message("four")).to_be_visible()
    await expect(owner.message("two")).to_have_count(0)
    await expect((await owner.records("What happened")).first).to_contain_text(
        "Slow mode: a message every 60 seconds (by Ada)"
    )


async def test_a_locked_room_lets_nobody_new_in_and_those_who_were_here_come_back(two, somebody):
    owner, guest = two
    newcomer = await somebody()
    await owner.tab("Room")
    await owner.page.get_by_role("switch", name="Lock the room").check()
    await expect((await owner.records("What happened")).first).to_contain_text(
        "The room is locked: nobody new comes in (by Ada)"
    )
    invite = await owner.invite()
    reply = await newcomer.page.goto(invite)
    assert reply.status == 403
    await expect(newcomer.page.get_by_role("heading", name="This room is locked")).to_be_visible()
    await guest.page.reload()
    await guest.button("Join").click()
    await guest.in_sync()
    await owner.page.get_by_role("switch", name="Lock the room").uncheck()
    await expect((await owner.records("What happened")).first).to_contain_text("The room is open again (by Ada)")
    await newcomer.page.get_by_role("link", name="Try again").click()
    await newcomer.button("Join").click()
    await newcomer.in_sync()


async def test_the_chat_is_cleared_for_all_and_brought_back(three):
    owner, guest, phone = three
    await guest.say("Popcorn is ready")
    await expect(owner.message("Popcorn is ready")).to_be_visible()
    await owner.tab("Room")
    await owner.button("Clear the chat").click()
    await owner.button("Clear it").click()
    await expect(guest.message("Popcorn is ready")).to_have_count(0)
    await expect(phone.message("Popcorn is ready")).to_have_count(0)
    await owner.button("Bring it back").click()
    await expect(guest.message("Popcorn is ready")).to_be_visible()
    await expect(phone.message("Popcorn is ready")).to_be_visible()
    await expect(owner.button("Bring it back")).to_be_hidden()
    told = await owner.records("What happened")
    await expect(told.nth(0)).to_contain_text("Ada brought the chat back")
    await expect(told.nth(1)).to_contain_text("Ada cleared the chat")


async def test_a_helper_moderates_guests_and_neither_the_host_nor_other_helpers(three):
    owner, guest, phone = three
    await owner.choose("Ben", "Make helper")
    await guest.choose("Cleo", "Mute")
    await phone.tab("People")
    await expect(phone.person("Cleo").get_by_role("img", name="muted")).to_be_visible()
    await expect(guest.button("Options for Ada")).to_be_hidden()
    await owner.choose("Cleo", "Make helper")
    await expect(guest.button("Options for Cleo")).to_be_hidden()
    await guest.tab("Room")
    await expect(guest.page.get_by_role("heading", name="What happened")).to_be_visible()
    await expect(guest.page.get_by_role("heading", name="Invites")).to_be_hidden()
    await expect(phone.button("Options for Ben")).to_be_hidden()

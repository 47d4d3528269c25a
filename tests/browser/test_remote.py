"""Who may control the film: the modes, asking for the remote, getting it, and taking a jump back."""

import asyncio

import pytest
from playwright.async_api import expect

ACTS = {
    "the button": lambda guest: guest.button("Play").click(),
    "a seek": lambda guest: guest.seek(50),
    "a key": lambda guest: guest.page.keyboard.press("k"),
    "the film": lambda guest: guest.stage.click(position={"x": 200, "y": 150}),
    "the speed": lambda guest: guest.page.get_by_label("Speed, for everyone").select_option("2"),
}


@pytest.fixture
async def ruled(two):
    """Only the host may control the film."""
    owner, guest = two
    await owner.control("Host only")
    await guest.tab("Room")
    await expect(guest.rules.first).to_have_text("Only the host may control the film.")
    await guest.tab("Chat")
    return owner, guest


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
async def test_what_a_guest_without_the_remote_does_changes_nothing_and_is_explained(ruled, act):
    owner, guest = ruled
    await act(guest)
    await guest.sees("The host has the remote.")
    await expect(guest.button("Ask for it")).to_be_visible()
    await guest.rests(near=0)
    await expect(guest.page.get_by_label("Speed, for everyone")).to_have_value("1")
    await owner.rests(near=0)
    assert guest.ops() == []
    assert owner.states() == [1]


async def test_a_guest_asks_gets_the_remote_for_now_and_it_is_taken_back(ruled):
    owner, guest = ruled
    await guest.button("Play").click()
    await guest.button("Ask for it").click()
    await guest.sees("Asked. Waiting for an answer…")
    await owner.sees("Ben asks for the remote")
    await owner.button("For now").click()
    await guest.sees("You have the remote.")
    await guest.button("Play").click()
    await asyncio.gather(owner.plays(), guest.plays())
    await owner.choose("Ben", "Take the remote back")
    await guest.sees("The remote was taken back.")
    await guest.button("Pause").click()
    await guest.sees("The host has the remote.")
    await guest.plays()
    assert guest.ops() == ["play"]


async def test_the_whole_way_of_the_remote_goes_by_keyboard(ruled):
    owner, guest = ruled
    await guest.page.keyboard.press("k")
    await guest.button("Ask for it").focus()
    await guest.page.keyboard.press("Enter")
    await guest.sees("Asked. Waiting for an answer…")
    await owner.sees("Ben asks for the remote")
    await owner.button("For good").focus()
    await owner.page.keyboard.press("Enter")
    await guest.sees("You have the remote.")
    await guest.page.keyboard.press("k")
    await owner.plays()
    await owner.page.get_by_role("tab", name="Room").focus()
    await owner.page.keyboard.press("ArrowLeft")
    await owner.button("Options for Ben").focus()
    await owner.page.keyboard.press("Enter")
    await expect(owner.page.get_by_role("menuitem", name="Take the remote back")).to_be_focused()
    await owner.page.keyboard.press("ArrowDown")
    await expect(owner.page.get_by_role("menuitem", name="Make helper")).to_be_focused()
    await owner.page.keyboard.press("Home")
    await owner.page.keyboard.press("Enter")
    await guest.sees("The remote was taken back.")
    await expect(owner.button("Options for Ben")).to_be_focused()
    assert owner.ops() == []  # the arrows moved the focus, not the film


async def test_who_asks_while_the_line_is_down_has_asked_when_it_is_back(live, ruled):
    owner, guest = ruled
    await guest.button("Play").click()
    live.prefer(1)
    live.kill_worker(1)
    live.proxy.freeze()
    try:
        await guest.button("Ask for it").click()
        await guest.sees("Asked. Waiting for an answer…")
    finally:
        live.restart_worker(1)
        live.proxy.thaw()
    await owner.sees("Ben asks for the remote")
    await owner.button("For now").click()
    await guest.sees("You have the remote.")


async def test_an_asking_that_is_refused_changes_nothing(ruled):
    owner, guest = ruled
    await guest.button("Play").click()
    await guest.button("Ask for it").click()
    await owner.tab("People")
    await expect(owner.person("Ben").get_by_role("img", name="asks for the remote")).to_be_visible()
    await owner.button("No").click()
    await expect(owner.person("Ben").get_by_role("img", name="asks for the remote")).to_be_hidden()
    await expect(owner.stage.get_by_text("Ben asks for the remote")).to_be_hidden()
    await guest.button("Play").click()
    await guest.rests(near=0)
    assert guest.ops() == []


async def test_host_and_helpers_lets_a_helper_play_and_nobody_else(three):
    owner, guest, phone = three
    await owner.control("Host and helpers")
    await owner.choose("Ben", "Make helper")
    await phone.tab("People")
    await expect(phone.person("Ben").get_by_role("img", name="helper")).to_be_visible()
    await phone.button("Play").tap()
    await phone.sees("Ada and the helpers have the remote.")
    await guest.button("Play").click()
    await asyncio.gather(owner.plays(), phone.plays())
    await owner.choose("Ben", "No longer helper")
    await expect(phone.person("Ben").get_by_role("img", name="helper")).to_be_hidden()
    await guest.button("Pause").click()
    await expect(guest.button("Ask for it")).to_be_visible()
    assert (guest.ops(), phone.ops()) == (["play"], [])


async def test_a_phone_asks_and_gets_the_remote(three):
    owner, _, phone = three
    await owner.control("Host only")
    await phone.button("Play").tap()
    await phone.button("Ask for it").tap()
    await owner.button("For now").click()
    await phone.sees("You have the remote.")
    await phone.button("Play").tap()
    await asyncio.gather(owner.plays(), phone.plays())


async def test_who_may_not_chat_reads_why(two):
    owner, guest = two
    await expect(guest.field).to_be_enabled()
    await owner.rule("Who may chat", "Host only")
    await expect(guest.field).to_be_disabled()
    await expect(guest.page.get_by_role("tabpanel", name="Chat")).to_contain_text("Only the host chats here")
    await owner.rule("Who may chat", "Everyone")
    await expect(guest.field).to_be_enabled()


async def test_guests_read_the_rules_as_sentences(two):
    owner, guest = two
    await owner.control("Host and helpers")
    await owner.rule("Who may chat", "Host only")
    await owner.rule("Slow mode", "30 seconds")
    await owner.rule("Waiting for slow viewers", "Until everyone is ready")
    await guest.tab("Room")
    await expect(guest.rules).to_have_text(
        [
            "The host and the helpers may control the film.",
            "Everyone may add to the queue.",
            "The queue plays in its order.",
            "Videos that play for nobody are not skipped by themselves.",
            "Only the host may chat.",
            "Slow mode: one message every 30 s.",
            "The film waits until everyone is ready.",
            "Everyone with an invite comes in.",
        ]
    )
    await expect(guest.page.get_by_label("Who may chat", exact=True)).to_be_hidden()
    await expect(guest.button("Ready check")).to_be_hidden()


async def test_a_jump_is_taken_back_for_all_by_anybody_who_may(two):
    owner, guest = two
    await owner.seek(80)
    await guest.rests(near=80)
    await guest.sees("Ada jumped to 1:20")
    await owner.sees("You jumped to 1:20")
    await guest.button("Undo").click()
    await asyncio.gather(owner.rests(near=0), guest.rests(near=0))
    await expect(owner.button("Undo")).to_be_hidden()
    await owner.sees("Ben went back to 0:00")


async def test_a_jump_of_a_running_film_goes_back_to_where_it_was(two):
    owner, guest = two
    await owner.button("Play").click()
    before = await guest.plays(after=2)
    await guest.seek(90)
    await owner.plays(after=90)
    await owner.button("Undo").click()
    await guest.sees("Ada went back to 0:0")
    assert before.time < (await guest.plays(after=before.time)).time < 60


async def test_who_may_not_jump_is_offered_no_undo(ruled):
    owner, guest = ruled
    await owner.seek(80)
    await guest.rests(near=80)
    await guest.sees("jumped to 1:20")
    await expect(owner.button("Undo")).to_be_visible()
    await expect(guest.button("Undo")).to_be_hidden()

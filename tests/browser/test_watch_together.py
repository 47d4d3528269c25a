"""Two people, two browsers, two workers, one film."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.browser.window import FRAME, apart

LENGTH = 120  # seconds
TOGETHER = 0.25  # seconds: on a starved machine; benchmarks/sync measures how near it really is


@pytest.fixture
async def two(live, films, owner, guest):
    """The owner on the first worker, the guest, who came by the invite, on the second; the film rests at 0."""
    live.prefer(0)
    await owner.open(films.url(LENGTH))
    live.prefer(1)
    await guest.join(await owner.invite())
    return owner, guest


async def together(*windows) -> None:
    """Wait until all run and none is ahead."""
    for window in windows:
        await window.plays()
    async with asyncio.timeout(15):
        while await apart(*windows) > TOGETHER:
            await asyncio.sleep(0.05)


async def test_a_guest_joins_by_invite_and_lands_on_the_owners_position(live, films, owner, guest):
    live.prefer(0)
    await owner.open(films.url(LENGTH))
    await owner.button("Play").click()
    await owner.seek(40)
    await owner.plays(after=40)
    live.prefer(1)
    await guest.join(await owner.invite())
    await guest.plays(after=40)
    await together(owner, guest)


async def test_the_guest_pauses_and_the_owner_rests_on_the_same_frame(two):
    owner, guest = two
    await owner.button("Play").click()
    await together(owner, guest)
    await guest.button("Pause").click()
    theirs, ours = await guest.rests(), await owner.rests()
    assert abs(theirs.time - ours.time) < FRAME / 2
    await expect(owner.page.get_by_role("log", name="What happened")).to_contain_text("paused")


async def test_the_owner_seeks_and_both_go_on_from_there_together(two):
    owner, guest = two
    await owner.button("Play").click()
    await together(owner, guest)
    await owner.seek(80)
    await guest.plays(after=80)
    await owner.plays(after=80)
    await together(owner, guest)


async def test_a_seek_in_pause_shows_both_the_same_frame(two):
    owner, guest = two
    await guest.seek(33.3)
    assert abs((await owner.rests(near=33.3)).time - (await guest.rests(near=33.3)).time) < FRAME / 2


async def test_speed_is_for_everyone(two):
    owner, guest = two
    await owner.page.get_by_label("Speed, for everyone").select_option("1.5")
    await expect(guest.page.get_by_label("Speed, for everyone")).to_have_value("1.5")
    await guest.button("Play").click()
    await together(owner, guest)


async def test_one_pause_is_one_op_and_one_version(two):
    owner, guest = two
    await owner.button("Play").click()
    await together(owner, guest)
    await guest.button("Pause").click()
    await asyncio.gather(owner.rests(), guest.rests())
    assert (owner.ops(), guest.ops()) == (["play"], ["pause"])
    assert owner.states()[-1] == guest.states()[-1] == 3
    assert owner.states().count(3) == guest.states().count(3) == 1


async def test_what_a_player_does_by_itself_is_no_act_of_a_person(two):
    """Seeks, starts, corrections and stalls of the players make no ops: the invariant against echoes."""
    owner, guest = two
    await owner.button("Play").click()
    await together(owner, guest)
    await owner.seek(60)
    await guest.plays(after=60)
    await guest.page.evaluate("document.querySelector('video').playbackRate = 0.5")
    await guest.page.wait_for_function("document.querySelector('video').playbackRate === 1")
    await together(owner, guest)
    assert (owner.ops(), guest.ops()) == (["play", "seek"], [])


@pytest.mark.parametrize(
    ("key", "kind", "told"),
    [
        ("k", "play", "pressed play"),
        (" ", "play", "pressed play"),
        ("l", "seek", "jumped to 0:10"),
        ("ArrowRight", "seek", "jumped to 0:05"),
    ],
)
async def test_keys_act_for_everyone(two, key, kind, told):
    owner, guest = two
    await guest.page.keyboard.press(key)
    await expect(owner.page.get_by_role("region", name="Film")).to_contain_text(told)
    assert guest.ops() == [kind]


async def test_a_room_whose_owner_closed_the_tab_comes_back_paused_at_its_position(films, owner, somebody):
    await owner.open(films.url(LENGTH))
    await owner.button("Play").click()
    await owner.seek(50)
    left = await owner.plays(after=50.5)
    room = owner.page.url
    await owner.page.close()
    owner.page = await owner.page.context.new_page()
    await owner.page.goto(room)
    back = await owner.rests(near=left.time, within=3)
    assert back.time >= left.time - 0.5
    await expect(owner.page.get_by_role("button", name="Resume at 0:5")).to_be_visible()


async def test_when_all_end_the_film_rests_at_its_end_and_play_starts_it_over(two):
    owner, guest = two
    await owner.seek(LENGTH - 1)
    await guest.rests(near=LENGTH - 1)
    await owner.button("Play").click()
    await asyncio.gather(owner.rests(near=LENGTH), guest.rests(near=LENGTH))
    await expect(guest.button("Play")).to_be_visible()
    await guest.button("Play").click()
    await asyncio.gather(owner.plays(), guest.plays())
    assert (await owner.film()).time < LENGTH / 2


async def test_who_may_not_play_sound_gets_the_film_muted_and_a_big_unmute(films, owner, guest):
    await owner.open(films.url(LENGTH))
    await guest.join(await owner.invite())
    await owner.button("Play").click()
    await guest.plays()
    room = owner.page.url
    owner.page = await owner.page.context.new_page()  # in which nobody has pressed anything yet
    await owner.page.goto(room)
    assert (await owner.plays()).muted
    await owner.button("Unmute").click()
    await expect(owner.button("Unmute")).to_be_hidden()
    assert not (await owner.film()).muted
    await together(owner, guest)

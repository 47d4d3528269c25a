"""When the upkeep does what."""

import asyncio

import pytest

from rooms import broadcast
from rooms.services import chores, upkeep


@pytest.mark.parametrize(
    ("due", "now", "expected"),
    [
        (10.0, 10.0, 11.0),  # on time
        (10.0, 10.2, 11.0),  # a little late: the rhythm is kept
        (10.0, 15.0, 15.0),  # far too late: at once again, and not once for each that was missed
        (10.0, 9.5, 10.5),  # woken early: a period from now
    ],
)
def test_a_chore_is_due_again_within_a_period(due, now, expected):
    assert upkeep.following(due, 1.0, now) == expected


def test_however_often_a_chore_is_done_early_it_is_never_put_off():
    due = 0.25
    for step in range(1000):
        due = upkeep.following(due, 0.25, step / 100)
        assert due <= step / 100 + 0.25


async def test_what_comes_up_while_the_upkeep_works_is_looked_at_at_once(store, monkeypatch):
    here, looks = broadcast.local(), []

    async def look(rooms):
        looks.append(len(looks))
        if len(looks) == 1:
            here.wake.set()  # while this very round is at work

    monkeypatch.setattr(upkeep, "EVERY", {look: 3600.0})
    monkeypatch.setattr(chores, "URGENT", {look})
    running = asyncio.create_task(upkeep._run())
    here.wake.set()
    async with asyncio.timeout(5):
        while len(looks) < 2:
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.wait({running})
    assert running.cancelled()

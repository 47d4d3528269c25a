"""The hub: newest state wins, newcomers miss nothing, a broken line keeps nothing from the others."""

import asyncio

from rooms.domain.playback import By, Playback
from rooms.domain.presence import Person, Roster
from rooms.hub import LocalRoom, Viewer, send


class RecordingLine:
    """A line that keeps what is written to it."""

    def __init__(self):
        self.frames, self.dropped = [], False

    def write(self, frame):
        self.frames.append(frame)

    def drop(self):
        self.dropped = True


class BrokenLine(RecordingLine):
    def write(self, frame):
        raise RuntimeError("the transport is in a state that nobody foresaw")


def viewer(line=None, ready=True):
    return Viewer(line or RecordingLine(), 1, 7, "family", "m", ready=ready)


async def settled(room):
    await (room._flushing or asyncio.sleep(0))


async def test_a_state_reaches_every_viewer_that_is_ready():
    ready, new = viewer(), viewer(ready=False)
    room = LocalRoom(1, {ready, new})
    room.show("e", Playback("e1", v=1), b"one")
    await settled(room)
    assert (ready.line.frames, new.line.frames) == ([b"one"], [])


async def test_an_old_or_equal_version_is_not_shown_again():
    someone = viewer()
    room = LocalRoom(1, {someone})
    room.show("e", Playback("e1", v=2), b"two")
    room.show("e", Playback("e1", v=2), b"two again")
    room.show("e", Playback("e1", v=1), b"one")
    await settled(room)
    assert someone.line.frames == [b"two"]


async def test_of_a_burst_the_first_and_the_newest_are_shown():
    someone = viewer()
    room = LocalRoom(1, {someone})
    room.show("e", Playback("e1", v=1), b"one")
    await asyncio.sleep(0)
    room.show("e", Playback("e1", v=2), b"two")
    room.show("e", Playback("e1", v=3), b"three")
    await settled(room)
    assert someone.line.frames == [b"one", b"three"]


async def test_a_new_epoch_is_shown_whatever_its_version():
    someone = viewer()
    room = LocalRoom(1, {someone}, epoch="old", playback=Playback("e1", v=9), state=b"nine")
    room.show("new", Playback("e1", v=1), b"one")
    await settled(room)
    assert someone.line.frames == [b"one"]


async def test_a_first_reading_is_for_newcomers_and_a_later_one_that_is_ahead_for_all():
    someone = viewer()
    room = LocalRoom(1, {someone})
    room.adopt("e", Playback("e1", v=3), b"three")
    room.adopt("e", Playback("e1", v=2), b"two")
    await asyncio.sleep(0)
    assert (room.state, someone.line.frames) == (b"three", [])
    room.adopt("e", Playback("e1", v=4), b"four")
    await settled(room)
    assert someone.line.frames == [b"four"]


async def test_what_is_said_at_once_goes_out_as_one_write_and_in_order():
    someone = viewer()
    room = LocalRoom(1, {someone})
    for frame in (b"one", b"two", b"three"):
        room.say(frame)
    await room._saying
    room.say(b"four")
    await room._saying
    assert someone.line.frames == [b"onetwothree", b"four"]


async def test_a_broken_line_is_dropped_and_the_others_are_served():
    broken, others = viewer(BrokenLine()), [viewer() for _ in range(5)]
    await send([broken, *others], b"frame")
    assert broken.line.dropped
    assert all(other.line.frames == [b"frame"] for other in others)


FILLED = {"from": 0, "v": 1, "skips": 0, "del": [], "put": [(0, {"id": "e1"}), (1, {"id": "e2"})], "order": None}


def roster(**states):
    return Roster(
        len(states), tuple(Person(place, name, "red", state) for place, (name, state) in enumerate(states.items()))
    )


def goes_on(v, entry, was):
    return Playback(entry, v=v, by=By(7, "op", "play", entry=was, was=41.0))


async def test_who_was_here_while_an_entry_was_on_was_company_though_they_left_before_its_end():
    room = LocalRoom(1, {viewer()}, epoch="e", playback=Playback("e1", v=1))
    room.queue.hear(FILLED)
    room.sees(roster(Ada="ready", Ben="muted", Cleo="joining"))
    room.sees(roster(Ada="ready"))
    room.show("e", goes_on(2, "e2", "e1"), b"two")
    assert [(one.row["id"], one.position, dict(one.company)) for one in room.passed] == [
        ("e1", 41.0, {0: "Ada", 1: "Ben"})
    ]
    room.show("e", goes_on(3, "e3", "e2"), b"three")
    assert room.passed[1].company == {0: "Ada"}
    await settled(room)


async def test_an_entry_that_was_removed_while_it_was_on_was_watched_too():
    room = LocalRoom(1, {viewer()}, epoch="e", playback=Playback("e1", v=1))
    room.queue.hear(FILLED)
    room.queue.hear({"from": 1, "v": 2, "skips": 0, "del": ["e1"], "put": [], "order": None})
    room.show("e", goes_on(2, "e2", "e1"), b"two")
    assert [one.row["id"] for one in room.passed] == ["e1"]
    await settled(room)

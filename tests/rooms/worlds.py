"""Rooms as values, for the tests of rules."""

from dataclasses import replace

from rooms.domain.door import Invite
from rooms.domain.playback import Playback
from rooms.domain.room import Entry, Room
from rooms.domain.rules import Rules

NOW = 1_000_000.0  # ms
HOST, HELPER, VIEWER, OTHER = 1, 2, 3, 4
ENTRY = Entry("e1", "file", "https://media.example/film.mp4", "A film", duration=100.0)


def room(playback: Playback | None = None, **rules) -> Room:
    """A room of HOST's with HELPER as helper; its film plays, 10 s in at NOW."""
    running = playback or Playback("e1", v=5, pos=10.0, playing=True, t=NOW)
    return Room(
        7,
        HOST,
        0.0,
        "epoch",
        Invite("hash", "nonce"),
        (ENTRY,),
        running,
        rules=Rules(**{"helpers": (HELPER,), **rules}),
    )


def with_hold(of: Room, hold) -> Room:
    """The room, waiting."""
    return replace(of, playback=replace(of.playback, hold=hold))

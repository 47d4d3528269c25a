"""Queues as values, for the tests of their rules."""

from dataclasses import replace

import pytest

from rooms.domain.errors import Refused
from rooms.domain.queue_acts import QueueAct, apply
from rooms.domain.room import Entry, Room
from tests.rooms.worlds import HOST, NOW, VIEWER, room

AHEAD = 200.0  # ms
END = NOW + 90_000  # the film of `worlds` has come to its end


def entry(name: str, by: int = VIEWER, **fields) -> Entry:
    """A film of a minute that VIEWER added."""
    ref = f"https://media.example/{name}.mp4"
    return Entry(name, "file", ref, f"Film {name}", **{"duration": 60.0, "by": by, **fields})


def queued(*names: str, **rules) -> Room:
    """A room whose e1 plays, with more entries below it."""
    of = room(**rules)
    return replace(of, queue=(*of.queue, *(entry(name) for name in names)))


def do(of: Room, kind: str, user: int = HOST, now: float = NOW, op: str = "op-00001", **fields) -> Room:
    """The room after an act on its queue."""
    return apply(of, QueueAct(kind, user, op, **fields), now, AHEAD)


def refusal(of: Room, kind: str, **fields) -> str:
    """Why an act is refused."""
    with pytest.raises(Refused) as caught:
        do(of, kind, **fields)
    return caught.value.reason


def ids(of: Room) -> list[str]:
    """The entries in their order."""
    return [one.id for one in of.queue]

"""What people watched, for their histories: noted when they leave, and when their room goes on to another entry."""

from collections import defaultdict

from rooms.domain.library import Seen
from rooms.domain.playback import position_at
from rooms.domain.presence import JOINING
from rooms.hub import LocalRoom, Passed, Viewer
from rooms.services import library
from wewatch.clock import clock

GLANCE = 1.0  # seconds of a film that are no watching yet


async def left(room: LocalRoom | None, viewer: Viewer) -> None:
    """A viewer leaves a room, which this process may forget with the last one."""
    if room is None or room.playback is None:
        return
    await went_on(room)
    row = room.queue.row(room.playback.entry)
    if row:
        position = position_at(room.playback, clock().now(), row["duration"])
        await _note(room, Passed(row, position, (viewer,), room.company))


async def went_on(room: LocalRoom) -> None:
    """A room went on from the entries in its `passed` to others: those who were here have watched them."""
    passed, room.passed = room.passed, []
    for one in passed:
        await _note(room, one)


async def _note(room: LocalRoom, passed: Passed) -> None:
    if passed.position < GLANCE:
        return
    came = defaultdict(set)
    for viewer in passed.viewers:
        if viewer.state != JOINING:
            came[viewer.key_hash].add(viewer.user)
    facts = {name: passed.row[name] for name in ("source", "ref", "title", "duration")}
    for via, users in came.items():
        seen = Seen(
            room.id, passed.row["id"], **facts,
            position=passed.position, people=passed.company, count=room.roster.count, via=via,
        )  # fmt: skip
        await library.watched(users, seen)

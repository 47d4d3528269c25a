"""What one process knows of a room's queue: the rows that its viewers see, and their version.

Beside the hub: no Redis here. Changes of the channel layer come in, frames for the viewers go out.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from rooms import protocol
from rooms.domain.delta import Delta, Row, applied, difference
from rooms.domain.room import Room
from wewatch.line import text_frame


@dataclass(slots=True)
class QueueFeed:
    """The queue of one room in this process; `frame` is what a newcomer gets, built once for many."""

    v: int = 0
    skips: int = 0
    rows: list[Row] = field(default_factory=list)
    stale: bool = False  # the store went back in time: versions say nothing about what is here
    _frame: bytes = b""
    _before: list[Row] = field(default_factory=list)  # the rows until the last change

    def adopt(self, room: Room) -> bytes:
        """Take a reading of the store into account; returns the frame that brings viewers up to it, b'' for none."""
        if room.queue_v == self.v and not self.stale:
            return b""
        rows = protocol.rows(room)
        delta, before = difference(self.rows, rows), self.v
        self.v, self.skips, self._before, self.rows, self._frame = room.queue_v, len(room.skips), self.rows, rows, b""
        if self.stale:
            self.stale = False
            return self.frame()
        return _queued(change(before, room, delta)) if before else b""

    def hear(self, told: dict[str, Any]) -> tuple[bytes, bool]:
        """Take a change that was published; returns (frame for all viewers, whether one before it was missed)."""
        if told["v"] <= self.v:
            return b"", False
        if told["from"] != self.v:
            return b"", True
        self._before = self.rows
        self.rows = applied(self.rows, Delta(tuple(told["del"]), tuple(map(tuple, told["put"])), told["order"]))
        self.v, self.skips, self._frame = told["v"], told["skips"], b""
        return _queued(told), False

    def frame(self) -> bytes:
        """The whole queue as a frame."""
        if not self._frame:
            self._frame = text_frame(protocol.dump("queue", v=self.v, skips=self.skips, entries=self.rows))
        return self._frame

    def row(self, entry_id: str) -> Row | None:
        """An entry's row, or None."""
        return next((row for row in self.rows if row["id"] == entry_id), None)

    def late_row(self, entry_id: str) -> Row | None:
        """The same, also of an entry that the last change took out."""
        return self.row(entry_id) or next((row for row in self._before if row["id"] == entry_id), None)


def change(before: int, room: Room, delta: Delta | None) -> dict[str, Any]:
    """What is published of a change from the version `before` on, in the fields of `queued`."""
    plain = asdict(delta or Delta())
    fields = {"from": before, "v": room.queue_v, "skips": len(room.skips)}
    return fields | {"del": plain["gone"], "put": plain["put"], "order": plain["order"]}


def _queued(told: dict[str, Any]) -> bytes:
    return text_frame(protocol.dump("queued", **told))

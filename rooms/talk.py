"""What one process knows of a room's chat: the newest messages and log items, who types, what floats.

Beside the hub: no Redis here. Events of the channel layer come in, frames for the viewers go out.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from rooms.domain.chat import MESSAGES, PAGE
from rooms.protocol import dump
from wewatch.line import text_frame

LOG = 50  # log items in a snapshot
TYPING = 4.0  # seconds that somebody types after the last sign of it
NAMES = 3  # people who are shown typing
FLOATS = 12  # reactions in one frame


@dataclass(slots=True)
class Snapshot:
    """A reading of the store: the chat's version, the oldest number, the newest messages and log items, in order."""

    v: int
    first: int
    items: list[dict[str, Any]]
    log: list[dict[str, Any]]


@dataclass(slots=True)
class Talk:
    """The chat of one room in this process; `frame` is what a newcomer gets, built once for many."""

    v: int = 0
    first: int = 1
    items: dict[int, dict[str, Any]] = field(default_factory=dict)
    log: deque = field(default_factory=lambda: deque(maxlen=LOG))
    typing: dict[int, tuple[str, float | None]] = field(default_factory=dict)  # user: (name, until)
    floats: list[list] = field(default_factory=list)
    _shown: list[list] = field(default_factory=list)  # who was told to be typing
    _frame: bytes = b""

    def adopt(self, seen: Snapshot) -> None:
        """Take a reading of the store as what is."""
        self.v, self.first = seen.v, seen.first
        self.items = {item["n"]: item for item in seen.items}
        self.log = deque(seen.log, maxlen=LOG)
        self._frame = b""

    def frame(self) -> bytes:
        """The snapshot as a frame."""
        if not self._frame:
            items = [self.items[n] for n in sorted(self.items)]
            self._frame = text_frame(dump("chat", v=self.v, first=self.first, items=items, log=list(self.log)))
        return self._frame

    def hear(self, event: dict[str, Any]) -> tuple[list[bytes], bool]:
        """Take an event; returns (frames for all viewers, whether one before it was missed)."""
        kind = event["kind"]
        if kind == "typing":
            self.typing[event["user"]] = (event["name"], None)
        elif kind == "float":
            self.floats = [*self.floats, [event["user"], event["emoji"]]][-FLOATS:]
        elif kind == "log":
            self.note(event["item"])
            return [text_frame(dump("log", item=event["item"]))], False
        elif event["v"] > self.v:
            return self._changed(event)
        return [], False

    def lively(self, now: float) -> list[bytes]:
        """The frames about who types and what floats, since the last call; `now` in seconds of a steady clock."""
        fresh = ((user, name, now + TYPING if until is None else until) for user, (name, until) in self.typing.items())
        self.typing = {user: (name, until) for user, name, until in fresh if until > now}
        people = [[user, name] for user, (name, _) in self.typing.items()][:NAMES]
        frames = []
        if people != self._shown:
            self._shown = people
            frames.append(text_frame(dump("typing", people=people)))
        if self.floats:
            frames.append(text_frame(dump("float", items=self.floats)))
            self.floats = []
        return frames

    def note(self, item: dict[str, Any]) -> None:
        """Keep an item of the log for newcomers."""
        self.log.append(item)
        self._frame = b""

    def _changed(self, event: dict[str, Any]) -> tuple[list[bytes], bool]:
        if event["v"] > self.v + 1:
            return [], True
        self.v, self._frame = event["v"], b""
        return self._hidden(event["cleared"]) if event["kind"] == "clear" else self._said(event["item"])

    def _hidden(self, cleared: int) -> tuple[list[bytes], bool]:
        again = cleared < self.first - 1  # what is shown again stands in the store
        self.first = cleared + 1
        self.items = {n: item for n, item in self.items.items() if n > cleared}
        return [text_frame(dump("clear", v=self.v, cleared=cleared))], again

    def _said(self, item: dict[str, Any]) -> tuple[list[bytes], bool]:
        if item["n"] in self.items or item["n"] > max(self.items, default=0):
            self.items[item["n"]] = item
        while len(self.items) > PAGE:
            del self.items[min(self.items)]
        self.first = max(self.first, item["n"] - MESSAGES + 1)
        return [text_frame(dump("msg", v=self.v, item=item))], False

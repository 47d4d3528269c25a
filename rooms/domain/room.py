"""A room and the entries of its queue, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rooms.domain.door import Door, Invite
from rooms.domain.playback import Playback
from rooms.domain.rules import Rules

ROOMS_A_USER = 500
TITLE_LENGTH = 200
# Why a player does not play something, in one word.
FAULTS = (
    *("not-found", "forbidden", "unreachable", "format", "decode", "network", "unplayable", "insecure"),
    *("embedding", "referrer", "player"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One video in a room's queue. `ref` is a URL (file) or an id (youtube); times in seconds.

    `by` and `who` are the id and name of the person who added it, `votes` the people who want it next, `fault` why
    it plays for nobody who is here ('' while it does).
    """

    id: str
    source: str
    ref: str
    title: str
    duration: float | None = None
    live: bool = False
    start: float = 0.0
    known: bool = False  # a viewer's player has told title and duration
    by: int = 0
    who: str = ""
    votes: tuple[int, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out of a queue last, with the place of each entry, by whom and when (server ms)."""

    by: int
    t: float
    entries: tuple[tuple[int, Entry], ...]


@dataclass(frozen=True, slots=True)
class Room:
    """What a user made by adding a video; `created` in server ms, `ops` the op ids that were applied last.

    The entry that plays stands in the queue: what is above it was played, what is below it comes next. `queue_v` grows
    by one with each change of the queue; `skips` are the people who vote to skip what plays.
    `waits`: when the room waited for whom, by user, in server ms. `closed`: the staff of the site lets nobody in.
    """

    id: int
    owner: int
    created: float
    epoch: str
    invite: Invite
    queue: tuple[Entry, ...]
    playback: Playback
    ops: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules)
    door: Door = field(default_factory=Door)
    waits: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
    queue_v: int = 1
    skips: tuple[int, ...] = ()
    removed: Removed | None = None
    closed: bool = False

    @property
    def current(self) -> Entry:
        """The entry that plays."""
        return next(entry for entry in self.queue if entry.id == self.playback.entry)

    @property
    def title(self) -> str:
        """The room is called as the film that it shows."""
        return self.current.title


def learn(entry: Entry, duration: float | None, live: bool, title: str | None) -> Entry | None:
    """The entry with what a player found out about it; None where that is known already or says nothing."""
    if entry.known or (duration is None and not live):
        return None
    named = title if title and entry.source != "file" else entry.title
    return replace(entry, duration=None if live else duration, live=live, title=named, known=True)

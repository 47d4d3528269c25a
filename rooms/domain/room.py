"""A room and the entries of its queue, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rooms.domain import playback as playback_rules
from rooms.domain.door import Door, Invite
from rooms.domain.playback import By, Playback, position_at
from rooms.domain.rules import Rules

ROOMS_A_USER = 500
TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One video in a room's queue. `ref` is a URL (file) or an id (youtube); times in seconds."""

    id: str
    source: str
    ref: str
    title: str
    duration: float | None = None
    live: bool = False
    start: float = 0.0
    known: bool = False  # a viewer's player has told title and duration


@dataclass(frozen=True, slots=True)
class Room:
    """What a user made by adding a video; `created` in server ms, `ops` the op ids that were applied last.

    `waits`: when the room waited for whom, by user, in server ms.
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

    @property
    def current(self) -> Entry:
        """The entry that plays."""
        return next(entry for entry in self.queue if entry.id == self.playback.entry)

    @property
    def title(self) -> str:
        """The room is called as the film that it shows."""
        return self.current.title


def change_video(room: Room, entry: Entry, user: int, op: str, now: float, ahead: float) -> Room:
    """The room with another video; the one before stays in the queue for an undo."""
    was = round(position_at(room.playback, now, room.current.duration), 3)
    by = By(user, op, "video", was, room.playback.entry)
    playback = playback_rules.change_video(room.playback, entry.id, entry.start, by, now, ahead)
    return replace(room, queue=(room.current, entry), playback=playback)


def learn(entry: Entry, duration: float | None, live: bool, title: str | None) -> Entry | None:
    """The entry with what a player found out about it; None where that is known already or says nothing."""
    if entry.known or (duration is None and not live):
        return None
    named = title if title and entry.source != "file" else entry.title
    return replace(entry, duration=None if live else duration, live=live, title=named, known=True)

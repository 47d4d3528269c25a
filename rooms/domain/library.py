"""Saved videos and what was watched, as values; how titles are searched, and when a film counts as seen."""

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rooms.domain.playback import LONGEST
from rooms.domain.room import TITLE_LENGTH
from rooms.domain.sources import Video, link_of
from wewatch.text import clean

SAVED = 50_000  # videos on each shelf
WATCHED = 50_000  # rows of the history; the oldest gives way
PAGE = 24  # rows
PAGES = 10_000
QUERY, WORDS = 100, 8  # characters and words of a search
SORTS = ("new", "old", "title")
STARTED = 10.0  # seconds from which a film counts as begun
END, END_MOST = 0.05, 300.0  # the share of a film, and the seconds at most, that are credits
NAMED = 5  # people that a row of the history names


@dataclass(frozen=True, slots=True)
class Saved:
    """A video that somebody keeps; `duration` in seconds, None where nobody knows it yet."""

    source: str
    ref: str
    title: str
    duration: float | None = None

    @property
    def id(self) -> str:
        """The same for the same video."""
        return f"{self.source}:{self.ref}"

    @property
    def link(self) -> str:
        """The link that leads to it."""
        return link_of(self.source, self.ref)


@dataclass(frozen=True, slots=True)
class Seen:
    """What happened in a room: an entry was watched up to `position` (seconds).

    `people` are the names of who was there, by user, as many as are known; `count` how many in all. `via` is the
    hash of the invite key by which the user came, '' for the owner.
    """

    room: int
    entry: str
    source: str
    ref: str
    title: str
    duration: float | None
    position: float
    people: Mapping[int, str]
    count: int
    via: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """A row of somebody's history: what, how far, and with whom: the names of some, and how many others in all."""

    room: int
    entry: str
    source: str
    ref: str
    title: str
    duration: float | None
    position: float
    names: tuple[str, ...]
    others: int
    via: str = ""

    @property
    def id(self) -> str:
        """The same for the same entry of the same room."""
        return f"{self.source}:{self.room}:{self.entry}"

    @property
    def link(self) -> str:
        """The link that leads to the video."""
        return link_of(self.source, self.ref)

    @property
    def done(self) -> bool:
        """Whether only the credits were left."""
        left = math.inf if self.duration is None else self.duration - self.position
        return self.duration is not None and left <= min(END * self.duration, END_MOST)

    @property
    def unfinished(self) -> bool:
        """Whether it was begun and is worth going on with."""
        return self.position >= STARTED and not self.done


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a list: words that titles must have, a source or '', an order, a page from 1."""

    words: tuple[str, ...] = ()
    source: str = ""
    sort: str = "new"
    page: int = 1

    @property
    def filtered(self) -> bool:
        """Whether it leaves something out."""
        return bool(self.words or self.source)


def look(q: str = "", source: str = "", sort: str = "", page: str = "") -> Look:
    """The look that an address asks for; what makes no sense in it counts as not asked."""
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Look(
        words=tuple(normalised(q[:QUERY]).split()[:WORDS]),
        source=source if source.isascii() and source.isalnum() and len(source) <= 20 else "",
        sort=sort if sort in SORTS else "new",
        page=min(max(number, 1), PAGES),
    )


def normalised(text: str) -> str:
    """The text as it is searched: on one line, without marks and without a difference of case."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


def matches(title: str, source: str, wanted: Look) -> bool:
    """Whether a video is looked for."""
    text = normalised(title)
    return wanted.source in ("", source) and all(word in text for word in wanted.words)


def saved(video: Video, title: str = "", duration: float | None = None) -> Saved:
    """A video to keep, with what a browser knows about it where that makes sense."""
    return Saved(video.source, video.ref, clean(title, TITLE_LENGTH) or video.title, sound(duration))


def sound(duration: float | None) -> float | None:
    """The duration in seconds, to the millisecond; None where it is none."""
    if duration is None or not math.isfinite(duration) or not 0.001 <= duration <= LONGEST:
        return None
    return round(duration, 3)


def remembered(seen: Seen, user: int) -> Watched:
    """What a user's history says of it: everybody else who was there."""
    others = [name for one, name in seen.people.items() if one != user]
    count = max(len(others), seen.count - 1)
    position = max(0.0, round(seen.position, 1))
    return Watched(
        seen.room, seen.entry, seen.source, seen.ref, seen.title, seen.duration, position,
        tuple(others[:NAMED]), count, seen.via,
    )  # fmt: skip


def to_continue(rows: list[Watched]) -> list[Watched]:
    """What to go on with: of each room the newest row, if that is unfinished; `rows` come newest first."""
    newest: dict[int, Watched] = {}
    for row in rows:
        newest.setdefault(row.room, row)
    return [row for row in newest.values() if row.unfinished]

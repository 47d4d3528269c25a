"""Rows of the lists that pages show, ready for templates: nothing is left to be looked up while they are drawn."""

from django.urls import reverse

from rooms.domain.exchange import Bad
from rooms.domain.library import Watched
from rooms.domain.playlists import Item, Playlist
from rooms.domain.sources import link_of
from rooms.pages import clock_text, length_text, moment, with_text
from rooms.services.home import Continued, Listed
from rooms.store.playlists import Summary
from rooms.store.shelves import Row

BAD_SHOWN = 100  # lines
SOURCES = {"youtube": "YouTube", "file": "Video file"}
BLANK = {"id": "", "place": "", "title": "", "link": "", "duration": None, "length": "", "source": ""}  # for scripts


def source_of(source: str) -> dict[str, str]:
    """How a source is shown."""
    return {"icon": "youtube" if source == "youtube" else "film", "source": SOURCES.get(source, source.capitalize())}


def room(listed: Listed) -> dict:
    """A room of one's own."""
    brief = listed.room
    return {
        "id": brief.id,
        "title": brief.title,
        "link": link_of(brief.source, brief.ref),
        "duration": brief.duration,
        "created": moment(brief.created),
        "position_text": clock_text(listed.position) if listed.position >= 1 else "",
        "duration_text": clock_text(brief.duration),
        "playing": brief.playback.playing,
        "url": reverse("rooms:watch", args=[brief.id]),
        **source_of(brief.source),
    }


def video(row: Row) -> dict:
    """A video on a shelf."""
    saved = row.video
    return {
        "id": saved.id,
        "title": saved.title,
        "link": saved.link,
        "duration": saved.duration,
        "at": round(row.at),
        "when": moment(row.at),
        "duration_text": clock_text(saved.duration),
        **source_of(saved.source),
        **(progress(saved) if isinstance(saved, Watched) else {}),
    }


def progress(watched: Watched) -> dict:
    """How far somebody came, and with whom."""
    share = watched.position / watched.duration if watched.duration else 0.0
    return {
        "position_text": clock_text(watched.position),
        "percent": 100 if watched.done else min(99, round(share * 100)),
        "done": watched.done,
        "company": with_text(watched.names, watched.others),
        "again": link_of(watched.source, watched.ref, watched.position if watched.unfinished else 0.0),
        "unfinished": watched.unfinished,
    }


def going(one: Continued) -> dict:
    """A film to go on with."""
    path = reverse("rooms:join", args=[one.key]) if one.key else reverse("rooms:watch", args=[one.watched.room])
    return {"url": path, **video(Row(one.at, one.watched))}


def playlist(summary: Summary) -> dict:
    """A playlist in a list."""
    return {
        "id": summary.id,
        "name": summary.name,
        "about": summary.about,
        "count": summary.count,
        "length": length_text(summary.seconds),
        "shared": summary.shared,
        "changed": moment(summary.changed),
        "url": reverse("rooms:playlist", args=[summary.id]),
    }


def item(one: Item, place: int) -> dict:
    """A video in a playlist, at a place from 1."""
    return {
        "id": one.id,
        "place": place,
        "title": one.title,
        "link": one.link,
        "duration": one.duration,
        "length": " · ".join(
            filter(None, [clock_text(one.duration), f"from {clock_text(one.start)}" * (one.start > 0)])
        ),
        **source_of(one.source),
    }


def items(of: Playlist, start: int = 0, stop: int | None = None) -> list[dict]:
    """The videos of a playlist from a place on (0: all)."""
    return [item(one, place) for place, one in enumerate(of.items[start:stop], start + 1)]


def figures(of: Playlist) -> str:
    """How many videos, and how long they take together as far as that is known."""
    count = len(of.items)
    length = length_text(of.seconds)
    unknown = " or more" if any(one.duration is None for one in of.items) else ""
    return " · ".join(filter(None, [f"{count} video{'' if count == 1 else 's'}", length and f"{length}{unknown}"]))


def bad(lines: tuple[Bad, ...]) -> list[dict]:
    """The lines that could not be kept."""
    return [{"number": line.number, "text": line.text, "reason": line.reason} for line in lines[:BAD_SHOWN]]

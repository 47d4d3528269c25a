"""Rows of the lists that pages show, ready for templates: nothing is left to be looked up while they are drawn."""

import json

from django.urls import reverse

from rooms.domain.exchange import Bad
from rooms.domain.library import Saved, Watched
from rooms.domain.playlists import Item, Playlist
from rooms.domain.sources import Found, link_of
from rooms.pages import clock_text, length_text, moment, with_text
from rooms.services.home import Continued, Listed
from rooms.store.playlists import Summary
from rooms.store.shelves import Row

BAD_SHOWN = 100  # lines
SOURCES = {"youtube": "YouTube", "file": "Video file"}
BLANK = dict.fromkeys(("id", "place", "title", "link", "pick", "length", "source"), "")  # for scripts to fill


def source_of(source: str) -> dict[str, str]:
    """How a source is shown."""
    return {"icon": "youtube" if source == "youtube" else "film", "source": SOURCES.get(source, source.capitalize())}


def room(listed: Listed) -> dict:
    """A room of one's own."""
    brief = listed.room
    return {
        "title": brief.title,
        "pick": pick(link_of(brief.source, brief.ref), brief.title, brief.duration),
        "position_text": clock_text(listed.position) if listed.position >= 1 else "",
        "duration_text": clock_text(brief.duration),
        "playing": brief.playback.playing,
        "url": reverse("rooms:watch", args=[brief.id]),
        **source_of(brief.source),
        **moment(brief.created),
    }


def video(row: Row) -> dict:
    """A video on a shelf."""
    saved = row.video
    if isinstance(saved, Watched):
        return watched(saved, row.at)
    when = moment(row.at)
    return {
        "title": saved.title,
        "verb": "Watch",
        "far": clock_text(saved.duration),
        "pick": pick(saved.link, saved.title, saved.duration, row.at),
        **source_of(saved.source),
        **when,
        "when": f"Saved {when['when']}",
    }


def choice(saved: Saved) -> dict:
    """A saved video for a script that offers it."""
    return {"link": saved.link, "title": saved.title, "length": clock_text(saved.duration), **source_of(saved.source)}


def found(one: Found) -> dict:
    """A video that a search of YouTube found, for a script that offers it."""
    return {
        "link": link_of("youtube", one.id),
        "title": one.title,
        "length": clock_text(one.seconds),
        "source": one.channel,
    }


def watched(row: Watched, at: float) -> dict:
    """A row of the history: when, with whom, how far."""
    link = link_of(row.source, row.ref, row.position if row.unfinished else 0.0)
    of = f" of {clock_text(row.duration)}" if row.duration else ""
    return {
        "title": row.title,
        "verb": "Watch on" if row.unfinished else "Watch",
        "position_text": clock_text(row.position),
        "duration_text": clock_text(row.duration),
        "far": "seen to the end" if row.done else f"{clock_text(row.position)}{of}",
        "percent": str(percent(row)) if row.duration else "",
        "company": with_text(row.names, row.others),
        "pick": pick(link, row.title, row.duration, at, row.id),
        **source_of(row.source),
        **moment(at, clock=True),
    }


def percent(row: Watched) -> int:
    """How much of it was watched, in per cent."""
    return 100 if row.done else min(99, round(row.position / row.duration * 100))


def going(one: Continued) -> dict:
    """A film to go on with."""
    path = reverse("rooms:join", args=[one.key]) if one.key else reverse("rooms:watch", args=[one.watched.room])
    return {"url": path, **watched(one.watched, one.at)}


def playlist(summary: Summary) -> dict:
    """A playlist in a list."""
    return {
        "name": summary.name,
        "about": summary.about,
        "figures": " · ".join(filter(None, [videos_text(summary.count), length_text(summary.seconds)])),
        "shared": summary.shared,
        "url": reverse("rooms:playlist", args=[summary.id]),
        **moment(summary.changed),
    }


def brief(summary: Summary) -> dict:
    """A playlist for a script that offers it."""
    return {"id": summary.id, "name": summary.name, "figures": playlist(summary)["figures"]}


def item(one: Item, place: int) -> dict:
    """A video in a playlist, at a place from 1."""
    start = f"from {clock_text(one.start)}" if one.start else ""
    return {
        "id": one.id,
        "place": str(place),
        "title": one.title,
        "link": one.link,
        "pick": pick(one.link, one.title, one.duration),
        "length": " · ".join(filter(None, [clock_text(one.duration), start])),
        "source": source_of(one.source)["source"],
    }


def pick(link: str, title: str, duration: float | None, at: float | None = None, row: str = "") -> str:
    """What a button sends to say which video is meant, as one value: a form around all rows is drawn faster."""
    fields = {"link": link, "title": title, "duration": duration, "at": at, "row": row}
    return json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False)


def items(of: Playlist, start: int = 0, stop: int | None = None) -> list[dict]:
    """The videos of a playlist from a place on (0: all)."""
    return [item(one, place) for place, one in enumerate(of.items[start:stop], start + 1)]


def figures(of: Playlist) -> str:
    """How many videos, and how long they take together as far as that is known."""
    length = length_text(of.seconds)
    unknown = " or more" if any(one.duration is None for one in of.items) else ""
    return " · ".join(filter(None, [videos_text(len(of.items)), length and f"{length}{unknown}"]))


def videos_text(count: int) -> str:
    """`1 video`, `2 videos`."""
    return f"{count} video{'' if count == 1 else 's'}"


def bad(lines: tuple[Bad, ...]) -> list[dict]:
    """The lines that could not be kept."""
    return [{"number": line.number, "text": line.text, "reason": line.reason} for line in lines[:BAD_SHOWN]]

"""Playlists as text: written as JSON, M3U8 or plain links, and read back with every line that could not be kept."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rooms.domain.errors import BadText, NotAVideo
from rooms.domain.library import saved
from rooms.domain.playlists import New, Playlist
from rooms.domain.sources import Video, parse
from wewatch.text import clean

FORMAT = "wewatch-playlist"
LARGEST = 1_000_000  # characters of a text
LINES = 2000  # videos that are looked at; a playlist takes 500
SHOWN = 120  # characters of a bad line
FORMATS = ("json", "m3u8", "txt")
EXTINF = re.compile(r"#EXTINF:\s*(-?[0-9.]{1,20}(?:e-?\d{1,3})?)((?:[^,\"]|\"[^\"]*\")*),(.*)", re.IGNORECASE)
PLAYLIST, ABOUT = "#PLAYLIST:", "#WEWATCH-ABOUT:"


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that could not be kept: its number (from 1), its text, and the reason as a sentence."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a text holds: a name and a description where it has them, the videos, and the bad lines.

    `places` are the numbers of the lines that the videos stood on.
    """

    name: str
    about: str
    videos: tuple[New, ...]
    places: tuple[int, ...]
    bad: tuple[Bad, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One video as it was written, before anybody looked where it leads."""

    number: int
    link: object
    title: object = ""
    duration: object = None


def write(playlist: Playlist, ending: str) -> str:
    """The playlist as a text of one of the formats."""
    return {"json": _as_json, "m3u8": _as_m3u8, "txt": _as_links}[ending](playlist)


def _as_json(playlist: Playlist) -> str:
    videos = [{"link": item.link, "title": item.title, "duration": item.duration} for item in playlist.items]
    whole = {"format": FORMAT, "version": 1, "name": playlist.name, "about": playlist.about, "videos": videos}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _as_m3u8(playlist: Playlist) -> str:
    lines = ["#EXTM3U", f"{PLAYLIST}{playlist.name}"] + ([f"{ABOUT}{playlist.about}"] if playlist.about else [])
    for item in playlist.items:
        lines += [f"#EXTINF:{-1 if item.duration is None else item.duration},{item.title}", item.link]
    return "\n".join(lines) + "\n"


def _as_links(playlist: Playlist) -> str:
    return "".join(f"{item.link}\n" for item in playlist.items)


def read(text: str, https_only: bool = False) -> Draft:
    """What a text of any of the formats holds. Raises BadText where it is none of them.

    `https_only`: a page on https cannot play from http.
    """
    if len(text) > LARGEST:
        raise BadText(f"That is too long: {LARGEST:,} characters at most. Split it into several parts.")
    text = text.removeprefix("\ufeff")
    name, about, lines = _read_json(text) if text.lstrip()[:1] in ("{", "[") else _read_lines(text)
    return _draft(name, about, lines, lambda link: parse(link, https_only))


def _draft(name: str, about: str, lines: list[Line], parse_link: Callable[[str], Video]) -> Draft:
    videos, places, bad = [], [], []
    for line in lines[:LINES]:
        try:
            videos.append(_video(line, parse_link))
            places.append(line.number)
        except NotAVideo as error:
            bad.append(Bad(line.number, clean(_shown(line.link), SHOWN), str(error)))
    if len(lines) > LINES:
        reason = f"Only the first {LINES:,} lines were read. Split the list into several parts."
        bad.append(Bad(lines[LINES].number, clean(_shown(lines[LINES].link), SHOWN), reason))
    return Draft(name, about, tuple(videos), tuple(places), tuple(bad))


def _video(line: Line, parse_link: Callable[[str], Video]) -> New:
    if not isinstance(line.link, str):
        raise NotAVideo("There is no link here. Each video needs one.")
    video = parse_link(line.link)
    duration = line.duration if type(line.duration) in (int, float) and line.duration < 1e9 else None
    kept = saved(video, line.title if isinstance(line.title, str) else "", duration)
    return New(video.source, video.ref, kept.title, kept.duration, video.start)


def _shown(link: object) -> str:
    return link[: SHOWN * 4] if isinstance(link, str) else json.dumps(link)[: SHOWN * 4]


def _read_lines(text: str) -> tuple[str, str, list[Line]]:
    head, lines, title, duration = {PLAYLIST: "", ABOUT: ""}, [], "", None
    for number, line in _lines(text):
        mark = next((mark for mark in head if line.upper().startswith(mark)), None)
        if mark:
            head[mark] = line[len(mark) :]
        elif found := EXTINF.fullmatch(line):
            title, duration = found[3], _number(found[1])
        elif not line.startswith("#"):
            lines.append(Line(number, line, title, duration))
            title, duration = "", None
    return head[PLAYLIST], head[ABOUT], lines


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold something, with their numbers; only what ends a line in a file ends one here."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if line.strip():
            yield number, line.strip()


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _read_json(text: str) -> tuple[str, str, list[Line]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadText(
            "This looks like JSON, but it is broken. Export the playlist again, or paste its links."
        ) from error
    head = whole if isinstance(whole, dict) else {"videos": whole}
    videos = head.get("videos")
    if not isinstance(videos, list):
        raise BadText(
            "This JSON holds no list of videos. It needs “videos”: a list of links, or of objects with a link."
        )
    name, about = (value if isinstance(value := head.get(key), str) else "" for key in ("name", "about"))
    return name, about, [_entry(number, video) for number, video in enumerate(videos, 1)]


def _entry(number: int, video: object) -> Line:
    if isinstance(video, dict):
        return Line(number, video.get("link", video.get("url")), video.get("title"), video.get("duration"))
    return Line(number, video)

"""What a pasted link leads to: the one place where links are read. Nothing is fetched."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from rooms.domain.errors import NotAVideo
from rooms.domain.playback import LONGEST
from rooms.domain.room import TITLE_LENGTH
from wewatch.text import clean

URL_LENGTH = 2048
START_LENGTH = 16  # characters of it that are left for a start time
FILE_TYPES = ("mp4", "m4v", "webm", "ogv", "ogg")
YOUTUBE_HOSTS = {"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com", "youtu.be"}
YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
YOUTUBE_LIST_ID = re.compile(r"[A-Za-z0-9_-]{10,64}")
YOUTUBE_PATHS = {"embed", "shorts", "live", "v", "e"}
NO_VIDEOS = {"videoseries", "live_stream"}  # stand after /embed/ where an id would, and look like one
UNTITLED = "YouTube video"  # until its title is known
CLOCK = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?")

PASTE_A_LINK = "Paste a link to a video: one that ends in .mp4, .webm or .ogg, or a YouTube link."
A_PLAYLIST = (
    "This is a YouTube playlist, not a single video. "
    "Start with one of its videos; the room's queue then takes the list."
)


@dataclass(frozen=True, slots=True)
class Video:
    """Something playable: source `file` (ref: a URL) or `youtube` (ref: an id); `start`, `duration` in seconds."""

    source: str
    ref: str
    title: str
    start: float = 0.0
    duration: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A YouTube video that a search found, in words that are clean; `seconds` is None where it is live or not told."""

    id: str
    title: str
    channel: str
    seconds: float | None


def parse(link: str, https_only: bool = False) -> Video:
    """The video behind a link. `https_only`: a page on https cannot play from http.

    Raises NotAVideo with a sentence that says what to do.
    """
    link = link.strip()
    if not link:
        raise NotAVideo(PASTE_A_LINK)
    if len(link) > URL_LENGTH:
        raise NotAVideo(f"This link is too long: {URL_LENGTH} characters at most.")
    url = _split(link if "://" in link else f"https://{link}")
    host = url.hostname.removeprefix("www.")
    if host in YOUTUBE_HOSTS:
        return _youtube(url, host)
    return _file(url, https_only)


def playlist_id(link: str) -> str | None:
    """The id of the YouTube playlist that a link names, beside a video or alone; None where there is none to list.

    Mixes (RD…) are made up for each person anew, so nobody can list them.
    """
    link = link.strip()
    if len(link) > URL_LENGTH:
        return None
    try:
        url = _split(link if "://" in link else f"https://{link}")
    except NotAVideo:
        return None
    return _listed(url) if url.hostname.removeprefix("www.") in YOUTUBE_HOSTS else None


def _listed(url: SplitResult) -> str | None:
    found = parse_qs(url.query).get("list", [""])[0]
    return found if YOUTUBE_LIST_ID.fullmatch(found) and not found.startswith("RD") else None


def _split(link: str) -> SplitResult:
    if not link.isprintable() or any(char in link for char in ' \\"<>`{}|^'):
        raise NotAVideo("This link contains characters that no link may have. Copy it again from the address bar.")
    try:
        url = urlsplit(link)
        sound = bool(url.hostname) and (url.port is None or url.port > 0)
    except ValueError:
        sound = False
    if not sound or ("." not in url.hostname and url.hostname != "localhost" and ":" not in url.hostname):
        raise NotAVideo(f"This is not a link. {PASTE_A_LINK}")
    if url.scheme not in ("http", "https"):
        raise NotAVideo("Only links that start with http:// or https:// can be played.")
    if "@" in url.netloc:
        raise NotAVideo("This link contains a user name or password. Paste one without them.")
    return url


def _youtube(url: SplitResult, host: str) -> Video:
    query = parse_qs(url.query)
    parts = [part for part in url.path.split("/") if part]
    if host == "youtu.be":
        found = parts[0] if parts else ""
    elif parts[:1] == ["watch"]:
        found = query.get("v", [""])[0] or (parts[1] if len(parts) > 1 else "")
    elif len(parts) > 1 and parts[0] in YOUTUBE_PATHS:
        found = parts[1]
    else:
        found = ""
    if found in NO_VIDEOS:
        found = ""
    if not found and _listed(url):
        raise NotAVideo(A_PLAYLIST)
    if not YOUTUBE_ID.fullmatch(found):
        raise NotAVideo("This YouTube link names no single video. Open the video and copy the link from there.")
    start = query.get("t", query.get("start", [""]))[0] or parse_qs(url.fragment).get("t", [""])[0]
    return Video("youtube", found, UNTITLED, seconds(start))


def _file(url: SplitResult, https_only: bool) -> Video:
    name = unquote(url.path.rsplit("/", 1)[-1])
    stem, _, ending = name.rpartition(".")
    if not stem or ending.lower() not in FILE_TYPES:
        raise NotAVideo(f"This link does not lead to a video that can be played here. {PASTE_A_LINK}")
    if https_only and url.scheme == "http":
        raise NotAVideo("Browsers refuse to play from http:// on a secure page. Try the link with https://.")
    title = clean(re.sub(r"[._+]+", " ", stem), TITLE_LENGTH) or "Video"
    start = parse_qs(url.fragment).get("t", [""])[0].split(",")[0]
    ref = url._replace(fragment="", path=quote(url.path, safe="/%:@!$&'()*+,;=~-._")).geturl()
    if len(ref) > URL_LENGTH - START_LENGTH:  # written out, letters of other scripts take more
        raise NotAVideo(f"This link is too long: {URL_LENGTH} characters at most.")
    return Video("file", ref, title, seconds(start))


def link_of(source: str, ref: str, start: float = 0.0) -> str:
    """The link that leads to a video, as `parse` reads it again; `start` in seconds."""
    at = int(start)
    if source == "youtube":
        return f"https://www.youtube.com/watch?v={ref}" + (f"&t={at}s" if at else "")
    return f"{ref}#t={at}" if at else ref


def seconds(text: str) -> float:
    """A start time as links write it: `90`, `90s`, `1h2m3s`; 0 for anything else."""
    match = CLOCK.fullmatch(text.strip().lower()) if text.isascii() else None
    if not match or not match[0]:
        return 0.0
    hours, minutes, rest = (int(part or 0) for part in match.groups())
    total = float(hours * 3600 + minutes * 60 + rest)
    return total if total <= LONGEST else 0.0

"""What YouTube's answers say, read as from an enemy: pure, and what is not as it must be is passed over."""

import html
import re
from typing import Any

from rooms.domain.playback import LONGEST
from rooms.domain.room import TITLE_LENGTH
from rooms.domain.sources import UNTITLED, YOUTUBE_ID, Found, Video
from wewatch.text import clean

PAGE = 50  # videos that an answer may name
NEXT = re.compile(r"[A-Za-z0-9_=-]{1,200}")
LENGTH = re.compile(
    r"P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?",
    re.ASCII,
)
SHOWN = {None, "public", "unlisted"}  # the others are private or deleted, and only hold a place in the list


def title(data: dict[str, Any]) -> str:
    """The title in an oEmbed answer; '' where there is none."""
    return _text(data, "title")


def page(data: dict[str, Any]) -> tuple[list[Video], str]:
    """(the videos on a page of a playlist that can be watched, what asks for the next page or '')."""
    videos = [
        Video("youtube", ref, _text(item, "snippet", "title") or UNTITLED)
        for item in _items(data)
        if (ref := _ref(item, "snippet", "resourceId", "videoId")) and _shown(item)
    ]
    token = _at(data, "nextPageToken")
    return videos, token if isinstance(token, str) and NEXT.fullmatch(token) else ""


def lengths(data: dict[str, Any]) -> dict[str, float]:
    """How many seconds the videos last that the answer knows, by id; one that is live has no length."""
    told = {_ref(item, "id"): seconds(_at(item, "contentDetails", "duration")) for item in _items(data)}
    return {ref: length for ref, length in told.items() if ref and length}


def found(data: dict[str, Any]) -> list[Found]:
    """What a search found, without lengths, which it does not tell."""
    return [
        Found(ref, _text(item, "snippet", "title", escaped=True) or UNTITLED, _channel(item), None)
        for item in _items(data)
        if (ref := _ref(item, "id", "videoId"))
    ]


def reasons(data: dict[str, Any]) -> set[str]:
    """The words by which the API says why it refuses."""
    errors = _at(data, "error", "errors")
    told = [_at(error, "reason") for error in errors[:PAGE]] if isinstance(errors, list) else []
    return {reason for reason in told if isinstance(reason, str)}


def seconds(length: Any) -> float | None:
    """An ISO 8601 duration (`PT1H2M3S`) in seconds; None for none, for 0, and above what a film may last."""
    match = LENGTH.fullmatch(length) if isinstance(length, str) else None
    if not match:
        return None
    weeks, days, hours, minutes, rest = (int(part or 0) for part in match.groups())
    total = float((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + rest)
    return total if 0 < total <= LONGEST else None


def _items(data: dict[str, Any]) -> list[Any]:
    items = _at(data, "items")
    return items[:PAGE] if isinstance(items, list) else []


def _at(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _ref(item: Any, *path: str) -> str:
    ref = _at(item, *path)
    return ref if isinstance(ref, str) and YOUTUBE_ID.fullmatch(ref) else ""


def _shown(item: Any) -> bool:
    status = _at(item, "status", "privacyStatus")
    return (status is None or isinstance(status, str)) and status in SHOWN


def _channel(item: Any) -> str:
    return _text(item, "snippet", "channelTitle", escaped=True)


def _text(item: Any, *path: str, escaped: bool = False) -> str:
    """Search alone answers with text in HTML: `&#39;` for an apostrophe."""
    text = _at(item, *path)
    if not isinstance(text, str):
        return ""
    return clean(html.unescape(text) if escaped else text, TITLE_LENGTH)

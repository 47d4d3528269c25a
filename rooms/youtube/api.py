"""Whole playlists and search: what YouTube tells only to who has a key (`YOUTUBE_API_KEY`)."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from django.conf import settings

from rooms.domain.errors import NotAVideo, NotReachable
from rooms.domain.sources import YOUTUBE_LIST_ID, Found, Video
from rooms.youtube import answers, fetch
from wewatch.text import clean

log = logging.getLogger(__name__)
IN_ALL = 10.0  # seconds that somebody waits for a list or a search
LONGEST_LIST = 500  # videos
FOUND = 10  # videos of a search
WORDS = 100  # characters of a search
SPENT = {"quotaExceeded", "dailyLimitExceeded", "rateLimitExceeded", "userRateLimitExceeded"}
HIDDEN = {"playlistNotFound", "playlistForbidden", "playlistItemsNotAccessible"}

NO_LIST = "YouTube has no such playlist, or it is private."
NO_KEY = "YouTube does not accept the key of this site, so lists and search do not work here."
USED_UP = "This site has asked YouTube as often as it may for today. Paste links of single videos, or try tomorrow."


async def playlist(list_id: str) -> list[Video]:
    """The videos of a list in its order, up to 500, with titles and durations. Raises NotReachable, NotAVideo."""
    if not YOUTUBE_LIST_ID.fullmatch(list_id):
        raise NotAVideo(NO_LIST)
    async with _in_time():
        videos = await _pages(list_id)
        known = await _lengths([video.ref for video in videos])
    return [replace(video, duration=known.get(video.ref)) for video in videos]


async def search(text: str) -> list[Found]:
    """Up to 10 videos that can be embedded, best first. Raises NotReachable."""
    words = clean(text, WORDS)
    if not words:
        return []
    wanted = {"part": "snippet", "type": "video", "videoEmbeddable": "true", "maxResults": str(FOUND), "q": words}
    async with _in_time():
        data = await _get("search", wanted, "items(id/videoId,snippet(title,channelTitle))")
        found = answers.found(data)[:FOUND]
        known = await _lengths([video.id for video in found])
    return [replace(video, seconds=known.get(video.id)) for video in found]


@contextlib.asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(IN_ALL):
            yield
    except TimeoutError:
        raise NotReachable(fetch.SILENT) from None


async def _pages(list_id: str) -> list[Video]:
    videos: list[Video] = []
    wanted = {"part": "snippet,status", "playlistId": list_id, "maxResults": str(answers.PAGE)}
    fields = "nextPageToken,items(snippet(title,resourceId/videoId),status/privacyStatus)"
    for _ in range(LONGEST_LIST // answers.PAGE):
        more, token = answers.page(await _get("playlistItems", wanted, fields))
        videos += more
        if not token:
            break
        wanted["pageToken"] = token
    return videos


async def _lengths(ids: list[str]) -> dict[str, float]:
    batches = [ids[first : first + answers.PAGE] for first in range(0, len(ids), answers.PAGE)]
    known: dict[str, float] = {}
    for told in await asyncio.gather(*(_batch(batch) for batch in batches)):
        known |= told
    return known


async def _batch(ids: list[str]) -> dict[str, float]:
    """None of the lengths where they are not told: the list is worth having without, and players find out."""
    wanted = {"part": "contentDetails", "id": ",".join(ids), "maxResults": str(answers.PAGE)}
    try:
        return answers.lengths(await _get("videos", wanted, "items(id,contentDetails/duration)"))
    except NotReachable:
        return {}


async def _get(what: str, params: dict[str, str], fields: str) -> dict[str, Any]:
    """An answer of the API; the key goes in a header, as addresses end up in logs."""
    key = {"X-Goog-Api-Key": settings.YOUTUBE_API_KEY}
    answer = await fetch.get("api", f"{settings.YOUTUBE_API_URL}/{what}", {**params, "fields": fields}, key)
    if answer.status == 200:
        return answer.data
    raise NotReachable(_why(answer))


def _why(answer: fetch.Answer) -> str:
    reasons = answers.reasons(answer.data)
    if reasons & SPENT or answer.status == 429:
        return USED_UP
    if reasons & HIDDEN:
        return NO_LIST
    log.warning("YouTube's API answers with status %d", answer.status)
    return NO_KEY if answer.status in {400, 401, 403} else fetch.SILENT

"""Titles of YouTube videos, which anybody may ask for without a key; they are kept in the cache."""

import asyncio
import contextlib
import logging
from collections.abc import Iterable

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.cache import cache

from rooms.domain.errors import NotReachable
from rooms.domain.sources import YOUTUBE_ID
from rooms.youtube import answers, fetch

log = logging.getLogger(__name__)
KNOWN = 24 * 3600  # seconds for which a title is kept
UNKNOWN = 10 * 60  # seconds for which it is kept that there is none
TOGETHER = 15.0  # seconds for all titles that are asked for together
NONE = {400, 401, 403, 404}  # no such video, a private one, or one that may not be embedded


async def title(video_id: str) -> str | None:
    """The title of a video; None where YouTube has none or is out of reach."""
    return (await titles([video_id])).get(video_id)


async def titles(video_ids: Iterable[str]) -> dict[str, str]:
    """The titles by id, as far as they can be had within 15 s; what is no id is not asked for.

    Raises as the cache does where that is out of reach.
    """
    ids = [ref for ref in dict.fromkeys(video_ids) if YOUTUBE_ID.fullmatch(ref)]
    known = await _kept(ids)
    await _ask([ref for ref in ids if ref not in known], known)
    return {ref: known[ref] for ref in ids if known.get(ref)}


async def _ask(ids: list[str], known: dict[str, str]) -> None:
    """Add to `known` what YouTube tells, '' where it has no title; where it is out of reach, one line is logged."""
    asked: dict[str, str] = {}

    async def ask(ref: str) -> None:
        with contextlib.suppress(NotReachable):
            asked[ref] = await _fetched(ref)

    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(TOGETHER):
            await asyncio.gather(*(ask(ref) for ref in ids))
    if len(asked) < len(ids):
        log.warning("YouTube did not answer for %d of %d titles", len(ids) - len(asked), len(ids))
    known |= asked
    await _keep({ref: text for ref, text in asked.items() if text}, KNOWN)
    await _keep({ref: "" for ref, text in asked.items() if not text}, UNKNOWN)


async def _fetched(ref: str) -> str:
    watch = f"https://www.youtube.com/watch?v={ref}"
    answer = await fetch.get("titles", f"{settings.YOUTUBE_URL}/oembed", {"url": watch, "format": "json"})
    if answer.status == 200:
        return answers.title(answer.data)
    if answer.status in NONE:
        return ""
    raise NotReachable(fetch.SILENT)


async def _kept(ids: list[str]) -> dict[str, str]:
    kept = await _get_many([_key(ref) for ref in ids])
    return {ref: kept[_key(ref)] for ref in ids if _key(ref) in kept}


async def _keep(titles: dict[str, str], seconds: int) -> None:
    if titles:
        await _set_many({_key(ref): text for ref, text in titles.items()}, seconds)


def _key(ref: str) -> str:
    return f"youtube:title:{ref}"


# In threads of their own, and in one step each: the cache's `aget_many` takes a turn in the shared thread for each key.
_get_many = sync_to_async(lambda keys: cache.get_many(keys), thread_sensitive=False)
_set_many = sync_to_async(lambda values, seconds: cache.set_many(values, seconds), thread_sensitive=False)

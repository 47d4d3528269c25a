"""Use cases of titles: learn them in the background, list a playlist, search; nobody who adds a video waits."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from django.conf import settings

from rooms.domain.errors import NotReachable
from rooms.domain.sources import UNTITLED, Found, Video
from rooms.youtube import api, oembed

log = logging.getLogger(__name__)
AT_ONCE = 32  # look-ups in the background; with more, titles are left to the players
BATCH = 50  # titles of a long list, after which those who see it are told

_tasks: set[asyncio.Task] = set()  # asyncio itself would let them be collected
Learn = Callable[[dict[str, str]], Awaitable[None]]


class Titled(Protocol):
    """A video, or an entry of a queue."""

    source: str
    ref: str
    title: str


def later(videos: Iterable[Titled], learn: Learn) -> None:
    """Look up the titles of those YouTube videos that have none yet, and call `learn({id: title})` for each batch.

    Returns at once and raises nothing; `learn` is not called where nothing is known.
    """
    wanted = [video.ref for video in videos if video.source == "youtube" and video.title == UNTITLED]
    if not wanted:
        return
    if len(_tasks) >= AT_ONCE:
        log.warning("%d titles are not looked up: too many are being looked up", len(wanted))
        return
    task = asyncio.get_running_loop().create_task(_learn(wanted, learn))
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


async def _learn(ids: list[str], learn: Learn) -> None:
    try:
        for first in range(0, len(ids), BATCH):
            known = await oembed.titles(ids[first : first + BATCH])
            if not known:
                return  # out of reach, most likely; the rest would only wait for it, too
            await learn(known)
    except Exception as error:  # its text may name addresses
        log.warning("titles could not be learnt (%s)", type(error).__name__)


def has_search() -> bool:
    """Whether this site can search YouTube, and list its playlists."""
    return bool(settings.YOUTUBE_API_KEY)


async def listed(list_id: str) -> list[Video]:
    """The videos of a YouTube playlist, up to 500, within 10 s. Raises NotReachable, NotAVideo."""
    if not has_search():
        raise NotReachable("This site cannot list YouTube playlists. Add their videos one by one.")
    return await api.playlist(list_id)


async def found(text: str) -> list[Found]:
    """Up to 10 YouTube videos for some words, within 10 s. Raises NotReachable."""
    if not has_search():
        raise NotReachable("This site cannot search YouTube. Paste a link instead.")
    return await api.search(text)

"""Use cases of the library: save a video, look through what was saved and watched, keep a history or none."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings

from rooms.domain.errors import ShelfFull
from rooms.domain.library import SAVED, Look, Saved, Seen, remembered, saved
from rooms.domain.sources import Video, parse
from rooms.services import playlists, space
from rooms.store import shelves
from rooms.store.playlists import Summary
from rooms.store.shelves import HISTORY, LATER, LIKED, Page

NAMES = {LIKED: "liked videos", LATER: "videos to watch later"}


@dataclass(frozen=True, slots=True)
class Places:
    """Where a video is kept and could be: on which shelves, and which playlists there are."""

    shelves: dict[str, bool]
    playlists: list[Summary]


def video_of(link: str, title: str = "", duration: float | None = None) -> Saved:
    """The video behind a link, as it is kept. Raises NotAVideo."""
    return saved(parse(link, https_only=settings.HTTPS), title, duration)


async def save(user: int, shelf: str, video: Saved, at: float | None = None) -> None:
    """Like a video, or keep it for later; `at` (ms) puts one back where it stood. Raises NoSpace, ShelfFull."""
    await space.needed()
    if not await shelves.put(user, shelf, video, at):
        raise ShelfFull(
            f"You keep {SAVED:,} {NAMES[shelf]}, the most one can. Take some off, then save this one again."
        )


async def drop(user: int, shelf: str, row_id: str) -> None:
    """Take a row off a shelf, or out of the history; one that is not there is no matter."""
    await shelves.take(user, shelf, row_id)


async def places(user: int, link: str) -> Places:
    """Where the video behind a link is kept. Raises NotAVideo."""
    standing = await shelves.standing(user, video_of(link).id)
    return Places(standing, await playlists.names(user))


async def page(user: int, shelf: str, look: Look) -> Page:
    """A page of a shelf."""
    return await shelves.page(user, shelf, look)


async def watched(users: Iterable[int], seen: Seen) -> None:
    """Note in the histories of users what they have just seen; one row an entry of a room, the newest time wins.

    One round trip for all. Who wants no history, or is gone, gets none.
    """
    await shelves.watched({user: remembered(seen, user) for user in users})


async def history(user: int, look: Look) -> tuple[Page, bool]:
    """A page of the history, and whether it is kept at present."""
    return await shelves.page(user, HISTORY, look), await shelves.keeps_history(user)


async def clear_history(user: int) -> None:
    """Forget all that the user has watched."""
    await shelves.clear_history(user)


async def switch_history(user: int, on: bool) -> None:
    """Keep a history from now on, or none."""
    await shelves.switch_history(user, on)


def playable(link: str, title: str = "") -> Video:
    """The video behind a link as a room plays it, under the title that its saver knows. Raises NotAVideo."""
    video = parse(link, https_only=settings.HTTPS)
    return replace(video, title=saved(video, title).title)

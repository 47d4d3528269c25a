"""Shelves in Redis: liked, watch later, history; paged and searched without loading them all."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from rooms.domain.library import PAGE, SAVED, WATCHED, Look, Saved, Watched, normalised
from rooms.store import keys
from wewatch.redis import Script, client

LIKED, LATER, HISTORY = "liked", "later", "history"
STEP = 5000  # rows looked at in one step: Redis does nothing else meanwhile

LUA = Path(__file__).parent / "lua"
_shelve = Script(LUA / "shelve.lua")
_unshelve = Script(LUA / "unshelve.lua")
_walk = Script(LUA / "walk.lua")
_watched = Script(LUA / "watched.lua")


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on a shelf, and since when (server ms)."""

    at: float
    video: Saved | Watched


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a shelf: its rows, how many stand on the whole shelf, and whether more come after."""

    rows: tuple[Row, ...]
    total: int
    more: bool


async def put(user: int, shelf: str, video: Saved, at: float | None = None) -> bool:
    """Put a video on top of a shelf, or where it stood at `at` (ms); one that is there keeps its place.

    Returns False where the shelf is full.
    """
    args = [video.id, normalised(video.title), _dump(video), SAVED, "" if at is None else at]
    return bool(await _shelve(keys.shelf(user, shelf), args))


async def take(user: int, shelf: str, row_id: str) -> bool:
    """Take a row off; whether it was there."""
    return bool(await _unshelve(keys.shelf(user, shelf), [row_id]))


async def standing(user: int, video_id: str) -> dict[str, bool]:
    """On which shelves for keeping a video stands."""
    pipe = client().pipeline(transaction=False)
    for shelf in (LIKED, LATER):
        pipe.zscore(keys.shelf(user, shelf)[0], video_id)
    return {shelf: at is not None for shelf, at in zip((LIKED, LATER), await pipe.execute(), strict=True)}


async def page(user: int, shelf: str, look: Look, rows: int = PAGE) -> Page:
    """A page of a shelf. Where nothing is left out it costs one step, whatever the page."""
    by_time, items, by_title = keys.shelf(user, shelf)
    order = [by_title if look.sort == "title" else by_time, items, by_time]
    command = "ZREVRANGE" if look.sort == "new" else "ZRANGE"
    first = (look.page - 1) * rows
    rank, skip = (0, first) if look.filtered else (first, 0)
    prefix, found, total = f"{look.source}:" if look.source else "", [], 0
    while rank >= 0 and len(found) <= rows:
        wanted = rows + 1 - len(found)
        total, rank, skip, *more = await _walk(order, [command, rank, STEP, skip, wanted, prefix, *look.words])
        found += [_row(shelf, at, item) for at, item in zip(more[1::3], more[2::3], strict=True)]
    return Page(tuple(found[:rows]), total, len(found) > rows)


async def watched(rows: Mapping[int, Watched]) -> None:
    """Put a row on top of each user's history, in one round trip; who wants none or is gone gets none."""
    calls = [
        ([*keys.shelf(user, HISTORY), keys.no_history(user), keys.profile(user)], _args(row))
        for user, row in rows.items()
    ]
    if calls:
        await _watched.each(calls)


def _args(row: Watched) -> list[str | int]:
    return [row.id, normalised(row.title), _dump(row), WATCHED]


async def clear_history(user: int) -> None:
    """Forget all that a user has watched."""
    await client().unlink(*keys.shelf(user, HISTORY))


async def switch_history(user: int, on: bool) -> None:
    """Keep a history from now on, or none; what is there stays."""
    if on:
        await client().delete(keys.no_history(user))
    else:
        await client().set(keys.no_history(user), 1)


async def keeps_history(user: int) -> bool:
    """Whether the user wants a history."""
    return not await client().exists(keys.no_history(user))


async def size(user: int, shelf: str) -> int:
    """How many rows stand on a shelf."""
    return await client().zcard(keys.shelf(user, shelf)[0])


async def destroy(user: int) -> None:
    """Delete all shelves of a user, and the wish for no history."""
    of_user = [key for shelf in (LIKED, LATER, HISTORY) for key in keys.shelf(user, shelf)]
    await client().unlink(*of_user, keys.no_history(user))


def _dump(video: Saved | Watched) -> str:
    return json.dumps(asdict(video), separators=(",", ":"), ensure_ascii=False)


def _row(shelf: str, at: str, item: str) -> Row:
    fields = json.loads(item.partition("\n")[2])
    if shelf == HISTORY:
        return Row(float(at), Watched(**fields | {"names": tuple(fields["names"])}))
    return Row(float(at), Saved(**fields))

"""What a list for the staff is asked for, and what it answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a list: words to search for, a state or '', an order, and which rows of what is found.

    A search or a filter looks at the first of the list only, unless it is `deep`: that may take seconds.
    """

    words: str = ""
    state: str = ""
    sort: str = ""
    newest_first: bool = True
    start: int = 0
    rows: int = 50
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """The rows asked for, how many are found in all, how many there are, and how many were looked at if not all."""

    rows: list[Row]
    count: int
    total: int
    looked: int | None = None


DEEPEST = 200_000  # records that a deep look reads; a second for each 10,000 to 30,000
STEP = 250  # records read at a time: an event loop does nothing else while it takes in what a round trip brought


def steps(ids: list[int]) -> Iterator[list[int]]:
    """The ids in portions."""
    return (ids[start : start + STEP] for start in range(0, len(ids), STEP))


async def first(walk: Callable, look: Look, shallow: int) -> tuple[list[int], int | None]:
    """The ids that a look has to go through, in its order, and how many these are if not all.

    `walk` reads ids of an order from a rank on, with how many there are; so many at a time as a look that is not deep
    needs in all. Who moves to another rank meanwhile may be missing, but is not there twice.
    """
    most, ids = DEEPEST if look.deep else shallow, []
    for start in range(0, most, shallow):
        step, total = await walk(look.sort, look.newest_first, start, shallow)
        ids += step
        if len(ids) >= total:
            break
    return list(dict.fromkeys(ids)), most if total > most else None


def cut(rows: list[Row], look: Look) -> list[Row]:
    """The rows that a look asks for."""
    return rows[look.start : look.start + look.rows]

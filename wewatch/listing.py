"""What a list for the staff is asked for, and what it answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a list: words to search for, a state or '', an order, and which rows of what is found."""

    words: str = ""
    state: str = ""
    sort: str = ""
    newest_first: bool = True
    start: int = 0
    rows: int = 50


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """The rows asked for, how many are found in all, how many there are, and a note on what was left out."""

    rows: list[Row]
    count: int
    total: int
    note: str = ""


STEP = 250  # records read at a time: an event loop does nothing else while it takes in what a round trip brought


def steps(ids: list[int]) -> Iterator[list[int]]:
    """The ids in portions."""
    return (ids[start : start + STEP] for start in range(0, len(ids), STEP))


def cut(rows: list[Row], look: Look) -> list[Row]:
    """The rows that a look asks for."""
    return rows[look.start : look.start + look.rows]

"""The difference between two versions of a queue, as rows of the wire, and its way back."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]  # an entry as clients see it, with its `id`
MOVED = 8  # rows beyond which an order of all is shorter than the rows themselves


@dataclass(frozen=True, slots=True)
class Delta:
    """What turns one list of rows into the next.

    The rows `gone` and `put` are taken out, then each of `put` goes to its place, the first place first; where there
    is an `order` all are put into it in the end.
    """

    gone: tuple[str, ...] = ()
    put: tuple[tuple[int, Row], ...] = ()
    order: tuple[str, ...] | None = None


def difference(before: Sequence[Row], after: Sequence[Row]) -> Delta | None:
    """The shortest delta between two lists, or None where they are the same."""
    had, ids = {row["id"]: row for row in before}, [row["id"] for row in after]
    stays = set(ids)
    gone = tuple(name for name in had if name not in stays)
    changed = {row["id"] for row in after if had.get(row["id"]) != row}
    places = {name: place for place, name in enumerate(had)}
    staying = [name for name in ids if name in places]
    moved = set(staying) - _in_order(staying, places)
    if not gone and not changed and not moved:
        return None
    ordered = len(moved) > MOVED
    shown = changed if ordered else changed | moved
    put = tuple((place, row) for place, row in enumerate(after) if row["id"] in shown)
    return Delta(gone, put, tuple(ids) if ordered else None)


def applied(before: Sequence[Row], delta: Delta) -> list[Row]:
    """The list after a delta."""
    out = {*delta.gone, *(row["id"] for _, row in delta.put)}
    rows = [row for row in before if row["id"] not in out]
    for place, row in delta.put:
        rows.insert(place, row)
    if delta.order is None:
        return rows
    by_id = {row["id"]: row for row in rows}
    return [by_id[name] for name in delta.order]


def _in_order(names: list[str], places: dict[str, int]) -> set[str]:
    """The most names that stand in the order of their places: the longest rising run, by patience sorting."""
    tops: list[int] = []  # the smallest place on which a run of each length ends
    ends: list[str] = []
    before: dict[str, str | None] = {}
    for name in names:
        length = bisect_left(tops, places[name])
        tops[length : length + 1] = [places[name]]
        ends[length : length + 1] = [name]
        before[name] = ends[length - 1] if length else None
    run, name = set(), ends[-1] if ends else None
    while name is not None:
        run.add(name)
        name = before[name]
    return run

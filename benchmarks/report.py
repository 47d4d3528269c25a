"""Figures beside what they are to be: a table for people, a file for programs."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One figure; `bar` is what the first version must reach, `target` what the design wants, both upper bounds."""

    name: str
    value: float
    unit: str = ""
    bar: float | None = None
    target: float | None = None


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of the values does not exceed (nearest rank); NaN of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


def spread(name: str, values: list[float], unit: str, bars: tuple = (), targets: tuple = ()) -> list[Row]:
    """The rows p50, p95 and p99 of some values; bars and targets in the same order, None where there is none."""
    shares = (0.5, 0.95, 0.99)
    bars, targets = (*bars, None, None, None), (*targets, None, None, None)
    return [
        Row(f"{name} p{share * 100:.0f}", percentile(values, share), unit, bar, target)
        for share, bar, target in zip(shares, bars, targets, strict=False)
    ]


def show(title: str, rows: list[Row]) -> None:
    """Print the table; a figure over its bar is marked."""
    print(f"\n{title}")
    print(f"{'':44}{'measured':>12} {'':12}{'bar':>9}{'target':>9}")
    for row in rows:
        bounds = "".join(f"{_short(bound):>9}" for bound in (row.bar, row.target))
        missed = "   OVER THE BAR" if row.bar is not None and not row.value <= row.bar else ""
        print(f"{row.name:44}{_short(row.value):>12} {row.unit:12}{bounds}{missed}")


def save(path: Path, settings: dict, rows: list[Row]) -> None:
    """Write the figures as JSON."""
    figures = {row.name: {"value": row.value, "unit": row.unit, "bar": row.bar, "target": row.target} for row in rows}
    path.write_text(json.dumps({"settings": settings, "figures": figures}, indent=2) + "\n")


def _short(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.3g}"

"""How far two players are apart, from samples of both; pure. Times in ms, positions in seconds."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

HAVE_FUTURE_DATA = 3  # HTMLMediaElement.readyState from which a film runs
GAP = 250  # ms between two samples: the machine, not the player, stood still
AROUND = 500  # ms on both sides of a stall that say nothing of sync


@dataclass(frozen=True, slots=True)
class Sample:
    """One reading of a player."""

    at: float
    pos: float
    paused: bool
    seeking: bool
    ready: int
    rate: float

    @property
    def running(self) -> bool:
        """Whether the film should move."""
        return not self.paused and not self.seeking


@dataclass(frozen=True)
class Drifts:
    """The absolute differences in ms at the samples that count, and the stalls whose windows were left out."""

    values: list[float]
    stalls: int

    def __add__(self, other: "Drifts") -> "Drifts":
        return Drifts(self.values + other.values, self.stalls + other.stalls)


def drifts(one: Sequence[Sample], other: Sequence[Sample], since: float, until: float) -> Drifts:
    """The differences between two players while both run, at the instants of the first one's samples."""
    stalled = sorted(at for samples in (one, other) for at in stalls(samples) if since - AROUND < at < until + AROUND)
    values = []
    for sample in one:
        if not since <= sample.at < until or not sample.running or _near(stalled, sample.at):
            continue
        far = position_at(other, sample.at)
        if far is not None:
            values.append(abs(sample.pos - far) * 1000)
    return Drifts(values, sum(1 for before, at in pairwise([-AROUND, *stalled]) if at - before > AROUND))


def stalls(samples: Sequence[Sample]) -> list[float]:
    """When a running player lacked data, or nobody could read it."""
    found = [sample.at for sample in samples if sample.running and sample.ready < HAVE_FUTURE_DATA]
    return found + [after.at for before, after in pairwise(samples) if after.at - before.at > GAP]


def position_at(samples: Sequence[Sample], at: float) -> float | None:
    """Where a running player was, between two samples; None where it did not run."""
    place = bisect_left(samples, at, key=lambda sample: sample.at)
    if not 0 < place < len(samples):
        return None
    before, after = samples[place - 1], samples[place]
    if not before.running or not after.running or after.at - before.at > GAP:
        return None
    return before.pos + (after.pos - before.pos) * (at - before.at) / (after.at - before.at)


def slope(samples: Sequence[Sample]) -> float:
    """Seconds of film in a second, by the least squares."""
    xs, ys = [sample.at / 1000 for sample in samples], [sample.pos for sample in samples]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    over = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return over / sum((x - mean_x) ** 2 for x in xs)


def resumed(samples: Sequence[Sample], since: float, there: Callable[[Sample], bool] = lambda _: True) -> float | None:
    """When the film first moved after `since`, at a sample that is `there`; None if it did not."""
    for before, after in pairwise(samples):
        moves = before.running and after.running and 0 < after.pos - before.pos < 1
        if before.at >= since and moves and there(before):
            return before.at
    return None


def _near(stalled: Sequence[float], at: float) -> bool:
    place = bisect_left(stalled, at - AROUND)
    return place < len(stalled) and stalled[place] <= at + AROUND

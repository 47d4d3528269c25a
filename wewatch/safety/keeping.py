"""How long what nobody comes back to is kept; pure."""

from collections.abc import Iterable

DAY = 24 * 3600_000  # ms
USER = 400 * DAY  # as long as a browser keeps a cookie: who was not here for so long has none any more


def is_abandoned(has_device: bool, signs: Iterable[float], now: float) -> bool:
    """Whether a user is not coming back: no device is left, and no sign of life (ms) is younger than 400 days.

    Who logged out everywhere leaves rooms behind in which their friends may still watch: that is a sign of life.
    """
    return not has_device and max(signs, default=0.0) < now - USER


def is_idle(signs: Iterable[float], now: float, days: int) -> bool:
    """Whether a room is to go because nobody was there for so many days; never with 0 days."""
    return days > 0 and max(signs, default=0.0) < now - days * DAY

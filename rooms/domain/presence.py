"""Who is in a room: the people shown, how they get on, and the difference between two looks at them."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 50  # people of one room that are named; beyond that they are counted
PAGE = 100  # people on a page of all
JOINING = "joining"  # has not reported yet: at the door, or loading
STATES = (
    "ready",
    "muted",
    "behind",
    "ad",
    "stalled",
    "apart",
    "blocked",
    "broken",
    JOINING,
    "offline",
)  # the best first


@dataclass(frozen=True, slots=True)
class Person:
    """A viewer as the others see one; `s` are seconds behind."""

    id: int
    name: str
    color: str
    state: str = "ready"
    s: int | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """A look at a room: how many people, and those that are named.

    `users` are all, in order of arrival, `inside` those of them who are past the door.
    """

    count: int = 0
    people: tuple[Person, ...] = ()
    users: tuple[int, ...] = ()
    inside: tuple[int, ...] = ()


def present(roster: Roster) -> dict[int, str]:
    """The names of those past the door, by user, as many as are named."""
    return {person.id: person.name for person in roster.people if person.state != JOINING}


@dataclass(frozen=True, slots=True)
class Change:
    """What turns one roster into the next: `add` people are new, or known with another name, colour or state."""

    count: int
    add: tuple[Person, ...]
    gone: tuple[int, ...]


def difference(before: Roster, after: Roster) -> Change | None:
    """The change between two looks, or None."""
    known, ids = set(before.people), {person.id for person in after.people}
    add = tuple(person for person in after.people if person not in known)
    gone = tuple(person.id for person in before.people if person.id not in ids)
    if not add and not gone and before.count == after.count:
        return None
    return Change(after.count, add, gone)


def best(reports: Iterable[str]) -> tuple[str, int | None]:
    """The state of a person with several tabs, that of the best one; reports as `written`."""
    word, _, more = min((report or "ready" for report in reports), key=_rank).partition(" ")
    return word, int(more) if word == "behind" else None


def _rank(report: str) -> int:
    word = report.partition(" ")[0]
    return STATES.index(word) if word in STATES else len(STATES)


def written(state: str, seconds: float | None, entry: str = "") -> str:
    """A state as one word, with whole seconds after `behind` and the entry after `broken`; '' for ready."""
    if state == "broken":
        return f"broken {entry}"
    if state == "behind":
        return f"behind {min(round(seconds or 0), 9999)}"
    return "" if state == "ready" else state


def shown(users: Iterable[int], first: Iterable[int]) -> list[int]:
    """Whom a roster names: those with a place in the room, then the others in order of arrival."""
    users = dict.fromkeys(users)
    return list(dict.fromkeys((*(user for user in first if user in users), *users)))[:SHOWN]

"""Who is in a room: the people shown, and the difference between two looks at them."""

from dataclasses import dataclass

SHOWN = 50  # people of one room that are named; beyond that they are counted


@dataclass(frozen=True, slots=True)
class Person:
    """A viewer as the others see one."""

    id: int
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A look at a room: how many people, and those that are named, in order of arrival."""

    count: int = 0
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What turns one roster into the next: `add` people are new, or known with another name or colour."""

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

"""The rules of a room that its host sets, and who has which place in it, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

EVERYONE, HELPERS, HOST = "everyone", "helpers", "host"
MODES = (EVERYONE, HELPERS, HOST)
WAITS = ("never", "some", "all")
LOOPS = ("off", "one", "all")
BROKEN = ("ask", "skip")  # what a room does with a video that plays for nobody
SECONDS_MAX = 60  # seconds that a room waits for somebody at most under `some`
SLOW_MAX = 300  # seconds between two messages of a viewer
NAMED = 200  # helpers, remotes, muted people: as many of each as a room keeps
ASKING = 20  # people who may ask for the remote at a time


@dataclass(frozen=True, slots=True)
class Rules:
    """Modes, waiting, and places. `v` grows by one with each change of the rules or the door.

    `remotes` are people with the remote beyond what the mode says: user to the end (server ms), None for good.
    `loop` says what follows the last entry, `autoplay` whether the next one begins by itself, `votes` whether the queue
    stands in the order of votes.
    `away` is since when the host is not here (server ms), `acting` who acts as host meanwhile.
    """

    v: int = 0
    control: str = EVERYONE
    queue: str = EVERYONE
    chat: str = EVERYONE
    wait: str = "never"
    seconds: int = 5
    slow: int = 0
    locked: bool = False
    loop: str = "off"
    autoplay: bool = True
    votes: bool = False
    broken: str = "ask"
    helpers: tuple[int, ...] = ()
    remotes: Mapping[int, float | None] = field(default_factory=dict)
    muted: tuple[int, ...] = ()
    asking: tuple[int, ...] = ()
    acting: int | None = None
    away: float | None = None


def with_(places: tuple[int, ...], user: int) -> tuple[int, ...]:
    """The places with a user, the newest last; the oldest gives way where there are too many."""
    return (*(place for place in places if place != user), user)[-NAMED:]


def without(places: tuple[int, ...], user: int) -> tuple[int, ...]:
    """The places without a user."""
    return tuple(place for place in places if place != user)

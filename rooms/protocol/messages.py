"""What clients say, one dataclass a message."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ck:
    """A clock ping; `drift` is how far the film is ahead of where it should be, in ms."""

    seq: int
    c0: float
    rtt: float | None
    v: int
    drift: int | None = None


@dataclass(frozen=True, slots=True)
class Op:
    """A person's intent."""

    id: str
    v: int
    entry: str
    kind: str
    pos: float | None = None
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The film has ended in this tab."""

    entry: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What this tab's player found out about an entry."""

    entry: str
    duration: float | None
    live: bool
    title: str | None


@dataclass(frozen=True, slots=True)
class Get:
    """A request for the state."""


@dataclass(frozen=True, slots=True)
class Me:
    """My name or colour has changed."""


@dataclass(frozen=True, slots=True)
class Rdy:
    """How this tab gets on with the film; `s` seconds behind."""

    entry: str
    v: int
    state: str
    s: float | None


@dataclass(frozen=True, slots=True)
class Say:
    """A chat message; `re` the number of the one that it answers, `at` the people it mentions."""

    id: str
    text: str
    re: int | None
    at: list[int]


@dataclass(frozen=True, slots=True)
class Edit:
    """Another text for a message of mine."""

    id: str
    n: int
    text: str


@dataclass(frozen=True, slots=True)
class Del:
    """A message is to be deleted."""

    id: str
    n: int


@dataclass(frozen=True, slots=True)
class Mark:
    """My reaction on a message, put there or taken away."""

    id: str
    n: int
    emoji: str
    on: bool


@dataclass(frozen=True, slots=True)
class Past:
    """A request for messages: the newest (None), or those before a number."""

    before: int | None


@dataclass(frozen=True, slots=True)
class Typing:
    """I am typing."""


@dataclass(frozen=True, slots=True)
class Emote:
    """A reaction that floats over the film."""

    emoji: str


@dataclass(frozen=True, slots=True)
class Fault:
    """This tab cannot play an entry: why, in one word."""

    entry: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entries:
    """A request for the whole queue."""


@dataclass(frozen=True, slots=True)
class Queue:
    """An act on the queue; which fields count depends on the kind."""

    id: str
    kind: str
    links: list[str] | tuple[()] = ()
    where: str = "end"
    entry: str = ""
    before: str | None = None
    on: bool = True
    start: float = 0.0
    link: str = ""
    list: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """The answer to a ready check."""


@dataclass(frozen=True, slots=True)
class Ask:
    """I would like the remote."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """A request for a page of the people here."""

    from_: int


@dataclass(frozen=True, slots=True)
class Manage:
    """An act of a host or helper; which fields count depends on the kind."""

    id: str
    kind: str
    user: int | None = None
    on: bool = True
    good: bool = False
    field: str = ""
    value: str | int | bool | None = None
    ban: str = ""
    invite: str = ""
    name: str = ""
    role: str = ""
    hours: float | None = None
    uses: int | None = None

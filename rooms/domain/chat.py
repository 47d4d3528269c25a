"""The chat as values: messages, and what may be done with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import emoji

from rooms.domain.errors import Refused

MESSAGES = 500  # that a room keeps
PAGE = 100  # that a newcomer gets, and each look further back
LENGTH = 500  # characters
EMOJI_BYTES = 48
KINDS = 12  # different reactions on one message
REACTIONS = 200  # in all on one message
ACTION = "/me "


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody said. `n` is the order for everybody; `t` server ms; `pos` seconds of the film.

    `me`: an action ("/me waves"); `re`: the number of the message that it answers; `at`: the people it mentions;
    `gone`: deleted by its author (own) or a moderator (mod); `marks`: who reacted, by emoji.
    """

    n: int
    id: str
    user: int
    name: str
    color: str
    t: float
    pos: float | None
    text: str
    me: bool = False
    re: int | None = None
    at: tuple[int, ...] = ()
    edited: bool = False
    gone: str = ""
    marks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def said(text: str) -> tuple[str, bool]:
    """The text of a message, and whether it is an action. Raises Refused where nothing is said."""
    action = text.lower().startswith(ACTION)
    rest = text[len(ACTION) :].strip() if action else text
    if not rest or rest.lower() == ACTION.strip():
        raise Refused("empty")
    return rest, action


def edit(message: Message, user: int, text: str) -> Message:
    """My message with another text. Raises Refused."""
    if message.user != user or message.gone:
        raise Refused("not-allowed")
    rest, action = said(text)
    return replace(message, text=rest, me=action, edited=True)


def delete(message: Message, user: int, moderates: bool) -> Message:
    """A message deleted, by its author or a moderator: nothing of what it said is kept. Raises Refused.

    Who deleted it first stays on record: an author makes no moderator's act look like their own.
    """
    if message.user != user and not moderates:
        raise Refused("not-allowed")
    gone = message.gone or ("own" if message.user == user else "mod")
    return replace(message, text="", marks={}, at=(), gone=gone)


def mark(message: Message, user: int, symbol: str, on: bool) -> Message:
    """A message with somebody's reaction put there or taken away. Raises Refused."""
    if message.gone:
        raise Refused("unknown")
    if not is_emoji(symbol):
        raise Refused("bad-value")
    others = tuple(other for other in message.marks.get(symbol, ()) if other != user)
    marks = {kind: users for kind, users in message.marks.items() if kind != symbol}
    if on or others:
        marks = dict(message.marks) | {symbol: (*others, user) if on else others}
    if len(marks) > KINDS or sum(map(len, marks.values())) > REACTIONS:
        raise Refused("too-many")
    return replace(message, marks=marks)


def is_emoji(text: str) -> bool:
    """Whether the text is one emoji and nothing else."""
    return len(text.encode("utf-8", "surrogatepass")) <= EMOJI_BYTES and emoji.is_emoji(text)


def item(message: Message) -> dict[str, Any]:
    """The message as it goes over the wire: what does not apply is left out, as is an answer to what was said later."""
    always = ("n", "id", "user", "name", "color", "t", "pos", "text")
    fields = {name: getattr(message, name) for name in always}
    more = {name: getattr(message, name) for name in ("me", "edited", "gone", "at", "marks")}
    if message.re is not None and 0 < message.re < message.n:
        fields["re"] = message.re
    return fields | {name: value for name, value in more.items() if value}

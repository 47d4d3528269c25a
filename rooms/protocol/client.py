"""What clients may say: the table of all messages with a check for each field, and the parser."""

import json
import math
import re
from collections.abc import Callable
from typing import Any

from rooms.domain.playback import RATE_MAX, RATE_MIN
from rooms.domain.queue_acts import PLACES
from rooms.domain.room import FAULTS
from rooms.domain.sources import URL_LENGTH
from rooms.protocol import messages

FRAME_LIMIT = 4096  # bytes of one frame from a client
INTEGER_LIMIT = 10**15
DRIFT_LIMIT = 60_000  # ms
RAW_TEXT = 2000  # characters of a chat message before it is cleaned
AT_ONCE = 10  # mentions in a message
LINKS = 100  # in one frame, which holds fewer of an ordinary length
OP_ID = re.compile(r"[A-Za-z0-9_-]{8,32}")
OPS = {"play": (), "pause": ("pos",), "seek": ("pos",), "rate": ("rate",), "go": (), "undo": ()}
MANAGE = {
    "set": ("field", "value"),
    "helper": ("user", "on"),
    "grant": ("user", "good"),
    "take": ("user",),
    "mute": ("user", "on"),
    "kick": ("user",),
    "ban": ("user",),
    "lift": ("ban",),
    "clear": (),
    "restore": (),
    "check": (),
    "list": (),
    "invite": ("name", "role", "hours", "uses"),
    "revoke": ("invite",),
    "renew": (),
}
QUEUE = {
    "add": ("links", "where"),
    "play": ("entry",),
    "skip": (),
    "move": ("entry", "before"),
    "remove": ("entry",),
    "clear": (),
    "back": (),
    "shuffle": (),
    "vote": ("entry", "on"),
    "voteskip": ("on",),
    "start": ("entry", "start"),
    "replace": ("entry", "link"),
    "list": ("list", "where"),
    "save": ("name",),
}
STATES = ("ready", "stalled", "behind", "ad", "apart", "muted", "blocked")


OPTIONAL = {"ck": {"drift"}}


class BadMessage(Exception):
    """The frame is no message of the protocol; the text says why."""


def _integer(value: Any) -> bool:
    return type(value) is int and 0 <= value < INTEGER_LIMIT


def _number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value) and abs(value) < INTEGER_LIMIT


def _bool(value: Any) -> bool:
    return type(value) is bool


def _text(limit: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is str and len(value) <= limit


def _one_of(words) -> Callable[[Any], bool]:
    return lambda value: type(value) is str and value in words


def _or_none(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


def _either(*checks: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: any(check(value) for check in checks)


def _id(value: Any) -> bool:
    return type(value) is str and bool(OP_ID.fullmatch(value))


def _people(value: Any) -> bool:
    return type(value) is list and len(value) <= AT_ONCE and all(_integer(one) for one in value)


def _links(value: Any) -> bool:
    return type(value) is list and len(value) <= LINKS and all(type(one) is str for one in value)


def _rate(value: Any) -> bool:
    return _number(value) and RATE_MIN <= value <= RATE_MAX


def _drift(value: Any) -> bool:
    return type(value) is int and abs(value) <= DRIFT_LIMIT


_word = _text(32)
FROM_CLIENT: dict[str, tuple[type, dict[str, Callable[[Any], bool]]]] = {
    "ck": (messages.Ck, {"seq": _integer, "c0": _number, "rtt": _or_none(_number), "v": _integer, "drift": _drift}),
    "op": (
        messages.Op,
        {"id": _id, "v": _integer, "entry": _word, "kind": _one_of(OPS), "pos": _number, "rate": _rate},
    ),
    "end": (messages.End, {"entry": _word}),
    "meta": (
        messages.Meta,
        {"entry": _word, "duration": _or_none(_number), "live": _bool, "title": _or_none(_text(1000))},
    ),
    "get": (messages.Get, {}),
    "me": (messages.Me, {}),
    "rdy": (messages.Rdy, {"entry": _word, "v": _integer, "state": _one_of(STATES), "s": _or_none(_number)}),
    "say": (messages.Say, {"id": _id, "text": _text(RAW_TEXT), "re": _or_none(_integer), "at": _people}),
    "edit": (messages.Edit, {"id": _id, "n": _integer, "text": _text(RAW_TEXT)}),
    "del": (messages.Del, {"id": _id, "n": _integer}),
    "mark": (messages.Mark, {"id": _id, "n": _integer, "emoji": _word, "on": _bool}),
    "past": (messages.Past, {"before": _or_none(_integer)}),
    "typing": (messages.Typing, {}),
    "emote": (messages.Emote, {"emoji": _word}),
    "ready": (messages.Ready, {}),
    "ask": (messages.Ask, {}),
    "crowd": (messages.Crowd, {"from": _integer}),
    "manage": (
        messages.Manage,
        {
            "id": _id,
            "kind": _one_of(MANAGE),
            "user": _integer,
            "on": _bool,
            "good": _bool,
            "field": _word,
            "value": _either(_word, _integer, _bool),
            "ban": _word,
            "invite": _word,
            "name": _text(1000),
            "role": _word,
            "hours": _or_none(_number),
            "uses": _or_none(_integer),
        },
    ),
    "fault": (messages.Fault, {"entry": _word, "reason": _one_of(FAULTS)}),
    "entries": (messages.Entries, {}),
    "queue": (
        messages.Queue,
        {
            "id": _id,
            "kind": _one_of(QUEUE),
            "links": _links,
            "where": _one_of(PLACES),
            "entry": _word,
            "before": _or_none(_word),
            "on": _bool,
            "start": _number,
            "link": _text(URL_LENGTH),
            "list": _word,
            "name": _text(1000),
        },
    ),
}
BY_KIND = {
    "op": ({"id", "v", "entry", "kind"}, OPS),
    "manage": ({"id", "kind"}, MANAGE),
    "queue": ({"id", "kind"}, QUEUE),
}


def parse(text: str) -> Any:
    """The message in a frame, one of `messages`; strict in types, fields and numbers. Raises BadMessage."""
    if len(text) > FRAME_LIMIT or len(text.encode("utf-8", "surrogatepass")) > FRAME_LIMIT:
        raise BadMessage(f"a frame may have {FRAME_LIMIT} bytes")
    try:
        fields = json.loads(text, parse_constant=_refuse, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise BadMessage("this is not JSON") from error
    if type(fields) is not dict:
        raise BadMessage("a message is one flat object")
    name = fields.pop("type", None)
    if type(name) is not str or name not in FROM_CLIENT:
        raise BadMessage("the type is unknown")
    kind, checks = FROM_CLIENT[name]
    if fields.keys() | OPTIONAL.get(name, set()) != _expected(name, checks, fields):
        raise BadMessage(f"the fields of {name} are not as they should be")
    for field, value in fields.items():
        if not checks[field](value):
            raise BadMessage(f"{field} is not as it should be")
    return kind(**{"from_" if field == "from" else field: value for field, value in fields.items()})


def _expected(name: str, checks: dict, fields: dict) -> set[str]:
    if name not in BY_KIND:
        return set(checks)
    always, more = BY_KIND[name]
    kind = fields.get("kind")
    return {*always, *(more.get(kind, ()) if type(kind) is str else ())}


def _refuse(constant: str):
    raise ValueError(constant)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field stands twice")
    return fields

"""Every message of a room's WebSocket, in both directions: the tables, the parser and the writers.

docs/protocol.md says what each is for; a test compares the two and the JavaScript twin.
"""

import json
import math
import re
from dataclasses import asdict, dataclass
from typing import Any

from rooms.domain.playback import RATE_MAX, RATE_MIN, Playback

FRAME_LIMIT = 4096  # bytes of one frame from a client
INTEGER_LIMIT = 10**15
OP_ID = re.compile(r"[A-Za-z0-9_-]{8,32}")
KINDS = {"play": (), "pause": ("pos",), "seek": ("pos",), "rate": ("rate",)}


class BadMessage(Exception):
    """The frame is no message of the protocol; the text says why."""


@dataclass(frozen=True, slots=True)
class Ck:
    """A clock ping."""

    seq: int
    c0: float
    rtt: float | None
    v: int


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


def _integer(value: Any) -> bool:
    return type(value) is int and 0 <= value < INTEGER_LIMIT


def _number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value) and abs(value) < INTEGER_LIMIT


def _text(limit: int):
    return lambda value: type(value) is str and len(value) <= limit


def _or_none(check):
    return lambda value: value is None or check(value)


def _rate(value: Any) -> bool:
    return _number(value) and RATE_MIN <= value <= RATE_MAX


_id = _text(32)
FROM_CLIENT: dict[str, tuple[type, dict[str, Any]]] = {
    "ck": (Ck, {"seq": _integer, "c0": _number, "rtt": _or_none(_number), "v": _integer}),
    "op": (
        Op,
        {
            "id": lambda value: type(value) is str and bool(OP_ID.fullmatch(value)),
            "v": _integer,
            "entry": _id,
            "kind": lambda value: type(value) is str and value in KINDS,
            "pos": _number,
            "rate": _rate,
        },
    ),
    "end": (End, {"entry": _id}),
    "meta": (
        Meta,
        {
            "entry": _id,
            "duration": _or_none(_number),
            "live": lambda value: type(value) is bool,
            "title": _or_none(_text(1000)),
        },
    ),
    "get": (Get, {}),
    "me": (Me, {}),
}
FROM_SERVER = {
    "st": ("v", "epoch", "entry", "pos", "rate", "playing", "hold", "t", "by"),
    "ck": ("seq", "c0", "s1", "s2"),
    "nak": ("id", "reason", "st"),
    "who": ("n", "people", "add", "del"),
    "hb": ("v",),
    "error": ("code", "detail"),
}

Message = Ck | Op | End | Meta | Get | Me


def parse(text: str) -> Message:
    """The message in a frame; strict in types, fields and numbers. Raises BadMessage."""
    if len(text) > FRAME_LIMIT or len(text.encode("utf-8", "surrogatepass")) > FRAME_LIMIT:
        raise BadMessage(f"a frame may have {FRAME_LIMIT} bytes")
    if text.count("{") + text.count("[") > 4:  # every message is flat; deep nesting never reaches the parser
        raise BadMessage("a message is one flat object")
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
    if fields.keys() != _expected(name, checks, fields):
        raise BadMessage(f"the fields of {name} are not as they should be")
    for field, value in fields.items():
        if not checks[field](value):
            raise BadMessage(f"{field} is not as it should be")
    return kind(**fields)


def _expected(name: str, checks: dict, fields: dict) -> set[str]:
    if name != "op":
        return set(checks)
    kind = fields.get("kind")
    return {"id", "v", "entry", "kind", *(KINDS.get(kind, ()) if type(kind) is str else ())}


def _refuse(constant: str):
    raise ValueError(constant)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field stands twice")
    return fields


def dump(type_: str, **fields: Any) -> bytes:
    """One message of the server as the bytes of a frame's payload."""
    return json.dumps({"type": type_, **fields}, separators=(",", ":"), ensure_ascii=False).encode()


def vector(playback: Playback, epoch: str) -> dict[str, Any]:
    """The state vector as it goes over the wire: positions to 0.1 ms, times to 0.1 ms."""
    by = playback.by
    return {
        "v": playback.v,
        "epoch": epoch,
        "entry": playback.entry,
        "pos": round(playback.pos, 4),
        "rate": playback.rate,
        "playing": playback.playing,
        "hold": playback.hold,
        "t": round(playback.t, 1),
        "by": asdict(by) if by else None,
    }


def state(playback: Playback, epoch: str) -> bytes:
    """An `st` message."""
    return dump("st", **vector(playback, epoch))

"""What the server says: the table of its messages, and how they are written."""

import json
from dataclasses import asdict
from typing import Any

from rooms.domain.playback import Playback
from rooms.domain.presence import Person
from rooms.domain.room import Entry, Room
from rooms.domain.rules import Rules

FROM_SERVER = {
    "st": ("v", "epoch", "entry", "pos", "rate", "playing", "hold", "t", "by"),
    "ck": ("seq", "c0", "s1", "s2"),
    "nak": ("id", "reason", "st"),
    "who": ("n", "people", "add", "del"),
    "hb": ("v",),
    "error": ("code", "detail"),
    "entry": ("id", "source", "ref", "title", "duration", "start", "known"),
    "rules": (
        *("v", "control", "queue", "chat", "wait", "seconds", "slow", "locked"),
        *("loop", "autoplay", "votes", "broken"),
        *("helpers", "remotes", "acting", "muted"),
    ),
    "you": ("role", "may", "muted"),
    "asks": ("people",),
    "chat": ("v", "first", "items", "log"),
    "past": ("first", "items"),
    "msg": ("v", "item"),
    "clear": ("v", "cleared"),
    "log": ("item",),
    "typing": ("people",),
    "float": ("items",),
    "crowd": ("from", "n", "people"),
    "queue": ("v", "skips", "entries"),
    "queued": ("from", "v", "skips", "del", "put", "order"),
    "voted": ("entries",),
    "done": ("id", "data"),
    "refused": ("id", "reason", "wait"),
}


def dump(type_: str, **fields: Any) -> bytes:
    """One message of the server as the bytes of a frame's payload."""
    return json.dumps({"type": type_, **fields}, separators=(",", ":"), ensure_ascii=False).encode()


def vector(playback: Playback, epoch: str) -> dict[str, Any]:
    """The state vector as it goes over the wire: positions to 0.1 ms, times to 0.1 ms."""
    by, hold = playback.by, playback.hold
    return {
        "v": playback.v,
        "epoch": epoch,
        "entry": playback.entry,
        "pos": round(playback.pos, 4),
        "rate": playback.rate,
        "playing": playback.playing,
        "hold": asdict(hold) if hold else None,
        "t": round(playback.t, 1),
        "by": asdict(by) if by else None,
    }


def state(playback: Playback, epoch: str) -> bytes:
    """An `st` message."""
    return dump("st", **vector(playback, epoch))


def entry(one: Entry) -> dict[str, Any]:
    """What a client needs to play an entry."""
    return {name: getattr(one, name) for name in FROM_SERVER["entry"]}


def rules(now: Rules, time: float) -> bytes:
    """A `rules` message at server time `time` (ms)."""
    remotes = [user for user, until in now.remotes.items() if until is None or until > time]
    fields = {name: getattr(now, name) for name in FROM_SERVER["rules"]}
    return dump("rules", **fields | {"remotes": remotes})


def person(one: Person) -> dict[str, Any]:
    """A person of the roster; `s` only where it says something."""
    fields = {"id": one.id, "name": one.name, "color": one.color, "state": one.state}
    return fields | ({"s": one.s} if one.s is not None else {})


ROW = ("id", "source", "ref", "title", "duration", "start", "by", "who")


def rows(room: Room) -> list[dict[str, Any]]:
    """The queue as clients see it; votes and faults only where there are any."""
    return [_row(one) for one in room.queue]


def _row(one: Entry) -> dict[str, Any]:
    fields = {name: getattr(one, name) for name in ROW}
    more = {"votes": len(one.votes), "fault": one.fault}
    return fields | {name: value for name, value in more.items() if value}

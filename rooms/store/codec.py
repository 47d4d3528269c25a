"""Rooms to and from the fields of their Redis record."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from functools import lru_cache
from typing import Any

from rooms.domain.door import Ban, Door, Invite, NamedInvite
from rooms.domain.playback import Playback, revived
from rooms.domain.room import Entry, Removed, Room
from rooms.domain.rules import Rules
from wewatch.record import check_schema

SCHEMA = 3  # 2 added rules, door and waits, 3 queue_v, skips and removed: what is missing is as in a new room
KEPT = 32  # queues of other rooms that a process does not read again: one of 500 entries costs it a millisecond


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


_DUMP: dict[str, Callable[[Room], str]] = {  # each field of a record
    "owner": lambda room: str(room.owner),
    "created": lambda room: repr(room.created),
    "epoch": lambda room: room.epoch,
    "invite": lambda room: _json(asdict(room.invite)),
    "queue": lambda room: _json([_plain(entry) for entry in room.queue]),
    "playback": lambda room: _json(asdict(room.playback)),
    "ops": lambda room: " ".join(room.ops),
    "rules": lambda room: _json(asdict(room.rules)),
    "door": lambda room: _json(asdict(room.door)),
    "waits": lambda room: _json(room.waits),
    "queue_v": lambda room: str(room.queue_v),
    "skips": lambda room: _json(room.skips),
    "removed": lambda room: _json(asdict(room.removed) if room.removed else None),
    "closed": lambda room: "1" if room.closed else "",
}
FIELDS = ("schema", *_DUMP)


def dump_room(room: Room) -> dict[str, str]:
    """All fields of a record."""
    return {"schema": str(SCHEMA)} | {name: dump(room) for name, dump in _DUMP.items()}


def dump_changes(before: Room, after: Room) -> dict[str, str]:
    """The fields in which two rooms differ: what may be long is left alone where it did not change."""
    changed = [name for name in _DUMP if getattr(after, name) is not getattr(before, name)]
    return {"schema": str(SCHEMA)} | {name: _DUMP[name](after) for name in changed}


def _plain(entry: Entry) -> dict[str, Any]:
    """An entry's fields, without `asdict`, which copies deeply and costs ten times as much."""
    return {name: getattr(entry, name) for name in _ENTRY}


_ENTRY = tuple(field.name for field in fields(Entry))


def load_playback(text: str) -> Playback:
    """The playback in its field."""
    return revived(json.loads(text))


@lru_cache(KEPT)
def load_queue(text: str) -> tuple[Entry, ...]:
    """The entries in their field."""
    return tuple(_entry(entry) for entry in json.loads(text))


def _entry(plain: dict[str, Any]) -> Entry:
    return Entry(**plain | {"votes": tuple(plain.get("votes", ()))})


@lru_cache(KEPT)
def _load_removed(text: str) -> Removed | None:
    plain = json.loads(text)
    if plain is None:
        return None
    entries = tuple((place, _entry(entry)) for place, entry in plain["entries"])
    return Removed(plain["by"], plain["t"], entries)


def load_room(room_id: int, found: Mapping[str, str]) -> Room:
    """The room in a record. Raises NewerSchema."""
    check_schema(f"room {room_id}", found["schema"], SCHEMA)
    return Room(
        id=room_id,
        owner=int(found["owner"]),
        created=float(found["created"]),
        epoch=found["epoch"],
        invite=Invite(**json.loads(found["invite"])),
        queue=load_queue(found["queue"]),
        playback=load_playback(found["playback"]),
        ops=tuple(found["ops"].split()),
        rules=load_rules(found.get("rules")),
        door=load_door(found.get("door")),
        waits={int(user): tuple(times) for user, times in json.loads(found.get("waits") or "{}").items()},
        queue_v=int(found.get("queue_v") or 1),
        skips=tuple(json.loads(found.get("skips") or "[]")),
        removed=_load_removed(found.get("removed") or "null"),
        closed=bool(found.get("closed")),
    )


def load_rules(text: str | None) -> Rules:
    """The rules in their field; those of a new room where it is missing."""
    plain = json.loads(text or "{}")
    lists = {name: tuple(plain.pop(name, ())) for name in ("helpers", "muted", "asking")}
    remotes = {int(user): until for user, until in plain.pop("remotes", {}).items()}
    return Rules(**plain, **lists, remotes=remotes)


def load_door(text: str | None) -> Door:
    """The door in its field; that of a new room where it is missing."""
    plain = json.loads(text or "{}")
    invites = (NamedInvite(**invite | {"users": tuple(invite["users"])}) for invite in plain.get("invites", ()))
    return Door(tuple(invites), tuple(Ban(**ban) for ban in plain.get("bans", ())))

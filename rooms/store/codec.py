"""Rooms to and from the fields of their Redis record."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from rooms.domain.door import Ban, Door, Invite, NamedInvite
from rooms.domain.playback import By, Hold, Playback
from rooms.domain.room import Entry, Room
from rooms.domain.rules import Rules

SCHEMA = 2  # 2 added rules, door and waits: a record of schema 1 is read as one with none of them
FIELDS = ("schema", "owner", "created", "epoch", "invite", "queue", "playback", "ops", "rules", "door", "waits")


class NewerSchema(Exception):
    """The record was written by a newer We Watch; this one must not touch it."""


def dump_room(room: Room) -> dict[str, str]:
    """All fields of a record."""
    return {
        "schema": str(SCHEMA),
        "owner": str(room.owner),
        "created": repr(room.created),
        "epoch": room.epoch,
        "invite": _json(asdict(room.invite)),
        "queue": _json([asdict(entry) for entry in room.queue]),
        "playback": _json(asdict(room.playback)),
        "ops": " ".join(room.ops),
        "rules": _json(asdict(room.rules)),
        "door": _json(asdict(room.door)),
        "waits": _json(room.waits),
    }


def dump_changes(before: Room, after: Room) -> dict[str, str]:
    """The fields in which two rooms differ: what may be long is left alone where it did not change."""
    changed = {name for name in FIELDS[1:] if getattr(after, name) is not getattr(before, name)}
    fields = dump_room(after) if changed - {"playback", "ops"} else _dump_act(after)
    return {"schema": str(SCHEMA)} | {name: fields[name] for name in changed}


def _dump_act(room: Room) -> dict[str, str]:
    return {"playback": _json(asdict(room.playback)), "ops": " ".join(room.ops)}


def load_playback(text: str) -> Playback:
    """The playback in its field."""
    fields = json.loads(text)
    by, hold = fields.pop("by"), fields.pop("hold")
    return Playback(
        **fields,
        by=By(**by) if by else None,
        hold=Hold(hold["kind"], tuple(hold["users"]), hold["until"]) if hold else None,
    )


def load_room(room_id: int, fields: Mapping[str, str]) -> Room:
    """The room in a record. Raises NewerSchema."""
    if int(fields["schema"]) > SCHEMA:
        raise NewerSchema(f"room {room_id} has schema {fields['schema']}, this program knows {SCHEMA}: update it")
    return Room(
        id=room_id,
        owner=int(fields["owner"]),
        created=float(fields["created"]),
        epoch=fields["epoch"],
        invite=Invite(**json.loads(fields["invite"])),
        queue=tuple(Entry(**entry) for entry in json.loads(fields["queue"])),
        playback=load_playback(fields["playback"]),
        ops=tuple(fields["ops"].split()),
        rules=load_rules(fields.get("rules")),
        door=load_door(fields.get("door")),
        waits={int(user): tuple(times) for user, times in json.loads(fields.get("waits") or "{}").items()},
    )


def load_rules(text: str | None) -> Rules:
    """The rules in their field; those of a new room where it is missing."""
    fields = json.loads(text or "{}")
    lists = {name: tuple(fields.pop(name, ())) for name in ("helpers", "muted", "asking")}
    remotes = {int(user): until for user, until in fields.pop("remotes", {}).items()}
    return Rules(**fields, **lists, remotes=remotes)


def load_door(text: str | None) -> Door:
    """The door in its field; that of a new room where it is missing."""
    fields = json.loads(text or "{}")
    invites = (NamedInvite(**invite | {"users": tuple(invite["users"])}) for invite in fields.get("invites", ()))
    return Door(tuple(invites), tuple(Ban(**ban) for ban in fields.get("bans", ())))


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

"""Rooms to and from the fields of their Redis record."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from rooms.domain.playback import By, Playback
from rooms.domain.room import Entry, Invite, Room

SCHEMA = 1
FIELDS = ("schema", "owner", "created", "epoch", "invite", "queue", "playback", "ops")


class NewerSchema(Exception):
    """The record was written by a newer We Watch; this one must not touch it."""


def dump_room(room: Room) -> dict[str, str]:
    """All fields of a new record."""
    return {
        "schema": str(SCHEMA),
        "owner": str(room.owner),
        "created": repr(room.created),
        "epoch": room.epoch,
        "invite": _json(asdict(room.invite)),
        "queue": dump_queue(room.queue),
        **dump_playback(room.playback, room.ops),
    }


def dump_queue(queue: tuple[Entry, ...]) -> str:
    """The field `queue`."""
    return _json([asdict(entry) for entry in queue])


def dump_playback(playback: Playback, ops: tuple[str, ...]) -> dict[str, str]:
    """The two fields that an act writes; the queue, which may be long, is left alone."""
    return {"playback": _json(asdict(playback)), "ops": " ".join(ops)}


def load_playback(text: str) -> Playback:
    """The playback in its field."""
    fields = json.loads(text)
    by = fields.pop("by")
    return Playback(**fields, by=By(**by) if by else None)


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
    )


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

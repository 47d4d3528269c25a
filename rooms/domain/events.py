"""What the room's log says of an act: an item of the protocol, with the names people had then."""

from typing import Any

from rooms.domain.playback import Playback


def event(kind: str, t: float, by: Any = None, who: tuple[int, str] | None = None, **more: Any) -> dict[str, Any]:
    """An item: `by` is whoever has id, name and color (None: the room itself), `who` whom it was done to."""
    item = {"t": round(t, 1), "kind": kind, "by": {"id": by.id, "name": by.name, "color": by.color} if by else None}
    if who:
        item["who"] = {"id": who[0], "name": who[1]}
    return item | more


def act_event(playback: Playback, by: Any, t: float, title: str) -> dict[str, Any]:
    """The item for an act on the film, now that of this title; clients know it by its version."""
    act = playback.by
    more: dict[str, Any] = {"v": playback.v}
    if act.kind in {"seek", "undo"}:
        more |= {"from": act.was, "to": playback.pos}
    if act.kind in {"video", "skip", "next"}:
        more["value"] = title
    if act.kind == "pause":
        more["to"] = playback.pos
    if act.kind == "rate":
        more["value"] = playback.rate
    return event(act.kind, t, by, **more)

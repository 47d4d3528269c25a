"""What the admin's pages say of rooms, people and what happened, in words. Pure."""

from typing import Any

from rooms.domain.playback import Hold
from rooms.domain.presence import Person

PERSON = {
    "ready": "in sync",
    "muted": "in sync, muted",
    "behind": "behind",
    "ad": "in an ad",
    "stalled": "buffering",
    "apart": "paused on its own",
    "blocked": "waits for a click",
    "broken": "cannot play this",
    "joining": "at the door",
    "offline": "offline",
}
DEVICE = {
    "came": "Came for the first time",
    "left": "Logged out by itself",
    "ended": "Ended by the staff",
    "replay": "Showed an old token: refused, the device is suspect",
    "ahead": "Showed a token newer than the store knew: taken, the store had gone back in time",
}
EVENT = {
    "play": "pressed play",
    "pause": "paused",
    "seek": "jumped",
    "undo": "took the last act back",
    "video": "changed the video",
    "skip": "skipped",
    "next": "went on to the next video",
    "rate": "changed the speed",
    "go": "went on without waiting",
    "set": "set",
    "grant": "gave the remote to",
    "take": "took the remote from",
    "kick": "kicked",
    "ban": "banned",
    "lift": "let back in",
    "clear": "cleared the chat",
    "restore": "brought the chat back",
    "check": "asked whether all are ready",
    "invite": "made an invite",
    "revoke": "took back an invite",
    "renew": "made a new invite link",
    "acting": "handed the host's place to",
    "back": "gave the host's place back",
    "hold": "waited for",
    "close": "closed the room",
    "reopen": "opened the room again",
    "stop": "ended the playback",
    "queue-add": "added to the queue",
    "queue-remove": "took from the queue",
    "queue-clear": "cleared the queue",
    "queue-back": "brought back to the queue",
    "queue-shuffle": "shuffled the queue",
    "queue-replace": "replaced in the queue",
}


SWITCHED = {"mute": ("unmuted", "muted"), "helper": ("took the helper's place from", "made a helper of")}  # off, on


def state(people: int, playing: bool, locked: bool, closed: bool) -> str:
    """A room's state: what its film does, or that nobody is there; and whether it is locked or closed."""
    film = ("playing" if playing else "paused") if people else "empty"
    return ", ".join([film, *(["locked"] if locked else []), *(["closed"] if closed else [])])


def hold(wait: Hold | None) -> str:
    """For what a room waits."""
    if wait is None:
        return ""
    return f"a ready check of {len(wait.users)}" if wait.kind == "ready" else f"{len(wait.users)} who buffer"


def person(one: Person) -> str:
    """How somebody gets on."""
    return f"{PERSON.get(one.state, one.state)}{f' by {one.s} s' if one.s else ''}"


def device(kind: str) -> str:
    """What happened to a device."""
    return DEVICE.get(kind, kind)


def event(item: dict[str, Any]) -> str:
    """An item of a room's log as a sentence."""
    by = item["by"]["name"] if item.get("by") else "The room"
    kind, value = item["kind"], item.get("value")
    parts = [by, SWITCHED[kind][bool(value)] if kind in SWITCHED else EVENT.get(kind, kind)]
    if item.get("who"):
        parts.append(item["who"]["name"])
    if item.get("field"):
        parts.append(f"{item['field']} to")
    if kind == "grant":
        parts.append("for good" if value else "for now")
    elif value is not None and kind not in SWITCHED:
        parts.append({True: "on", False: "off"}[value] if isinstance(value, bool) else str(value))
    return " ".join(parts)

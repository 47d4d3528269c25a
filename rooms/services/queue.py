"""Use cases of the queue: what people do with it, the end of a film, and a video that plays for nobody."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from accounts.identity import Account
from rooms import broadcast
from rooms.domain import queue as rules
from rooms.domain import queue_acts
from rooms.domain.errors import BadText, Refused, RoomUnknown, TooManyPlaylists
from rooms.domain.events import act_event, event
from rooms.domain.manage import require
from rooms.domain.playback import OPS_REMEMBERED, lead
from rooms.domain.queue_acts import QueueAct
from rooms.domain.room import Entry, Room
from rooms.domain.sources import UNTITLED, Video
from rooms.hub import Viewer
from rooms.protocol import messages
from rooms.services import adding, chat, playback, playlists, presence, space, titles
from rooms.services.change import change
from rooms.store import chat as log
from wewatch.clock import clock

TAKEN = ("entry", "before", "where", "on", "start")  # fields of the message as they are
BRINGING = {"add", "list"}
BY_PRESENCE = {"voteskip"}
NOTED = {"add", "remove", "clear", "back", "shuffle", "replace"}  # acts that stand in the log


async def act(room_id: int, account: Account, message: messages.Queue) -> dict[str, Any] | None:
    """Do what somebody asks of the queue; returns what the answer tells. Raises NoSpace, Refused, RoomUnknown."""
    if message.kind == "save":
        return await _save(room_id, account.id, message.name)
    if message.kind in BRINGING:
        _allowed(room_id, account.id)
        await space.needed()
    found = await adding.entries(account, message)
    if found.bad and not found.entries:
        return {"added": 0, "left": 0, "bad": found.bad}
    wish = QueueAct(
        kind="add" if message.kind == "list" else message.kind,
        user=account.id,
        op=message.id,
        entries=tuple(found.entries),
        seed=secrets.token_hex(8),
        present=await presence.inside(room_id) if message.kind in BY_PRESENCE else frozenset(),
        **{name: getattr(message, name) for name in TAKEN},
    )
    before, after = await _commit(room_id, account, wish)
    name_later(room_id, found.entries)
    if wish.kind != "add":
        return None
    added = len(after.queue) - len(before.queue)
    return {"added": added, "left": len(found.entries) - added, "bad": found.bad}


def _allowed(room_id: int, user: int) -> None:
    """A first look at the rules as they are known here: for who may not add no list is asked for. Raises Refused."""
    local = broadcast.local().rooms.get(room_id)
    if local and local.known:
        require(local.known, user, "queue", clock().now())


async def _save(room_id: int, user: int, name: str) -> dict[str, Any]:
    """Keep the queue as a playlist of one's own. Raises Refused, RoomUnknown."""
    room = await playback.snapshot(room_id)
    videos = [Video(one.source, one.ref, one.title, one.start, one.duration) for one in room.queue]
    try:
        made = await playlists.create(user, name, videos=videos)
    except BadText as error:
        raise Refused("bad-value") from error
    except TooManyPlaylists as error:
        raise Refused("too-many-playlists") from error
    return {"id": made.id, "name": made.name}


def name_later(room_id: int, entries: Iterable[Entry]) -> None:
    """Let entries have the titles that YouTube knows, as soon as it has told them."""
    titles.later(entries, lambda known: _learn(room_id, known))


async def _learn(room_id: int, known: dict[str, str]) -> None:

    def titled(entry: Entry) -> Entry:
        fits = entry.source == "youtube" and entry.title == UNTITLED and entry.ref in known
        return replace(entry, title=known[entry.ref]) if fits else entry

    def decide(room: Room, now: float) -> Room | None:
        entries = tuple(map(titled, room.queue))
        return None if entries == room.queue else rules.changed(room, queue=entries)

    with suppress(RoomUnknown):  # it was deleted meanwhile
        await change(room_id, decide)


async def _commit(room_id: int, account: Account, wish: QueueAct) -> tuple[Room, Room]:
    noted, seen = [], []

    def decide(room: Room, now: float) -> Room:
        after = queue_acts.apply(room, wish, now, lead(broadcast.one_way(room_id, now)))
        seen[:] = [room, now]
        if after.playback is not room.playback:
            noted[:] = [act_event(after.playback, account, now, after.title)]
        return replace(after, ops=(*room.ops, wish.op)[-OPS_REMEMBERED:])

    after = await change(room_id, decide, noted)
    before, now = seen
    if noted:
        await log.add(room_id, noted[0])
    if wish.kind in NOTED and not noted:
        await chat.note(room_id, _note(before, after, account, wish, now))
    return before, after


def _note(before: Room, after: Room, account: Account, wish: QueueAct, now: float) -> dict[str, Any]:
    """The item of the log: with the title of the entry that came, went or was replaced, and how many there were."""
    had, has = {entry.id for entry in before.queue}, {entry.id for entry in after.queue}
    moved = [entry.title for entry in (*before.queue, *after.queue) if (entry.id in had) != (entry.id in has)]
    more = {"value": moved[0], "count": len(moved)} if moved else {}
    return event(f"queue-{wish.kind}", now, account, **more)


async def end(room_id: int, entry: str) -> None:
    """A film has ended: the first report that is believed goes on to the next, or stops the room at its end."""
    noted = []

    def decide(room: Room, now: float) -> Room | None:
        after = rules.ended(room, entry, now, lead(broadcast.one_way(room_id, now)))
        noted[:] = _going_on(room, after, now)
        return after

    await _by_itself(room_id, decide, noted)


async def fault(viewer: Viewer, entry: str, reason: str) -> None:
    """A viewer cannot play an entry; once nobody who is here can, the room knows, and goes on if its host wants so."""
    await presence.report(viewer, entry, "broken", None)
    if not await presence.plays_for_nobody(viewer.room_id, entry):
        return
    noted = []

    def decide(room: Room, now: float) -> Room | None:
        after = rules.broken(room, entry, reason, now, lead(broadcast.one_way(viewer.room_id, now)))
        noted[:] = _going_on(room, after, now)
        return after

    await _by_itself(viewer.room_id, decide, noted)


def _going_on(before: Room, after: Room | None, now: float) -> list[dict[str, Any]]:
    """What the log says of a room that went on to another entry by itself."""
    if after is None or after.playback.by is None or after.playback is before.playback:
        return []
    return [act_event(after.playback, None, now, after.title)]


async def _by_itself(room_id: int, decide, noted: list[dict[str, Any]]) -> None:
    await change(room_id, decide, noted)
    for item in noted:
        await log.add(room_id, item)


async def well(room_id: int, entry: str) -> None:
    """A viewer's film plays: where it was marked as one that plays for nobody, it is no longer."""
    local = broadcast.local().rooms.get(room_id)
    row = local and local.queue.row(entry)
    if row and row.get("fault"):
        await change(room_id, lambda room, now: rules.mended(room, entry))

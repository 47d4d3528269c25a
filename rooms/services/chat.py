"""Use cases of the chat: say, edit, delete, react, look back; and the room's log."""

from dataclasses import replace
from typing import Any

from accounts.identity import Account
from rooms import broadcast
from rooms.domain import chat as rules
from rooms.domain.chat import LENGTH, PAGE, Message
from rooms.domain.errors import Refused, RoomUnknown
from rooms.domain.events import event
from rooms.domain.manage import require
from rooms.domain.permissions import may, over, standing
from rooms.domain.playback import position_at
from rooms.domain.room import Room
from rooms.protocol import messages
from rooms.services import space
from rooms.store import chat as store
from rooms.store import rooms
from rooms.talk import LOG, Snapshot
from wewatch.text import clean

LOOKED_AT = 100  # items of the log that a moderator reads


async def say(room_id: int, account: Account, message: messages.Say) -> dict[str, Any] | None:
    """Say something, once however often it is sent; returns the item where it was said before.

    Raises NoSpace, Refused, RoomUnknown.
    """
    await space.needed()
    room, now = await _room(room_id)
    place = _chatting(room, account.id, now)
    text, action = rules.said(_clean(message.text))
    pos = position_at(room.playback, now, room.current.duration)
    made = Message(
        n=0,
        id=message.id,
        user=account.id,
        name=account.name,
        color=account.color,
        t=now,
        pos=round(pos, 1),
        text=text,
        me=action,
        re=message.re,
        at=tuple(dict.fromkeys(message.at)),
    )
    slow = 0 if may(room.rules, place, "moderate") else room.rules.slow * 1000
    said = await store.say(room_id, made, slow)
    if not said.n:
        raise Refused("slow", said.wait)
    if said.is_new:
        await _tell(room_id, said.v, replace(made, n=said.n, t=said.t))
        return None
    seen = await store.page(room_id, said.n + 1, 1)
    known = seen.messages[0] if seen.messages else replace(made, n=said.n, t=said.t)  # since then hidden, or too old
    return rules.item(known)


async def edit(room_id: int, account: Account, message: messages.Edit) -> None:
    """Another text for a message of one's own. Raises Refused, RoomUnknown."""
    room, now = await _room(room_id)
    _chatting(room, account.id, now)
    text = _clean(message.text)
    await _change(room_id, message.n, lambda seen: rules.edit(seen, account.id, text))


async def delete(room_id: int, account: Account, message: messages.Del) -> None:
    """Delete a message, one's own or as a moderator. Raises Refused, RoomUnknown."""
    room, now = await _room(room_id)
    moderates = may(room.rules, standing(room.owner, room.rules, account.id, now), "moderate")

    def decide(seen: Message) -> Message:
        if moderates and seen.user != account.id and not over(room.owner, room.rules, account.id, seen.user):
            raise Refused("protected")
        return rules.delete(seen, account.id, moderates)

    await _change(room_id, message.n, decide)


async def mark(room_id: int, account: Account, message: messages.Mark) -> None:
    """React on a message, or no longer. Raises Refused, RoomUnknown."""
    room, now = await _room(room_id)
    _chatting(room, account.id, now)
    await _change(room_id, message.n, lambda seen: rules.mark(seen, account.id, message.emoji, message.on))


async def typing(room_id: int, account: Account) -> None:
    """Somebody types; who may not say anything is not shown typing. Raises RoomUnknown."""
    room, now = await _room(room_id)
    if not may(room.rules, standing(room.owner, room.rules, account.id, now), "chat"):
        return
    await broadcast.publish_talk(room_id, {"kind": "typing", "user": account.id, "name": account.name})


async def emote(room_id: int, account: Account, symbol: str) -> None:
    """A reaction floats over the film. Raises Refused, RoomUnknown."""
    if not rules.is_emoji(symbol):
        raise Refused("bad-value")
    room, now = await _room(room_id)
    _chatting(room, account.id, now)
    await broadcast.publish_talk(room_id, {"kind": "float", "user": account.id, "emoji": symbol})


async def past(room_id: int, before: int) -> tuple[int, list[dict[str, Any]]]:
    """(number of the oldest message, those before a number)."""
    seen = await store.page(room_id, before, PAGE)
    return seen.first, [rules.item(message) for message in seen.messages]


async def snapshot(room_id: int) -> Snapshot:
    """The newest messages and items of the log."""
    seen = await store.page(room_id, None, PAGE)
    return Snapshot(seen.v, seen.first, [rules.item(one) for one in seen.messages], await store.log(room_id, LOG))


async def clear(room_id: int, account: Account) -> None:
    """Hide all messages. Raises Refused, RoomUnknown."""
    now = await _moderating(room_id, account)
    v, cleared = await store.hide(room_id)
    await broadcast.publish_talk(room_id, {"kind": "clear", "v": v, "cleared": cleared})
    await note(room_id, event("clear", now, account))


async def restore(room_id: int, account: Account) -> None:
    """Show again what was hidden last. Raises Refused, RoomUnknown."""
    now = await _moderating(room_id, account)
    shown = await store.show_again(room_id)
    if shown is None:
        raise Refused("already")
    v, cleared = shown
    await broadcast.publish_talk(room_id, {"kind": "clear", "v": v, "cleared": cleared})
    await note(room_id, event("restore", now, account))


async def is_cleared(room_id: int) -> bool:
    """Whether messages are hidden that could be shown again."""
    return await store.is_hidden(room_id)


async def note(room_id: int, item: dict[str, Any]) -> None:
    """Keep an item in the room's log, and tell all."""
    await store.add(room_id, item)
    await broadcast.publish_talk(room_id, {"kind": "log", "item": item})


async def log(room_id: int) -> list[dict[str, Any]]:
    """The room's log, as a moderator reads it."""
    return await store.log(room_id, LOOKED_AT)


async def _room(room_id: int) -> tuple[Room, float]:
    found = await rooms.load(room_id)
    if not found:
        raise RoomUnknown("There is no such room here.")
    return found


def _chatting(room: Room, user: int, now: float):
    place = standing(room.owner, room.rules, user, now)
    if not may(room.rules, place, "chat"):
        raise Refused("muted" if place.muted else "not-allowed")
    return place


async def _moderating(room_id: int, account: Account) -> float:
    room, now = await _room(room_id)
    require(room, account.id, "moderate", now)
    return now


def _clean(text: str) -> str:
    return clean(text, LENGTH, joiners=True)


async def _change(room_id: int, n: int, decide) -> None:
    changed = await store.change(room_id, n, decide)
    if changed is None:
        raise Refused("unknown")
    await _tell(room_id, *changed)


async def _tell(room_id: int, v: int, message: Message) -> None:
    await broadcast.publish_talk(room_id, {"kind": "msg", "v": v, "item": rules.item(message)})

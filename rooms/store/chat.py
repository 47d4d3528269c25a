"""The chat of a room in Redis: a ring of messages, bounded by construction, and the room's log."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rooms.domain.chat import MESSAGES, Message
from rooms.store import keys
from wewatch.record import TRIES, Contended
from wewatch.redis import Script, client

IDS = 2 * MESSAGES  # ids remembered: one that is sent again later than that would count twice
LOG = 200  # items of a room's log

LUA = Path(__file__).parent / "lua"
_say = Script(LUA / "say.lua")
_swap = Script(LUA / "swap.lua")
_page = Script(LUA / "page.lua")
_hide = Script(LUA / "hide.lua")


@dataclass(frozen=True, slots=True)
class Page:
    """A look at the chat: its version, the number of the oldest message there is, and some messages in order."""

    v: int
    first: int
    messages: list[Message]


@dataclass(frozen=True, slots=True)
class Said:
    """What came of saying something: the message's number and the version; or (n = 0) ms to `wait`."""

    n: int
    v: int
    t: float
    is_new: bool
    wait: float = 0.0


async def say(room_id: int, message: Message, slow: int) -> Said:
    """Append a message (its n and t are given here) once; `slow`: ms for which its speaker then waits."""
    of_room = [keys.chat(room_id), keys.said(room_id), keys.slow(room_id, message.user)]
    n, v, t, is_new = await _say(of_room, [message.id, slow, MESSAGES, IDS, _dump(message)])
    return Said(n, v, float(t), bool(is_new)) if n else Said(0, 0, 0.0, False, wait=float(v))


async def change(room_id: int, n: int, decide: Callable[[Message], Message]) -> tuple[int, Message] | None:
    """Change one message in one step; returns (version, message), or None where it is not there.

    What `decide` raises goes through.
    """
    for _ in range(TRIES):
        seen, hidden = await client().hmget(keys.chat(room_id), _slot(n), "cleared")
        message = _load(seen) if seen else None
        if message is None or message.n != n or n <= int(hidden or 0):
            return None
        changed = decide(message)
        stamped = f"{n} {message.t:.0f} {_dump(changed)}"
        version = await _swap([keys.chat(room_id)], [_slot(n), seen, stamped])
        if version:
            return version, changed
    raise Contended(keys.chat(room_id))


async def page(room_id: int, before: int | None, count: int) -> Page:
    """The newest messages, or those before a number; what is hidden is left out."""
    v, first, slots = await _page([keys.chat(room_id)], ["" if before is None else before, count, MESSAGES])
    return Page(v, first, [_load(slot) for slot in slots if slot])


async def hide(room_id: int) -> tuple[int, int]:
    """Hide all messages there are; returns (version, the number up to which they are hidden)."""
    version, cleared = await _hide([keys.chat(room_id)], [])
    return version, cleared


async def show_again(room_id: int) -> tuple[int, int] | None:
    """Take the last hiding back; returns (version, number), or None where there was none."""
    cleared, before = await client().hmget(keys.chat(room_id), "cleared", "before")
    if before is None or before == cleared:
        return None
    version = await _swap([keys.chat(room_id)], ["cleared", cleared or "", before])
    return (version, int(before)) if version else None


async def is_hidden(room_id: int) -> bool:
    """Whether there is a hiding that can be taken back."""
    cleared, before = await client().hmget(keys.chat(room_id), "cleared", "before")
    return before is not None and before != cleared


async def add(room_id: int, item: dict[str, Any]) -> None:
    """Keep an item in the room's log."""
    pipe = client().pipeline(transaction=False)
    pipe.lpush(keys.log(room_id), _json(item))
    pipe.ltrim(keys.log(room_id), 0, LOG - 1)
    await pipe.execute()


async def log(room_id: int, count: int) -> list[dict[str, Any]]:
    """The newest items of the log, in order."""
    found = await client().lrange(keys.log(room_id), 0, count - 1)
    return [json.loads(item) for item in reversed(found)]


def _slot(n: int) -> str:
    return f"m{n % MESSAGES}"


def _dump(message: Message) -> str:
    fields = asdict(message)
    return _json({name: value for name, value in fields.items() if name not in {"n", "t"}})


def _load(slot: str) -> Message:
    n, t, text = slot.split(" ", 2)
    fields = json.loads(text)
    marks = {symbol: tuple(users) for symbol, users in fields.pop("marks").items()}
    return Message(n=int(n), t=float(t), at=tuple(fields.pop("at")), marks=marks, **fields)


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

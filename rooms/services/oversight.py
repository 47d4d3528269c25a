"""What the site's staff sees of rooms: the list of all, a search in it, one room in full. Nothing here changes one."""

import re
from dataclasses import dataclass
from typing import Any

from accounts import services as accounts
from rooms.domain.library import normalised
from rooms.domain.playback import position_at
from rooms.domain.presence import Person
from rooms.domain.room import ROOMS_A_USER, Room
from rooms.services import chat, invites, presence
from rooms.store import brief, overview
from rooms.store import presence as leases
from rooms.store import rooms as store
from rooms.store.overview import ORDERS, Row
from rooms.talk import Snapshot
from wewatch.clock import clock
from wewatch.index import complete
from wewatch.listing import DEEPEST, Found, Look, cut, first, steps

SEARCHED = 2000  # rooms that a search or a filter looks at: their titles are in a slot each
RENEWED = 12_000  # ms within which a room that has viewers is marked as active again
SHOWN = 500  # people of a room that are named
KEY = re.compile(r"(?:.*/join/)?([\w-]{22})/?", re.ASCII)  # an invite key, or the link that holds one
STATES = {
    "live": lambda row: row.people > 0,
    "playing": lambda row: row.people > 0 and row.playing,
    "empty": lambda row: row.people == 0,
    "locked": lambda row: row.locked,
    "closed": lambda row: row.closed,
}
PEOPLED = {"live", "playing"}  # the states for which the index knows who comes into question


@dataclass(frozen=True, slots=True)
class Listed:
    """A room in the list, with its owner's name ('' where that user is gone)."""

    room: Row
    owner: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """All that the staff sees of a room at `now` (server ms). The film is at `position` (seconds)."""

    room: Room
    now: float
    position: float
    owner: str
    count: int
    people: tuple[Person, ...]
    chat: Snapshot
    log: list[dict[str, Any]]
    bans: list[dict[str, Any]]
    invites: list[dict[str, Any]]


async def listing(look: Look) -> Found[Listed]:
    """A page of all rooms."""
    now = await _now()
    await complete(ORDERS["active"], ORDERS["created"])
    if not look.words and not look.state:
        ids, total = await overview.walk(look.sort, look.newest_first, look.start, look.rows)
        return Found(await _named(await overview.read(ids, now)), total, total)
    ids, looked = await _candidates(look, now)
    if look.words:
        ids = await _worded(ids, look.words)
    if look.state:
        ids = [row.id for row in await overview.read(ids, now) if STATES[look.state](row)]
    rows = await _named(await overview.read(cut(ids, look), now))
    return Found(rows, len(ids), await overview.total(), looked)


async def _candidates(look: Look, now: float) -> tuple[list[int], int | None]:
    """The rooms that may be looked for, in order, and how many these are if others were left out."""
    if look.state in PEOPLED:  # a lease that lives was renewed within its length
        most = DEEPEST if look.deep else SEARCHED
        ids = await overview.active_since(now - leases.LEASE, most)
        looked = most if len(ids) == most else None
        return (ids if look.sort == "active" and look.newest_first else await _sorted(ids, look)), looked
    exact = await _exact(look.words) if look.words else []
    ids, looked = await first(overview.walk, look, SEARCHED)
    return list(dict.fromkeys((*exact, *ids))), looked


async def _sorted(ids: list[int], look: Look) -> list[int]:
    rows = await overview.read(ids, await _now())
    rows.sort(key=lambda row: getattr(row, look.sort), reverse=look.newest_first)
    return [row.id for row in rows]


async def by_key(text: str) -> int | None:
    """The room to which a pasted invite key or link leads. Keys are kept hashed: what is typed is hashed, too."""
    found = KEY.fullmatch(text.strip())
    return await overview.by_key(found[1]) if found else None


async def _exact(words: str) -> list[int]:
    """Rooms by their id, or the id of their owner: found however many there are."""
    if not (words.isascii() and words.isdigit() and len(words) < 16):
        return []
    owned, _ = await brief.newest(int(words), 0, ROOMS_A_USER)
    return [int(words), *owned]


async def _worded(ids: list[int], words: str) -> list[int]:
    """The rooms with these words in the title or the owner's name, or with this id, or this owner."""
    wanted, found = normalised(words), []
    for step in steps(ids):
        rows = await overview.titles(step)
        names = await accounts.profiles({owner for _, owner, _ in rows})
        for room_id, owner, title in rows:
            name = names[owner].name if owner in names else ""
            if words in (str(room_id), str(owner)) or any(wanted in normalised(text) for text in (title, name)):
                found.append(room_id)
    return found


async def _named(rows: list[Row]) -> list[Listed]:
    profiles = await accounts.profiles({row.owner for row in rows})
    return [Listed(row, profiles[row.owner].name if row.owner in profiles else "") for row in rows]


async def figures() -> tuple[int, int]:
    """In how many rooms somebody is, as of the last renewal of leases, and how many rooms there are."""
    return await overview.count_active(await _now() - RENEWED), await overview.total()


async def inspect(room_id: int) -> Inspected | None:
    """One room in full; None where there is none. Invites without what opens the room."""
    found = await store.load(room_id)
    if found is None:
        return None
    room, now = found
    await _now()
    count, people = await presence.crowd(room_id, 0, SHOWN)
    bans = [ban for ban in room.door.bans if ban.until is None or ban.until > now]
    names = await accounts.profiles({room.owner, *(ban.user for ban in bans)})
    left = (await leases.last_seen([room_id]))[0]
    until = now if people or left is None else min(now, left)  # a film that plays on in an empty room stands there
    return Inspected(
        room=room,
        now=now,
        position=position_at(room.playback, until, room.current.duration),
        owner=names[room.owner].name if room.owner in names else "",
        count=count,
        people=people,
        chat=await chat.snapshot(room_id),
        log=(await chat.log(room_id))[::-1],
        bans=[
            {"id": ban.id, "user": ban.user, "name": names[ban.user].name if ban.user in names else "", "ban": ban}
            for ban in bans
        ],
        invites=[{**invite, "url": None} for invite in invites.listed(room)],
    )


async def _now() -> float:
    await clock().ready()
    return clock().now()

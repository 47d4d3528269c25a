"""Use cases of one's own rooms in lists: by page, by search, and what to continue with."""

from dataclasses import dataclass

from rooms.domain.door import is_banned, opened
from rooms.domain.library import PAGE, Look, Watched, matches, normalised, to_continue
from rooms.domain.playback import position_at
from rooms.domain.room import ROOMS_A_USER
from rooms.services.rooms import known_key
from rooms.store import brief, shelves
from rooms.store.brief import Brief, Doorway
from rooms.store.shelves import HISTORY

FEW = 6  # rooms, and films to continue with, on the home page
RECENT = 30  # rows of the history among which those are


@dataclass(frozen=True, slots=True)
class Listed:
    """A room in its owner's list, with the position (seconds) at which it is or would come back."""

    room: Brief
    position: float


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rooms: how many there are in all, and whether more come after these."""

    rooms: list[Listed]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class Continued:
    """A film to go on with; `key` opens its room, '' where it is one's own."""

    watched: Watched
    at: float
    key: str


async def overview(user: int) -> tuple[list[Continued], list[Listed], int]:
    """The home page: what to continue with, the newest rooms, and how many rooms there are."""
    history = await shelves.page(user, HISTORY, Look(), RECENT)
    ids, total = await brief.newest(user, 0, FEW)
    rows = to_continue([row.video for row in history.rows])
    rooms, doors, now = await brief.read(ids, [row.room for row in rows])
    times = {row.video.id: row.at for row in history.rows}
    keys = {row.id: _key(user, row, doors.get(row.room), now) for row in rows}
    going = [Continued(row, times[row.id], key) for row in rows if (key := keys[row.id]) is not None]
    return going[:FEW], [_listed(room, now) for room in rooms], total


async def rooms(user: int, look: Look) -> Listing:
    """A page of the user's rooms. A search looks at the titles of all of them: there are 500 at most."""
    first = (look.page - 1) * PAGE
    if look.filtered or look.sort != "new":
        ids, total = await brief.newest(user, 0, ROOMS_A_USER)
        wanted = _wanted(await brief.titles(ids), look)
        page, more = wanted[first : first + PAGE], len(wanted) > first + PAGE
    else:
        page, total = await brief.newest(user, first, PAGE)
        more = total > first + PAGE
    found, _, now = await brief.read(page)
    return Listing([_listed(room, now) for room in found], total, more)


def _wanted(rooms: list[tuple[int, str, str]], look: Look) -> list[int]:
    """The ids of the (id, source, title) that are looked for, in order; `rooms` come newest first."""
    found = [room for room in rooms if matches(room[2], room[1], look)]
    if look.sort == "title":
        found.sort(key=lambda room: normalised(room[2]))
    return [room_id for room_id, _, _ in (reversed(found) if look.sort == "old" else found)]


def _listed(room: Brief, now: float) -> Listed:
    """A film that plays on in an empty room stands where the last one left."""
    return Listed(room, position_at(room.playback, min(now, room.seen), room.duration))


def _key(user: int, row: Watched, way: Doorway | None, now: float) -> str | None:
    """The key by which the user came and may come again: '' to their own room, None where the way is shut.

    Nobody gets a newer key than they had: a host who renews the invite means to shut others out.
    """
    if way is None or way.owner == user:
        return None if way is None else ""
    if is_banned(way.door, user, "", now):
        return None
    invite = way.invite if way.invite.hash == row.via else opened(way.door, row.via, user, now)
    return known_key(row.room, invite) if invite else None

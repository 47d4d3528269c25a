"""What a user owns, for the site's staff: how much it is, all of it as plain data, and deleting the user with it."""

from dataclasses import asdict, dataclass
from typing import Any

from accounts import staff as accounts
from rooms.domain.library import Look
from rooms.domain.playlists import Playlist
from rooms.domain.room import ROOMS_A_USER, Entry, Room
from rooms.domain.sources import link_of
from rooms.services import rooms as services
from rooms.store import brief, overview, playlists, shelves
from rooms.store import rooms as store
from rooms.store.overview import Row
from rooms.store.shelves import HISTORY, LATER, LIKED
from wewatch.clock import clock

STEP = 1000  # rows of a shelf read at a time


@dataclass(frozen=True, slots=True)
class Owned:
    """A user's newest rooms, how many there are in all, and how much stands elsewhere, by name."""

    rooms: list[Row]
    count: int
    figures: dict[str, int]


async def of_user(user: int, rooms: int) -> Owned:
    """What a user owns, with so many of their newest rooms."""
    await clock().ready()
    ids, count = await brief.newest(user, 0, rooms)
    figures = {shelf: await shelves.size(user, shelf) for shelf in (LIKED, LATER, HISTORY)}
    _, lists = await playlists.listed(user, 0, 1)
    return Owned(await overview.read(ids, clock().now()), count, {**figures, "playlists": lists})


async def counts(users: list[int]) -> dict[int, int]:
    """How many rooms each user has."""
    return await overview.of_owners(users)


async def export(user: int) -> dict[str, Any] | None:
    """All that is kept of a user, as plain data without a key to anything; None where there is no such user."""
    seen = await accounts.inspect(user)
    if seen is None:
        return None
    return {
        "format": "wewatch-user",
        "version": 1,
        "profile": asdict(seen.user),
        "devices": [{"device": one.id, "seen": one.seen} for one in seen.devices],
        "rooms": [_room(room) async for room in _rooms(user)],
        **{shelf: [row async for row in _shelf(user, shelf)] for shelf in (LIKED, LATER, HISTORY)},
        "playlists": [_playlist(playlist) async for playlist in _playlists(user)],
    }


async def delete_user(user: int) -> None:
    """Delete a user with all they own; their devices are ended first, and viewers of their rooms are told.

    May be done again where a crash broke it off: the user stays in the list until nothing else is left.
    """
    await accounts.end_devices(user)
    async for room in _rooms(user):
        await services.remove(room)
    await _clear(user)
    await accounts.delete(user)
    await _clear(user)  # a socket that was just closed may have noted what was watched, as long as there was a user


async def _clear(user: int) -> None:
    async for playlist in _playlists(user):
        await playlists.drop_share(playlist.share)
        await playlists.destroy(user, playlist.id)
    await shelves.destroy(user)
    await store.forget_owner(user)


async def _rooms(user: int):
    ids, _ = await brief.newest(user, 0, ROOMS_A_USER)
    for room_id in ids:
        found = await store.load(room_id)
        if found:
            yield found[0]


async def _playlists(user: int):
    for summary in (await playlists.listed(user))[0]:
        playlist = await playlists.load(user, summary.id)
        if playlist:
            yield playlist


async def _shelf(user: int, shelf: str):
    page, number = await shelves.page(user, shelf, Look(), STEP), 1
    while True:
        for row in page.rows:
            fields = {name: value for name, value in asdict(row.video).items() if name != "via"}
            yield {"at": row.at, **fields, "link": row.video.link}
        if not page.more:
            return
        number += 1
        page = await shelves.page(user, shelf, Look(page=number), STEP)


def _room(room: Room) -> dict[str, Any]:
    return {
        "id": room.id,
        "title": room.title,
        "created": room.created,
        "queue": [_entry(entry) for entry in room.queue],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {"title": entry.title, "link": link_of(entry.source, entry.ref, entry.start), "duration": entry.duration}


def _playlist(playlist: Playlist) -> dict[str, Any]:
    videos = [{"title": item.title, "link": item.link, "duration": item.duration} for item in playlist.items]
    return {"name": playlist.name, "about": playlist.about, "shared": bool(playlist.share), "videos": videos}

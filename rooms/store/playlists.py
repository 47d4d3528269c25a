"""Playlists in Redis: each a versioned record with a short summary beside its videos, listed by their last change."""

import json
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path

from rooms.domain.playlists import DELETED, PLAYLISTS, Gone, Item, Playlist, Share
from rooms.store import keys
from wewatch import record
from wewatch.redis import Script, client

SCHEMA = 1
KEPT = 32  # lists of videos that a process does not read again: whoever edits one comes back to it at once
FIELDS = ("schema", "name", "about", "items", "made", "removed", "share", "deleted")
SUMMARY = ("schema", "name", "about", "count", "seconds", "share", "deleted")

_enlist = Script(Path(__file__).parent / "lua" / "enlist.lua")


@dataclass(frozen=True, slots=True)
class Summary:
    """A playlist in a list: how many videos, how many seconds as far as known, when it was changed (ms)."""

    id: str
    name: str
    about: str
    count: int
    seconds: float
    shared: bool
    changed: float


async def create(user: int, playlist: Playlist) -> bool:
    """Keep a new playlist; returns False, with nothing kept, where the user has as many as one may.

    Record first, then the list: nothing is ever listed that is not there.
    """
    key = keys.playlist(user, playlist.id)
    if not await record.commit(key, 0, record.Write(_fields(playlist) | {"deleted": 0}, DELETED)):
        raise record.Contended(key)
    if not await enlist(user, playlist.id):
        await client().delete(key)
        return False
    await client().persist(key)
    return True


async def enlist(user: int, playlist_id: str) -> bool:
    """Name a playlist as the one changed last; returns False where the user has as many as one may."""
    return bool(await _enlist([keys.playlists(user)], [playlist_id, PLAYLISTS]))


async def unlist(user: int, playlist_id: str) -> None:
    """Name it in the list no more."""
    await client().zrem(keys.playlists(user), playlist_id)


async def load(user: int, playlist_id: str) -> Playlist | None:
    """A playlist; None where there is none, or it was deleted."""
    seen = await record.read(keys.playlist(user, playlist_id), FIELDS)
    return load_fields(playlist_id, seen.fields) if seen and seen.fields["deleted"] == "0" else None


async def update(user: int, playlist_id: str, decide: Callable[[Playlist], Playlist]) -> Playlist | None:
    """Change a playlist in one step; returns it as it then is, None where there is none.

    What `decide` raises goes through.
    """

    def step(seen: record.Read) -> tuple[record.Write | None, Playlist | None]:
        if not seen or seen.fields["deleted"] != "0":
            return None, None
        before = load_fields(playlist_id, seen.fields)
        after = decide(before)
        return (record.Write(_fields(after)) if after != before else None), after

    changed, _ = await record.update(keys.playlist(user, playlist_id), FIELDS, step)
    if changed:
        await enlist(user, playlist_id)
    return changed


async def listed(user: int, start: int = 0, rows: int = PLAYLISTS) -> tuple[list[Summary], int]:
    """A user's playlists, the one changed last first, and how many there are in all, in two round trips."""
    pipe = client().pipeline(transaction=False)
    pipe.zcard(keys.playlists(user))
    pipe.zrevrange(keys.playlists(user), start, start + rows - 1, withscores=True)
    total, found = await pipe.execute()
    pipe = client().pipeline(transaction=False)
    for playlist_id, _ in found:
        pipe.hmget(keys.playlist(user, playlist_id), SUMMARY)
    records = await pipe.execute() if found else []
    pairs = zip(found, records, strict=True)
    return [_summary(one, changed, values) for (one, changed), values in pairs if values[-1] == "0"], total


async def bury(user: int, playlist_id: str) -> Playlist | None:
    """Delete a playlist in a way that can be taken back for a while; returns it, None where there is none."""

    def step(seen: record.Read) -> tuple[record.Write | None, Playlist | None]:
        if not seen or seen.fields["deleted"] != "0":
            return None, None
        return record.Write({"deleted": 1}, DELETED), load_fields(playlist_id, seen.fields)

    gone, _ = await record.update(keys.playlist(user, playlist_id), FIELDS, step)
    if gone:
        await unlist(user, playlist_id)
        await drop_share(gone.share)
    return gone


async def dig_up(user: int, playlist_id: str) -> Playlist | None:
    """Take a deletion back, but for the place in the list; returns the playlist, None where nothing is left of it."""

    def step(seen: record.Read) -> tuple[record.Write | None, Playlist | None]:
        if not seen:
            return None, None
        return record.Write({"deleted": 0}, 0), load_fields(playlist_id, seen.fields)

    back, _ = await record.update(keys.playlist(user, playlist_id), FIELDS, step)
    if back and back.share:
        await set_share(back.share.hash, user, playlist_id)
    return back


async def destroy(user: int, playlist_id: str) -> None:
    """Delete a playlist for good."""
    await client().unlink(keys.playlist(user, playlist_id))
    await unlist(user, playlist_id)


async def set_share(key_hash: str, user: int, playlist_id: str) -> None:
    """Let a share key of this hash lead to the playlist."""
    await client().set(keys.share(key_hash), f"{user}:{playlist_id}")


async def drop_share(share: Share | None) -> None:
    """Let a share key lead nowhere any more."""
    if share:
        await client().delete(keys.share(share.hash))


async def by_share(key_hash: str) -> tuple[int, Playlist] | None:
    """Whose playlist a share key of this hash opens, and the playlist; None where it opens none."""
    found = await client().get(keys.share(key_hash))
    if not found:
        return None
    user, _, playlist_id = found.partition(":")
    playlist = await load(int(user), playlist_id)
    opens = playlist and playlist.share and playlist.share.hash == key_hash
    return (int(user), playlist) if opens else None


def _fields(playlist: Playlist) -> dict[str, str | int]:
    return {
        "schema": SCHEMA,
        "name": playlist.name,
        "about": playlist.about,
        "items": _json([astuple(item) for item in playlist.items]),
        "made": playlist.made,
        "removed": _json([[astuple(gone.item), gone.place] for gone in playlist.removed]),
        "share": f"{playlist.share.hash} {playlist.share.nonce}" if playlist.share else "",
        "count": len(playlist.items),
        "seconds": repr(playlist.seconds),
    }


def load_fields(playlist_id: str, fields: Mapping[str, str]) -> Playlist:
    """The playlist in the fields of its record. Raises NewerSchema."""
    record.check_schema(f"playlist {playlist_id}", fields["schema"], SCHEMA)
    return Playlist(
        id=playlist_id,
        name=fields["name"],
        about=fields["about"],
        items=_items(fields["items"]),
        made=int(fields["made"]),
        removed=tuple(Gone(Item(*item), place) for item, place in json.loads(fields["removed"])),
        share=Share(*fields["share"].split()) if fields["share"] else None,
    )


@lru_cache(KEPT)
def _items(text: str) -> tuple[Item, ...]:
    return tuple(Item(*item) for item in json.loads(text))


def _summary(playlist_id: str, changed: float, values: list[str]) -> Summary:
    _, name, about, count, seconds, share, _ = values
    return Summary(playlist_id, name, about, int(count), float(seconds), bool(share), changed)


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

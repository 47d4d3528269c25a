"""Use cases of playlists. A playlist is found under its owner alone, so that loading it is authorising."""

import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from django.conf import settings

from rooms.domain import exchange
from rooms.domain import playlists as rules
from rooms.domain.errors import NotAVideo, NotReachable, PlaylistUnknown, TooManyPlaylists
from rooms.domain.exchange import Bad, Draft
from rooms.domain.library import PAGE, Look, Saved, matches, normalised
from rooms.domain.playlists import FULL, PLAYLISTS, VIDEOS, Item, New, Playlist, Share
from rooms.domain.sources import Video, playlist_id
from rooms.services import links, space, titles
from rooms.services.rooms import derive, known_key
from rooms.store import keys
from rooms.store import playlists as store
from rooms.store.playlists import Summary

NONE = "There is no such playlist here. It may have been deleted."
UNNAMED = "New playlist"


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of playlists: how many there are in all, and whether more come after these."""

    playlists: list[Summary]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding: the playlist as it is now, the new items, and the lines that were not kept."""

    playlist: Playlist
    items: tuple[Item, ...]
    bad: tuple[Bad, ...]


async def open_own(user: int, playlist_id: str) -> Playlist:
    """The playlist, for its owner alone. Raises PlaylistUnknown."""
    playlist = await store.load(user, playlist_id)
    if playlist is None:
        raise PlaylistUnknown(NONE)
    return playlist


async def names(user: int) -> list[Summary]:
    """All playlists of a user, the one changed last first, without their videos."""
    return (await store.listed(user))[0]


async def mine(user: int, look: Look) -> Listing:
    """A page of the user's playlists. A search reads the summaries of all: there are 100 at most."""
    first = (look.page - 1) * PAGE
    if not look.filtered and look.sort == "new":
        found, total = await store.listed(user, first, PAGE)
        return Listing(found, total, total > first + PAGE)
    found, total = await store.listed(user)
    wanted = [one for one in found if matches(one.name, "", replace(look, source=""))]
    if look.sort == "title":
        wanted.sort(key=lambda one: normalised(one.name))
    if look.sort == "old":
        wanted.reverse()
    return Listing(wanted[first : first + PAGE], total, len(wanted) > first + PAGE)


async def create(user: int, name: str, about: str = "", videos: Iterable[Video | Saved | Item | New] = ()) -> Playlist:
    """A new playlist; of more than 500 videos it takes the first. Raises BadText, TooManyPlaylists."""
    empty = rules.describe(Playlist(secrets.token_hex(4), rules.named(name)), about)
    playlist, _ = rules.add(empty, map(rules.new, videos))
    return await _keep(user, playlist)


async def _keep(user: int, playlist: Playlist) -> Playlist:
    await space.needed()
    if not await store.create(user, playlist):
        raise _too_many()
    return playlist


def _too_many() -> TooManyPlaylists:
    return TooManyPlaylists(
        f"You have {PLAYLISTS} playlists, the most one can have. Delete one that you no longer need."
    )


async def make(user: int, text: str, name: str = "") -> Added:
    """A new playlist from pasted links or an exported file. Raises BadText, TooManyPlaylists."""
    draft = await _unfolded(user, exchange.read(text, settings.HTTPS))
    empty = Playlist(secrets.token_hex(4), rules.named(name or draft.name or UNNAMED))
    playlist, bad = _filled(rules.describe(empty, draft.about), draft)
    await _keep(user, playlist)
    _name_later(user, playlist)
    return Added(playlist, playlist.items, bad)


async def extend(user: int, playlist_id: str, text: str) -> Added:
    """Add what pasted links or an exported file hold. Raises BadText, PlaylistUnknown; what does not fit is named."""
    await space.needed()
    draft, seen = await _unfolded(user, exchange.read(text, settings.HTTPS)), {}

    def decide(playlist: Playlist) -> Playlist:
        after, seen["bad"] = _filled(playlist, draft)
        seen["items"] = after.items[len(playlist.items) :]
        return after

    playlist = await change(user, playlist_id, decide)
    _name_later(user, playlist)
    return Added(playlist, seen["items"], seen["bad"])


def _name_later(user: int, playlist: Playlist) -> None:
    """Let videos have the titles that YouTube knows, as soon as it has told them."""

    async def learn(known: dict[str, str]) -> None:
        with suppress(PlaylistUnknown):  # it was deleted meanwhile
            await change(user, playlist.id, lambda now: rules.entitled(now, known))

    titles.later(playlist.items, learn)


async def _unfolded(user: int, draft: Draft) -> Draft:
    """The draft with the videos of YouTube lists, where this site can list them, below its own."""
    if not titles.has_search():
        return draft
    videos, places, bad = list(draft.videos), list(draft.places), []
    for one in draft.bad:
        try:
            listed = await links.videos(user, one.text) if playlist_id(one.text) else []
        except (NotAVideo, NotReachable) as error:
            bad.append(replace(one, reason=str(error)))
            continue
        videos += map(rules.new, listed)
        places += [one.number] * len(listed)
        bad += [] if listed else [one]
    return replace(draft, videos=tuple(videos), places=tuple(places), bad=tuple(bad))


def _filled(playlist: Playlist, draft: Draft) -> tuple[Playlist, tuple[Bad, ...]]:
    """The playlist with as much of a draft as it takes, and all lines that it did not take, in their order."""
    fits = VIDEOS - len(playlist.items)
    after, _ = rules.add(playlist, draft.videos[:fits])
    rest = zip(draft.places[fits:], draft.videos[fits:], strict=True)
    bad = [*draft.bad, *(Bad(place, video.title, FULL) for place, video in rest)]
    return after, tuple(sorted(bad, key=lambda one: one.number))


async def append(user: int, playlist_id: str, video: Saved | Video) -> Playlist:
    """Add one video. Raises NoSpace, PlaylistUnknown, PlaylistFull."""
    await space.needed()
    return await change(user, playlist_id, lambda playlist: rules.add(playlist, [rules.new(video)])[0])


async def change(user: int, playlist_id: str, decide: Callable[[Playlist], Playlist]) -> Playlist:
    """Change a playlist by a rule of the domain. Raises PlaylistUnknown, and what the rule raises."""
    playlist = await store.update(user, playlist_id, decide)
    if playlist is None:
        raise PlaylistUnknown(NONE)
    return playlist


async def duplicate(user: int, playlist_id: str) -> Playlist:
    """Make a copy beside it. Raises PlaylistUnknown, TooManyPlaylists."""
    playlist = await open_own(user, playlist_id)
    return await _copy(user, playlist, rules.copy_name(playlist.name))


async def _copy(user: int, playlist: Playlist, name: str) -> Playlist:
    return await _keep(user, rules.copy(playlist, secrets.token_hex(4), name))


async def delete(user: int, playlist_id: str) -> Playlist:
    """Delete a playlist; for ten minutes that can be taken back. Raises PlaylistUnknown."""
    playlist = await store.bury(user, playlist_id)
    if playlist is None:
        raise PlaylistUnknown(NONE)
    return playlist


async def undelete(user: int, playlist_id: str) -> Playlist:
    """Take a deletion back, the shared link included. Raises PlaylistUnknown, TooManyPlaylists."""
    if not await store.enlist(user, playlist_id):
        raise _too_many()
    playlist = await store.dig_up(user, playlist_id)
    if playlist is None:
        await store.unlist(user, playlist_id)
        raise PlaylistUnknown("This playlist was deleted too long ago to be put back.")
    return playlist


async def share(user: int, playlist_id: str) -> Playlist:
    """Let a link open the playlist for reading; one that is shared keeps its link. Raises PlaylistUnknown."""
    nonce = secrets.token_hex(8)
    made = Share(keys.hashed(derive(f"{user}.{playlist_id}", nonce, purpose="share")), nonce)

    def decide(playlist: Playlist) -> Playlist:
        return playlist if share_key(user, playlist) else replace(playlist, share=made)

    playlist = await change(user, playlist_id, decide)
    await store.set_share(playlist.share.hash, user, playlist_id)
    return playlist


async def unshare(user: int, playlist_id: str) -> Playlist:
    """End the link, for good: a new one is another one. Raises PlaylistUnknown."""
    before = await open_own(user, playlist_id)
    playlist = await change(user, playlist_id, lambda playlist: replace(playlist, share=None))
    await store.drop_share(before.share)
    return playlist


def share_key(user: int, playlist: Playlist) -> str:
    """The key of the shared link; '' where it is not shared, or the secret key it came from is gone."""
    return known_key(f"{user}.{playlist.id}", playlist.share, "share") or "" if playlist.share else ""


async def open_shared(key: str) -> Playlist:
    """The playlist that a share key opens, for reading. Raises PlaylistUnknown."""
    found = await store.by_share(keys.hashed(key))
    if found is None:
        raise PlaylistUnknown("This link opens no playlist. Ask for a new one.")
    return found[1]


async def save_copy(user: int, key: str) -> Playlist:
    """A copy of a shared playlist, for oneself. Raises PlaylistUnknown, TooManyPlaylists."""
    playlist = await open_shared(key)
    return await _copy(user, playlist, playlist.name)


def videos(playlist: Playlist) -> list[Video]:
    """What a room plays of it, in order."""
    return [item.video for item in playlist.items]

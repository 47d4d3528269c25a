"""A playlist as a value, and what each act makes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rooms.domain.errors import BadText, ItemUnknown, PlaylistFull
from rooms.domain.library import Saved
from rooms.domain.sources import UNTITLED, Video, link_of
from wewatch.text import clean

PLAYLISTS = 100  # of a user
VIDEOS = 500  # in a playlist
NAME, ABOUT = 100, 500  # characters
REMOVED = 20  # removed videos that can be put back; the oldest gives way
DELETED = 600  # seconds in which a deleted playlist can be put back

FULL = f"This playlist is full: {VIDEOS} videos at most. Remove some, or make another playlist for the rest."


@dataclass(frozen=True, slots=True)
class Item:
    """One video in a playlist, with an id of its own; `duration` and `start` in seconds."""

    id: str
    source: str
    ref: str
    title: str
    duration: float | None = None
    start: float = 0.0

    @property
    def link(self) -> str:
        """The link that leads to it."""
        return link_of(self.source, self.ref, self.start)

    @property
    def video(self) -> Video:
        """What a room plays."""
        return Video(self.source, self.ref, self.title, self.start, self.duration)


@dataclass(frozen=True, slots=True)
class Gone:
    """A removed video, and the place at which it stood."""

    item: Item
    place: int


@dataclass(frozen=True, slots=True)
class Share:
    """The link by which others see it: the key's SHA-256, and the nonce from which the server derives the key."""

    hash: str
    nonce: str


@dataclass(frozen=True, slots=True)
class Playlist:
    """A named, ordered list of videos; `made` counts the ids that it has given to its items."""

    id: str
    name: str
    about: str = ""
    items: tuple[Item, ...] = ()
    made: int = 0
    removed: tuple[Gone, ...] = ()
    share: Share | None = None

    @property
    def seconds(self) -> float:
        """How long it is, as far as that is known."""
        return sum(item.duration or 0.0 for item in self.items)


@dataclass(frozen=True, slots=True)
class New:
    """A video to add, before it has an id there."""

    source: str
    ref: str
    title: str
    duration: float | None = None
    start: float = 0.0


def new(video: Video | Saved | Item | New) -> New:
    """Any video as one to add."""
    start, duration = getattr(video, "start", 0.0), getattr(video, "duration", None)
    return New(video.source, video.ref, video.title, duration, start)


def named(name: str) -> str:
    """The name as it is kept. Raises BadText."""
    kept = clean(name, NAME, joiners=True)
    if not kept:
        raise BadText("Give the playlist a name of at least one visible character.")
    return kept


def entitled(playlist: Playlist, titles: Mapping[str, str]) -> Playlist:
    """The playlist with titles of YouTube videos, by id, where there were none yet."""

    def known(item: Item) -> Item:
        fits = item.source == "youtube" and item.title == UNTITLED and item.ref in titles
        return replace(item, title=titles[item.ref]) if fits else item

    return replace(playlist, items=tuple(map(known, playlist.items)))


def rename(playlist: Playlist, name: str) -> Playlist:
    """The playlist under another name. Raises BadText."""
    return replace(playlist, name=named(name))


def describe(playlist: Playlist, about: str) -> Playlist:
    """The playlist with another description."""
    return replace(playlist, about=clean(about, ABOUT, joiners=True))


def add(playlist: Playlist, videos: Iterable[New]) -> tuple[Playlist, int]:
    """The playlist with videos at its end, and how many of them it took. Raises PlaylistFull where that is none."""
    wanted = list(videos)
    taken = wanted[: VIDEOS - len(playlist.items)]
    if wanted and not taken:
        raise PlaylistFull(FULL)
    items = tuple(
        Item(str(number), one.source, one.ref, one.title, one.duration, one.start)
        for number, one in enumerate(taken, playlist.made + 1)
    )
    grown = replace(playlist, items=(*playlist.items, *items), made=playlist.made + len(items))
    return grown, len(items)


def move(playlist: Playlist, item_id: str, before: str) -> Playlist:
    """The playlist with an item before another one, or at the end (''). Raises ItemUnknown."""
    item = playlist.items[place_of(playlist, item_id)]
    if before == item_id:
        return playlist
    rest = tuple(one for one in playlist.items if one.id != item_id)
    place = place_of(replace(playlist, items=rest), before) if before else len(rest)
    return replace(playlist, items=(*rest[:place], item, *rest[place:]))


def step(playlist: Playlist, item_id: str, by: int) -> Playlist:
    """The playlist with an item so many places further down, or up (negative). Raises ItemUnknown."""
    rest = [one.id for one in playlist.items if one.id != item_id]
    place = max(0, place_of(playlist, item_id) + by)
    return move(playlist, item_id, rest[place] if place < len(rest) else "")


def remove(playlist: Playlist, item_id: str) -> Playlist:
    """The playlist without an item, which can be put back. Raises ItemUnknown."""
    place = place_of(playlist, item_id)
    gone = (*playlist.removed, Gone(playlist.items[place], place))[-REMOVED:]
    return replace(playlist, items=playlist.items[:place] + playlist.items[place + 1 :], removed=gone)


def restore(playlist: Playlist, item_id: str) -> Playlist:
    """The playlist with a removed item back at its place. Raises ItemUnknown, PlaylistFull."""
    gone = next((gone for gone in playlist.removed if gone.item.id == item_id), None)
    if gone is None:
        raise ItemUnknown("That video cannot be put back any more. Add its link again.")
    if len(playlist.items) >= VIDEOS:
        raise PlaylistFull(FULL)
    items = (*playlist.items[: gone.place], gone.item, *playlist.items[gone.place :])
    return replace(playlist, items=items, removed=tuple(one for one in playlist.removed if one is not gone))


def copy(playlist: Playlist, playlist_id: str, name: str) -> Playlist:
    """A new playlist with the same videos, shared with nobody. Raises BadText."""
    made, _ = add(Playlist(playlist_id, named(name), playlist.about), map(new, playlist.items))
    return made


def copy_name(name: str) -> str:
    """What a copy is called."""
    ending = " (copy)"
    return name if name.endswith(ending) else f"{name[: NAME - len(ending)]}{ending}"


def place_of(playlist: Playlist, item_id: str) -> int:
    """Where an item stands. Raises ItemUnknown."""
    for place, item in enumerate(playlist.items):
        if item.id == item_id:
            return place
    raise ItemUnknown("That video is not in this playlist any more. Reload the page to see what is.")

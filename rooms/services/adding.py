"""What is added to a queue: the entries behind links, playlists of one's own, and lists of YouTube."""

from dataclasses import dataclass, field, replace

from django.conf import settings

from accounts.identity import Account
from rooms.domain.errors import NotAVideo, NotReachable, PlaylistUnknown, Refused
from rooms.domain.room import Entry
from rooms.domain.sources import Video, parse, playlist_id
from rooms.protocol import messages
from rooms.services import playlists, titles
from rooms.services.rooms import entry_of
from wewatch.limits import allow

LISTS = (20, 600)  # lists of YouTube that a user may add, in seconds


@dataclass(slots=True)
class Found:
    """The entries; and of links that led to none the place, why not, and the YouTube list that they name or None."""

    entries: list[Entry] = field(default_factory=list)
    bad: list[list] = field(default_factory=list)


async def entries(account: Account, message: messages.Queue) -> Found:
    """The entries that an act on the queue brings; none for most. Raises Refused."""
    if message.kind == "list":
        return await _own_list(account, message.list)
    links = [message.link] if message.kind == "replace" else message.links
    found = Found()
    for place, link in enumerate(links):
        try:
            found.entries += _added(account, await _videos(account.id, link))
        except (NotAVideo, NotReachable) as error:
            found.bad.append([place, str(error), playlist_id(link) if isinstance(error, NotAVideo) else None])
    if message.kind == "replace" and len(found.entries) != 1:
        raise Refused("not-a-video")
    return found


async def _videos(user: int, link: str) -> list[Video]:
    """The video behind a link, or those of a YouTube list if this site can list it. Raises NotAVideo, NotReachable."""
    try:
        return [parse(link, https_only=settings.HTTPS)]
    except NotAVideo:
        list_id = playlist_id(link)
        if list_id is None or not titles.has_search():
            raise
    if not await allow("lists", str(user), *LISTS):
        raise NotReachable("That were many lists at once. Wait ten minutes, then add this one again.")
    return await titles.listed(list_id)


async def _own_list(account: Account, list_id: str) -> Found:
    try:
        playlist = await playlists.open_own(account.id, list_id)
    except PlaylistUnknown as error:
        raise Refused("unknown") from error
    return Found(_added(account, playlists.videos(playlist)))


def _added(account: Account, videos: list[Video]) -> list[Entry]:
    return [replace(entry_of(video), by=account.id, who=account.name) for video in videos]

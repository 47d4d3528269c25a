"""What is added to a queue: the entries behind links, playlists of one's own, and lists of YouTube."""

from dataclasses import dataclass, field, replace

from accounts.identity import Account
from rooms.domain.errors import NotAVideo, NotReachable, PlaylistUnknown, Refused
from rooms.domain.room import Entry
from rooms.domain.sources import Video, playlist_id
from rooms.protocol import messages
from rooms.services import links, playlists
from rooms.services.rooms import entry_of


@dataclass(slots=True)
class Found:
    """The entries; and of links that led to none the place, why not, and the YouTube list that they name or None."""

    entries: list[Entry] = field(default_factory=list)
    bad: list[list] = field(default_factory=list)


async def entries(account: Account, message: messages.Queue) -> Found:
    """The entries that an act on the queue brings; none for most. Raises Refused."""
    if message.kind == "list":
        return await _own_list(account, message.list)
    given = [message.link] if message.kind == "replace" else message.links
    found = Found()
    for place, link in enumerate(given):
        try:
            found.entries += _added(account, await links.videos(account.id, link))
        except (NotAVideo, NotReachable) as error:
            found.bad.append([place, str(error), playlist_id(link) if isinstance(error, NotAVideo) else None])
    if message.kind == "replace" and len(found.entries) != 1:
        raise Refused("not-a-video")
    return found


async def _own_list(account: Account, list_id: str) -> Found:
    try:
        playlist = await playlists.open_own(account.id, list_id)
    except PlaylistUnknown as error:
        raise Refused("unknown") from error
    return Found(_added(account, playlists.videos(playlist)))


def _added(account: Account, videos: list[Video]) -> list[Entry]:
    return [replace(entry_of(video), by=account.id, who=account.name) for video in videos]

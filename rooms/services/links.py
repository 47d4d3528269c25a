"""What a pasted link leads to: one video, or all of a YouTube list where this site can list it."""

from django.conf import settings

from rooms.domain.errors import NotAVideo, NotReachable
from rooms.domain.sources import Video, parse, playlist_id
from rooms.services import titles
from wewatch.limits import allow

LISTS = (20, 600)  # lists of YouTube that a user may have listed, in seconds


async def videos(user: int, link: str) -> list[Video]:
    """The video behind a link, or those of the list that it leads to. Raises NotAVideo, NotReachable."""
    try:
        return [parse(link, https_only=settings.HTTPS)]
    except NotAVideo:
        list_id = playlist_id(link)
        if list_id is None or not titles.has_search():
            raise
    if not await allow("lists", str(user), *LISTS):
        raise NotReachable("That were many lists at once. Wait ten minutes, then add this one again.")
    return await titles.listed(list_id)

"""A playlist behind a shared link: to look at, to keep a copy of, to start a room from."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from rooms import rows
from rooms.domain.errors import PlaylistUnknown
from rooms.pages import changes, look_of, needs_account, show, start_room, turning
from rooms.services import playlists as services
from wewatch.address import client_address
from wewatch.limits import allow

SHOWN = 40  # videos on a page
WRONG_KEYS = (20, 600)  # wrong keys from one address, in seconds


def _guarded(view):
    """Guesses at keys are stopped, as those at invites are."""

    @wraps(view)
    async def guarded(request: HttpRequest, key: str) -> HttpResponse:
        try:
            return await view(request, key)
        except PlaylistUnknown as error:
            if not await allow("share", client_address(request), *WRONG_KEYS):
                return render(request, "429.html", status=429)
            raise Http404 from error

    return guarded


@require_safe
@needs_account
@_guarded
async def shared(request: HttpRequest, key: str) -> HttpResponse:
    """The playlist, for reading."""
    found, wanted = await services.open_shared(key), look_of(request)
    start = (wanted.page - 1) * SHOWN
    context = {
        "key": key,
        "playlist": found,
        "figures": rows.figures(found),
        "items": rows.items(found, start, start + SHOWN),
    }
    return show(request, "library/shared.html", context | turning(request, wanted, len(found.items) > start + SHOWN))


@changes
@_guarded
async def copy(request: HttpRequest, key: str) -> HttpResponse:
    """Keep a copy of it."""
    made = await services.save_copy(request.account.id, key)
    return redirect("rooms:playlist", made.id)


@changes
@_guarded
async def start(request: HttpRequest, key: str) -> HttpResponse:
    """Start a room from it."""
    return await start_room(request, services.videos(await services.open_shared(key)))

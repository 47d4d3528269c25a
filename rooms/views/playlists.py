"""My playlists, one of them, what can be done with it, and the pages behind a shared link."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from rooms import rows
from rooms.domain import exchange
from rooms.domain import playlists as rules
from rooms.domain.errors import PlaylistUnknown
from rooms.domain.playlists import ABOUT, NAME, Playlist
from rooms.pages import changes, done, look_of, needs_account, show, start_room, text_of, turning, wants_json
from rooms.services import playlists as services

SHOWN = 40  # videos of a playlist on its page; the others are fetched, or on the next page
TYPES = {"json": "application/json", "m3u8": "application/vnd.apple.mpegurl", "txt": "text/plain; charset=utf-8"}


@require_safe
@needs_account
async def playlists(request: HttpRequest) -> HttpResponse:
    """A page of my playlists; with the offer to put one back that was just deleted."""
    wanted = look_of(request)
    page = await services.mine(request.account.id, wanted)
    if wants_json(request):
        return JsonResponse({"playlists": [rows.brief(one) for one in page.playlists], "more": page.more})
    deleted = request.GET.get("deleted", "")
    context = {
        "playlists": list(map(rows.playlist, page.playlists)),
        "total": page.total,
        "deleted": deleted if deleted.isalnum() and deleted.isascii() else "",
    }
    return show(request, "library/playlists.html", context | turning(request, wanted, page.more))


@changes
async def create(request: HttpRequest) -> HttpResponse:
    """A new playlist: empty, from links, or from an exported file."""
    added = await services.make(request.account.id, text_of(request), request.POST.get("name", ""))
    if added.bad and not wants_json(request):
        return _page(request, added.playlist, added)
    url = reverse("rooms:playlist", args=[added.playlist.id])
    return done(request, url, url=url, name=added.playlist.name, bad=rows.bad(added.bad))


@require_safe
@needs_account
async def playlist(request: HttpRequest, playlist_id: str) -> HttpResponse:
    """One playlist of mine; as JSON the videos that its page leaves out."""
    try:
        found = await services.open_own(request.account.id, playlist_id)
    except PlaylistUnknown as error:
        raise Http404 from error
    if wants_json(request):
        return JsonResponse({"items": rows.items(found, SHOWN)})
    return _page(request, found)


@require_safe
@needs_account
async def export(request: HttpRequest, playlist_id: str, ending: str) -> HttpResponse:
    """The playlist as a file."""
    try:
        found = await services.open_own(request.account.id, playlist_id)
    except PlaylistUnknown as error:
        raise Http404 from error
    headers = {"Content-Disposition": content_disposition_header(True, f"{found.name.replace('/', '-')}.{ending}")}
    return HttpResponse(exchange.write(found, ending), content_type=TYPES[ending], headers=headers)


@changes
async def act(request: HttpRequest, playlist_id: str, act: str) -> HttpResponse:
    """One act on a playlist of mine."""
    return await ACTS[act](request, playlist_id)


async def _changed(request: HttpRequest, playlist_id: str, decide) -> HttpResponse:
    playlist = await services.change(request.account.id, playlist_id, decide)
    url = reverse("rooms:playlist", args=[playlist_id])
    facts = {"name": playlist.name, "about": playlist.about, "figures": rows.figures(playlist)}
    return done(request, url, **facts)


async def _edit(request: HttpRequest, playlist_id: str) -> HttpResponse:
    name, about = (request.POST.get(field) for field in ("name", "about"))

    def decide(playlist: Playlist) -> Playlist:
        playlist = playlist if name is None else rules.rename(playlist, name)
        return playlist if about is None else rules.describe(playlist, about)

    return await _changed(request, playlist_id, decide)


async def _move(request: HttpRequest, playlist_id: str) -> HttpResponse:
    if up := request.POST.get("up"):  # the handle, pressed without a script
        return await _changed(request, playlist_id, lambda playlist: rules.step(playlist, up, -1))
    item, before = request.POST.get("item", ""), request.POST.get("before", "")
    return await _changed(request, playlist_id, lambda playlist: rules.move(playlist, item, before))


async def _remove(request: HttpRequest, playlist_id: str) -> HttpResponse:
    item = request.POST.get("item", "")
    response = await _changed(request, playlist_id, lambda playlist: rules.remove(playlist, item))
    return response if wants_json(request) else redirect(f"{response.headers['Location']}?removed={item}")


async def _restore(request: HttpRequest, playlist_id: str) -> HttpResponse:
    item = request.POST.get("item", "")
    return await _changed(request, playlist_id, lambda playlist: rules.restore(playlist, item))


async def _add(request: HttpRequest, playlist_id: str) -> HttpResponse:
    added = await services.extend(request.account.id, playlist_id, text_of(request))
    if not wants_json(request) and added.bad:
        return _page(request, added.playlist, added)
    if not wants_json(request):  # to an address that adds nothing again when it is loaded again
        return redirect(f"{reverse('rooms:playlist', args=[playlist_id])}?added={len(added.items)}")
    first = len(added.playlist.items) - len(added.items)
    facts = {"items": rows.items(added.playlist, first), "bad": rows.bad(added.bad)}
    return done(request, "", **facts, figures=rows.figures(added.playlist))


async def _duplicate(request: HttpRequest, playlist_id: str) -> HttpResponse:
    copy = await services.duplicate(request.account.id, playlist_id)
    return redirect("rooms:playlist", copy.id)


async def _delete(request: HttpRequest, playlist_id: str) -> HttpResponse:
    await services.delete(request.account.id, playlist_id)
    return redirect(f"{reverse('rooms:playlists')}?deleted={playlist_id}")


async def _undelete(request: HttpRequest, playlist_id: str) -> HttpResponse:
    await services.undelete(request.account.id, playlist_id)
    return redirect("rooms:playlist", playlist_id)


async def _share(request: HttpRequest, playlist_id: str) -> HttpResponse:
    change = services.unshare if request.POST.get("on") == "0" else services.share
    await change(request.account.id, playlist_id)
    return redirect(f"{reverse('rooms:playlist', args=[playlist_id])}#share")


async def _start(request: HttpRequest, playlist_id: str) -> HttpResponse:
    playlist = await services.open_own(request.account.id, playlist_id)
    return await start_room(request, services.videos(playlist))


ACTS = {
    "edit": _edit,
    "add": _add,
    "move": _move,
    "remove": _remove,
    "restore": _restore,
    "duplicate": _duplicate,
    "delete": _delete,
    "undelete": _undelete,
    "share": _share,
    "start": _start,
}


def _page(request: HttpRequest, found: Playlist, added: services.Added | None = None) -> HttpResponse:
    """The page of a playlist; with what came of adding to it, where that was just done."""
    wanted = look_of(request)
    start = (wanted.page - 1) * SHOWN
    key = services.share_key(request.account.id, found)
    removed, count = request.GET.get("removed", ""), request.GET.get("added", "")
    result = {"count": int(count), "bad": []} if re.fullmatch(r"[1-9]\d{0,2}", count, re.ASCII) else None
    if added:
        result = {"count": len(added.items), "bad": rows.bad(added.bad), "more": len(added.bad) - rows.BAD_SHOWN}
    context = {
        "playlist": found,
        "figures": rows.figures(found),
        "items": rows.items(found, start, start + SHOWN),
        "blank": [rows.BLANK],
        "left": len(found.items) - SHOWN if wanted.page == 1 else 0,
        "share_url": _link(request, key) if key else "",
        "added": result,
        "removed": removed if any(gone.item.id == removed for gone in found.removed) else "",
        "limits": {"name": NAME, "about": ABOUT},
        "endings": exchange.FORMATS,
    }
    return show(request, "library/playlist.html", context | turning(request, wanted, len(found.items) > start + SHOWN))


def _link(request: HttpRequest, key: str) -> str:
    path = reverse("rooms:shared", args=[key])
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)

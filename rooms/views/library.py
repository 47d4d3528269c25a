"""My library: what I liked, keep for later and have watched, and my rooms; saving a video from anywhere."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rooms import rows
from rooms.domain.errors import BadText, NotAVideo, NotReachable
from rooms.pages import changes, done, fields_of, look_of, needs_account, number, show, start_room, turning, wants_json
from rooms.services import home, playlists, titles
from rooms.services import library as services
from rooms.store.shelves import HISTORY, LATER, LIKED
from wewatch.limits import allow

SHELVES = {LIKED: "Liked", LATER: "Watch later"}
SEARCHES = (30, 60)  # of YouTube by a user, in seconds
NOWHERE = "Choose where to keep it: liked, watch later, or a playlist."


@require_safe
async def library(request: HttpRequest) -> HttpResponse:
    """The library begins with what is liked."""
    return redirect("rooms:shelf", LIKED)


@require_safe
@needs_account
async def shelf(request: HttpRequest, name: str) -> HttpResponse:
    """A page of the liked videos, or of those to watch later."""
    wanted = look_of(request)
    page = await services.page(request.account.id, name, wanted)
    if wants_json(request):
        return JsonResponse({"videos": [rows.choice(row.video) for row in page.rows], "more": page.more})
    context = {"here": name, "title": SHELVES[name], "rows": list(map(rows.video, page.rows)), "total": page.total}
    return show(request, "library/shelf.html", context | turning(request, wanted, page.more))


@require_safe
@needs_account
async def history(request: HttpRequest) -> HttpResponse:
    """A page of what I have watched: when, with whom, how far."""
    wanted = look_of(request)
    page, kept = await services.history(request.account.id, wanted)
    context = {"here": HISTORY, "rows": list(map(rows.video, page.rows)), "total": page.total, "kept": kept}
    return show(request, "library/history.html", context | turning(request, wanted, page.more))


@require_safe
@needs_account
async def rooms(request: HttpRequest) -> HttpResponse:
    """A page of my rooms."""
    wanted = look_of(request)
    page = await home.rooms(request.account.id, wanted)
    context = {"here": "rooms", "rooms": list(map(rows.room, page.rooms)), "total": page.total}
    return show(request, "library/rooms.html", context | turning(request, wanted, page.more))


@require_safe
@needs_account
async def places(request: HttpRequest) -> HttpResponse:
    """Where a video is kept, and which playlists there are, for the dialog that saves one."""
    try:
        found = await services.places(request.account.id, request.GET.get("link", ""))
    except NotAVideo as error:
        return JsonResponse({"error": str(error)}, status=422)
    names = [{"id": one.id, "name": one.name, "count": one.count} for one in found.playlists]
    return JsonResponse({**found.shelves, "playlists": names})


@require_safe
@needs_account
async def search(request: HttpRequest) -> HttpResponse:
    """YouTube videos for some words, for the dialog that adds them to a queue."""
    words = request.GET.get("q", "").strip()[:100]
    if not words:
        return JsonResponse({"videos": [], "more": False})
    if not await allow("search", str(request.account.id), *SEARCHES):
        return JsonResponse({"error": "That were many searches. Wait a minute, then try again."}, status=429)
    try:
        found = await titles.found(words)
    except NotReachable as error:
        return JsonResponse({"error": str(error)}, status=503)
    return JsonResponse({"videos": list(map(rows.found, found)), "more": False})


@changes
async def save(request: HttpRequest) -> HttpResponse:
    """Like a video, keep it for later, add it to a playlist; or (`on` is 0) take it off a shelf."""
    fields, user = fields_of(request), request.account.id
    video = services.video_of(fields.get("link", ""), fields.get("title", ""), number(fields.get("duration")))
    where, _, playlist_id = fields.get("where", "").partition(":")
    if where == "playlist":
        playlist = await playlists.append(user, playlist_id, video)
        return done(request, reverse("rooms:playlist", args=[playlist_id]), name=playlist.name)
    if where not in SHELVES:
        raise BadText(NOWHERE)
    if fields.get("on") == "0":
        await services.drop(user, where, video.id)
    else:
        await services.save(user, where, video, number(fields.get("at")))
    return done(request, reverse("rooms:shelf", args=[where]), title=video.title)


@changes
async def drop(request: HttpRequest) -> HttpResponse:
    """Take a row off a shelf, or out of the history."""
    fields, user = fields_of(request), request.account.id
    where = fields.get("where", "")
    if where == HISTORY:
        await services.drop(user, HISTORY, fields.get("row", ""))
        return done(request, reverse("rooms:history"))
    if where not in SHELVES:
        raise BadText(NOWHERE)
    await services.drop(user, where, services.video_of(fields.get("link", "")).id)
    return done(request, reverse("rooms:shelf", args=[where]))


@changes
async def clear(request: HttpRequest) -> HttpResponse:
    """Forget all that I have watched."""
    await services.clear_history(request.account.id)
    return done(request, reverse("rooms:history"))


@changes
async def switch(request: HttpRequest) -> HttpResponse:
    """Keep a history from now on, or none."""
    await services.switch_history(request.account.id, request.POST.get("on") == "1")
    return done(request, reverse("rooms:history"))


@changes
async def again(request: HttpRequest) -> HttpResponse:
    """Start a room from one video."""
    fields = fields_of(request)
    video = services.playable(fields.get("link", ""), fields.get("title", ""))
    return await start_room(request, [video])

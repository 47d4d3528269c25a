"""What the doors for pages share: who may come, what a refusal looks like, and figures in words."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import wraps
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts import services as accounts
from accounts.identity import PALETTE
from rooms.domain.errors import BadText, PlaylistUnknown, RoomError
from rooms.domain.exchange import LARGEST
from rooms.domain.library import Look, look
from rooms.domain.sources import URL_LENGTH, Video
from rooms.services import queue
from rooms.services import rooms as makers
from wewatch.limits import allow

CHANGES = (240, 60)  # changes a user may make to the library and playlists, in seconds
NEW_ROOMS = (60, 600)  # rooms a user may make, in seconds
PICKED = {"link", "title", "duration", "at", "row"}
OFTEN = "That was a lot at once. Wait a minute, then try again. Nothing was lost."
SIGNED_OUT = "You were signed out. Reload the page."


def needs_account(view):
    """A page for people: a client that is no page access and has no cookie gets 403.

    But a HEAD of nobody (something that watches whether the site is up, or checks a link) gets 200, which tells
    nothing: a GET would make a user, and only then know what there is for them.
    """

    @wraps(view)
    async def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.account is None and request.method == "HEAD":
            return HttpResponse()
        if request.account is None and wants_json(request):
            return JsonResponse({"error": SIGNED_OUT}, status=403)
        if request.account is None:
            return render(request, "403.html", status=403)
        return await view(request, *args, **kwargs)

    return guarded


def changes(view):
    """A change by its owner: POST alone, not too often; what the domain refuses becomes a sentence."""

    @require_POST
    @needs_account
    @wraps(view)
    async def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not await allow("library", str(request.account.id), *CHANGES):
            return refused(request, OFTEN, 429)
        await accounts.make_durable(request.account)
        try:
            return await view(request, *args, **kwargs)
        except PlaylistUnknown as error:
            return missing(request, error)
        except RoomError as error:
            return refused(request, str(error), 422)

    return guarded


def missing(request: HttpRequest, error: RoomError) -> HttpResponse:
    """The answer to a request for what is not there, or not for them."""
    if wants_json(request):
        return JsonResponse({"error": str(error)}, status=404)
    raise Http404 from error


def refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """Why a change was not made: to a script as JSON, else as a page."""
    if wants_json(request):
        return JsonResponse({"error": sentence}, status=status)
    back = next_of(request, "/library/")
    return render(request, "library/refused.html", {"sentence": sentence, "back": back}, status=status)


def done(request: HttpRequest, fallback: str, **facts: object) -> HttpResponse:
    """The answer to a change that was made: facts to a script, else the page that the form came from."""
    return JsonResponse({"ok": True, **facts}) if wants_json(request) else redirect(next_of(request, fallback))


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, and not a person's navigation."""
    return "application/json" in request.headers.get("Accept", "")


def next_of(request: HttpRequest, fallback: str) -> str:
    """Where a form wants to go on: to this site alone."""
    wanted = request.POST.get("next", "")
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else fallback


async def start_room(request: HttpRequest, videos: list[Video]) -> HttpResponse:
    """Make a room of videos and go there. Raises NotAVideo, TooManyRooms."""
    if not await allow("rooms", str(request.account.id), *NEW_ROOMS):
        return refused(request, OFTEN, 429)
    room = await makers.start(request.account.id, videos)
    queue.name_later(room.id, room.queue)
    return redirect("rooms:watch", room.id)


def fields_of(request: HttpRequest) -> dict[str, str]:
    """What a form says; a button that was pressed in a row says which video is meant (`rows.pick`)."""
    fields = {name: request.POST[name] for name in request.POST}
    try:
        picked = json.loads(fields.pop("pick", "{}")[: 4 * URL_LENGTH])
    except (ValueError, RecursionError):
        return fields
    texts = {name: str(value) for name, value in picked.items()} if isinstance(picked, dict) else {}
    return fields | {name: texts[name] for name in PICKED & texts.keys()}


def number(text: str | None) -> float | None:
    """The number that a field holds, None where it is none."""
    try:
        return float(text or "")
    except ValueError:
        return None


def text_of(request: HttpRequest) -> str:
    """The links that were pasted, or what the file that was chosen holds. Raises BadText."""
    file = request.FILES.get("file")
    if file and file.size > 4 * LARGEST:  # bytes: no letter takes more than four
        raise BadText(f"That file is too large: {LARGEST:,} characters at most. Split it into several parts.")
    try:
        text = file.read().decode("utf-8-sig") if file else ""
    except UnicodeDecodeError as error:
        raise BadText("That file is no text. Choose a JSON, M3U8 or text file with links.") from error
    pasted = request.POST.get("links", "")
    if pasted.strip() and text.strip():
        raise BadText("There are links and a file. Send one of them first, then the other.")
    return text or pasted


def show(request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    """A page with what the header needs."""
    return render(request, template, {"account": request.account, "palette": PALETTE, **context}, status=status)


def look_of(request: HttpRequest) -> Look:
    """The look at a list that an address asks for."""
    return look(**{name: request.GET.get(name, "") for name in ("q", "source", "sort", "page")})


def turning(request: HttpRequest, wanted: Look, more: bool) -> dict[str, str | int]:
    """The pages before and after a page, with the same search; '' where there is none."""
    kept = {name: value for name in ("q", "source", "sort") if (value := request.GET.get(name, "")[:100])}
    number = wanted.page
    return {
        "page": number,
        "before": f"?{urlencode({**kept, 'page': number - 1})}" if number > 1 else "",
        "after": f"?{urlencode({**kept, 'page': number + 1})}" if more else "",
        "q": kept.get("q", ""),
        "source": wanted.source,
        "sort": wanted.sort,
        "filtered": wanted.filtered,
        "path": request.get_full_path(),
    }


def moment(ms: float, clock: bool = False) -> dict[str, str | bool]:
    """Server ms for people and for programs: `3 Oct 2026`, with `clock` also the time of day."""
    when = datetime.fromtimestamp(ms / 1000, UTC)
    text = f"{when.day} {when:%b %Y}"
    return {
        "iso": when.isoformat(timespec="seconds"),
        "when": f"{text}, {when:%H:%M}" if clock else text,
        "clock": clock,
    }


def clock_text(seconds: float | None) -> str:
    """`41:10`, or `1:02:03` from an hour on; '' for None."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def length_text(seconds: float) -> str:
    """`2 h 5 min`; '' where nothing is known."""
    minutes = round(seconds / 60)
    if not seconds:
        return ""
    if minutes < 60:
        return f"{max(1, minutes)} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"


def with_text(names: tuple[str, ...], others: int) -> str:
    """`with Ben and Cleo`, `with Ben, Cleo and 3 more`; '' for nobody."""
    named = list(names[: 3 if others > len(names) or others > 3 else others])
    left = others - len(named)
    last = f"{left} more" if left else named.pop() if len(named) > 1 else ""
    parts = ", ".join(named)
    if not parts:
        return f"with {left} {'others' if left > 1 else 'other'}" if left else ""
    return f"with {parts} and {last}" if last else f"with {parts}"

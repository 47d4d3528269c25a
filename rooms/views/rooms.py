"""The room pages: home, a room for its owner, a room by its invite."""

from functools import lru_cache

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services as accounts
from accounts.identity import PALETTE
from rooms import protocol, rows
from rooms.domain.errors import Closed, Locked, NoSpace, NotAVideo, NotReachable, Removed, RoomUnknown, TooManyRooms
from rooms.domain.room import Room
from rooms.forms import AddVideoForm
from rooms.pages import NEW_ROOMS, needs_account, next_of, show
from rooms.services import home as lists
from rooms.services import links, queue, titles
from rooms.services import rooms as services
from wewatch.address import client_address, network
from wewatch.limits import allow

WRONG_INVITES = (20, 600)  # wrong keys from one address, in seconds
SHUT = {Removed: "removed", Locked: "locked", Closed: "closed"}  # why somebody with a good invite stays outside


@require_http_methods(["GET", "HEAD", "POST"])
@needs_account
async def home(request: HttpRequest) -> HttpResponse:
    """What to go on with, my newest rooms, and the field that makes one."""
    form = AddVideoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not await allow("rooms", str(request.account.id), *NEW_ROOMS):
            return render(request, "429.html", status=429)
        try:
            videos = await links.videos(request.account.id, form.cleaned_data["url"])
            room = await services.start(request.account.id, videos)
        except (NoSpace, NotAVideo, NotReachable, TooManyRooms) as error:
            form.add_error("url", str(error))
        else:
            await accounts.make_durable(request.account)
            queue.name_later(room.id, room.queue)
            return redirect("rooms:watch", room.id)
    going, newest, total = await lists.overview(request.account.id)
    mine = {"going": list(map(rows.going, going)), "rooms": list(map(rows.room, newest)), "total": total}
    return show(request, "rooms/home.html", {"form": form, **mine}, 422 if form.errors else 200)


@require_safe
@needs_account
async def watch(request: HttpRequest, room_id: int) -> HttpResponse:
    """The room page for its owner; a stranger gets the 404 of a room that is not there."""
    try:
        room = await services.open_own(request.account.id, room_id)
    except RoomUnknown as error:
        raise Http404 from error
    except Closed:
        return _shut(request, "closed")
    return await _room_page(request, room, f"/ws/watch/{room.id}/")


@require_safe
@needs_account
async def join(request: HttpRequest, key: str) -> HttpResponse:
    """The room page for whoever holds an invite; its owner goes to their own page."""
    address = client_address(request)
    try:
        invited = await services.open_invited(key, request.account.id, services.hidden(network(address)))
    except RoomUnknown as error:
        if not await allow("invite", address, *WRONG_INVITES):
            return render(request, "429.html", status=429)
        raise Http404 from error
    except (Removed, Locked, Closed) as error:
        return _shut(request, SHUT[type(error)])
    if invited.room.owner == request.account.id:
        return redirect("rooms:watch", invited.room.id)
    return await _room_page(request, invited.room, f"/ws/join/{key}/", invites=invited.invite is None)


def _shut(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "rooms/shut.html", {"why": why}, status=403)


@require_POST
@needs_account
async def delete(request: HttpRequest, room_id: int) -> HttpResponse:
    """Delete one's own room."""
    try:
        await services.delete(request.account.id, room_id)
    except RoomUnknown as error:
        raise Http404 from error
    return redirect(next_of(request, reverse("rooms:home")))


async def _room_page(request: HttpRequest, room: Room, socket: str, invites: bool = True) -> HttpResponse:
    """The page; with the room's invite, except for those who came by one that may be for them alone."""
    account, entry = request.account, room.current
    invite = await _invite_link(request, room) if invites else ""
    owner = room.owner == account.id
    data = {
        "socket": socket,
        "me": {"id": account.id, "name": account.name, "color": account.color},
        "room": {"id": room.id, "title": room.title, "isOwner": owner, "owner": room.owner, "invite": invite},
        "entry": protocol.entry(entry),
    }
    context = {
        "account": account,
        "room": room,
        "is_owner": owner,
        "invite_url": invite,
        "qr": _qr(invite) if invite else "",
        "palette": PALETTE,
        "room_data": data,
        "has_search": titles.has_search(),
    }
    return render(request, "rooms/room.html", context)


async def _invite_link(request: HttpRequest, room: Room) -> str:
    path = reverse("rooms:join", args=[await services.invite_key(room)])
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


@lru_cache(maxsize=1000)
def _qr(link: str) -> str:
    """A QR code as a data URI; to draw one costs a quarter of the page."""
    return segno.make(link, error="m").svg_data_uri(border=2, light="white")

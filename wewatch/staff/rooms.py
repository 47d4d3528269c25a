"""Rooms in the admin."""

from collections.abc import Mapping
from typing import Any

from asgiref.sync import async_to_sync
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from rooms.pages import clock_text
from rooms.services import oversight, staff
from rooms.services.oversight import Inspected, Listed
from wewatch.listing import Found, Look
from wewatch.staff import words
from wewatch.staff.acts import Act, ActsAdmin
from wewatch.staff.changelist import ago, moment


class StateFilter(admin.SimpleListFilter):
    """Rooms of a state."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """The states one can choose."""
        names = {"live": "live now"}
        return [(state, names.get(state, state).capitalize()) for state in oversight.STATES]

    def queryset(self, request: HttpRequest, queryset: None) -> None:
        """The list reads the value itself."""


def _with_id(act):
    """An act of the services on a room, as the admin calls it: with a target that is not asked for."""

    async def do(room_id: int, of: str) -> None:
        await act(room_id)

    return do


def _on_user(act):
    async def do(room_id: int, of: str) -> None:
        await act(room_id, int(of))

    return do


ACTS = (
    Act(
        "close", "Close room", "close_room",
        "Everybody in this room is sent away at once, and nobody comes in, its host neither, until you open it again.",
        "Closed.", _with_id(staff.close), fits=lambda seen: not seen.room.closed,
    ),
    Act(
        "reopen", "Open again", "close_room",
        "Whoever its host lets in may come into this room again.",
        "Opened again.", _with_id(staff.reopen), harmless=True, fits=lambda seen: seen.room.closed,
    ),
    Act(
        "stop", "End playback", "stop_playback",
        "The film is paused for everybody in this room and goes back to its beginning.",
        "Playback ended.", _with_id(staff.stop),
    ),
    Act(
        "kick", "Kick", "kick_viewer",
        "{of} is sent away from this room and cannot come in for ten minutes.",
        "Kicked {of}.", _on_user(staff.kick), on="person",
    ),
    Act(
        "ban", "Ban", "ban_viewer",
        "{of} is sent away from this room for good, and so is whoever comes from the same network with a newer user.",
        "Banned {of}.", _on_user(staff.ban), on="person",
    ),
    Act(
        "lift", "Let back in", "ban_viewer",
        "{of} may come into this room again.",
        "Let {of} back in.", staff.lift, on="ban", harmless=True,
    ),
    Act(
        "delete", "Delete room", "delete_room",
        "This room is deleted with its queue, its chat and its invites, and everybody in it is told so. "
        "That cannot be taken back.",
        "Deleted.", _with_id(staff.delete), ends=True,
    ),
)  # fmt: skip


class RoomAdmin(ActsAdmin):
    """All rooms, one in full, and what the staff can do with it."""

    sort = "active"
    list_display = ("number", "title", "owner", "viewers", "state", "active", "created")
    list_display_links = ("number", "title")
    list_filter = (StateFilter,)
    search_help_text = "Id, title, id or name of the owner, invite key or link."
    acts = ACTS
    page_template = "staff/room.html"

    async def read(self, look: Look) -> Found[Listed]:
        """A page of the list."""
        return await oversight.listing(look)

    async def inspect(self, object_id: int) -> Inspected | None:
        """All of a room."""
        return await oversight.inspect(object_id)

    def row_id(self, row: Listed) -> int:
        """The room's id."""
        return row.room.id

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The list; a pasted invite leads to its room, so that the key stays in no address bar."""
        pasted = request.GET.get("q", "")
        if self.has_view_permission(request) and (room_id := async_to_sync(oversight.by_key)(pasted)):
            return redirect(self._url("change", room_id))
        return super().changelist_view(request, extra_context)

    @admin.display(description="id", ordering="created")
    def number(self, room: Any) -> int:
        """Ids are given in the order in which rooms are made."""
        return room.pk

    @admin.display(description="title")
    def title(self, room: Any) -> str:
        """As the film that it shows."""
        return room.row.room.title or "(no title)"

    @admin.display(description="owner")
    def owner(self, room: Any) -> str:
        """Name and id."""
        return user_link(room.row.room.owner, room.row.owner)

    @admin.display(description="viewers")
    def viewers(self, room: Any) -> int:
        """People there now."""
        return room.row.room.people

    @admin.display(description="state")
    def state(self, room: Any) -> str:
        """In words."""
        row = room.row.room
        return words.state(row.people, row.playing, row.locked, row.closed)

    @admin.display(description="last activity", ordering="active")
    def active(self, room: Any) -> str:
        """When somebody was there last."""
        return "now" if room.row.room.people else ago(room.row.room.active)

    @admin.display(description="made", ordering="created")
    def created(self, room: Any) -> str:
        """When it was made."""
        return ago(room.row.room.created)

    def targets(self, seen: Inspected, on: str) -> Mapping[str, str]:
        """The people who are here or said something, but for the host; and those who are kept out."""
        if on == "person":
            said = {item["user"]: item["name"] for item in seen.chat.items}
            names = said | {one.id: one.name for one in seen.people}
            return {str(user): f"{name} (user {user})" for user, name in names.items() if user != seen.room.owner}
        return {ban["id"]: f"{ban['name'] or 'Somebody'} (user {ban['user']})" for ban in seen.bans}

    def page(self, seen: Inspected) -> dict[str, Any]:
        """The room, ready to be shown."""
        room, playback = seen.room, seen.room.playback
        length = f" of {clock_text(room.current.duration)}" if room.current.duration else ""
        return {
            "title": room.title or "(no title)",
            "subtitle": f"Room {room.id}",
            "room": room,
            "owner": user_link(room.owner, seen.owner),
            "state": words.state(seen.count, playback.playing, room.rules.locked, room.closed),
            "position": f"{clock_text(seen.position)}{length}, at {playback.rate:g}×",
            "waits": words.hold(playback.hold),
            "made": moment(room.created),
            "count": seen.count,
            "people": [(one, words.person(one), one.id == room.owner) for one in seen.people],
            "queue": [(number, entry, clock_text(entry.duration)) for number, entry in enumerate(room.queue, 1)],
            "bans": [{**ban, "until": moment(ban["ban"].until or 0)} for ban in seen.bans],
            "invites": [{**invite, "until": moment(invite["until"] or 0)} for invite in seen.invites],
            "chat": [{**item, "at": moment(item["t"])} for item in seen.chat.items],
            "log": [{"at": moment(item["t"]), "words": words.event(item)} for item in seen.log],
        }


def user_link(user: int, name: str) -> str:
    """Somebody's name, with a link to their page."""
    url = reverse("admin:accounts_user_change", args=[user])
    return format_html('<a href="{}"><bdi>{}</bdi></a> <span class="quiet">{}</span>', url, name or "(gone)", user)

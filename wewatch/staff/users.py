"""Users in the admin."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import admin
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from accounts import staff
from accounts.registry import Row
from rooms.services import belongings
from rooms.services.belongings import Owned
from wewatch.listing import Found, Look
from wewatch.staff import words
from wewatch.staff.acts import Act, ActsAdmin
from wewatch.staff.changelist import ago, moment

ROOMS = 100  # of a user, on their page


@dataclass(frozen=True, slots=True)
class Listed:
    """A user in the list, with how many rooms they have."""

    user: Row
    rooms: int


@dataclass(frozen=True, slots=True)
class Inspected:
    """A user, and what they own."""

    known: staff.Inspected
    owned: Owned


async def _end_device(user: int, device: str) -> None:
    await staff.end_devices(user, device)


async def _end_all(user: int, of: str) -> None:
    await staff.end_devices(user)


async def _delete(user: int, of: str) -> None:
    await belongings.delete_user(user)


async def _export(user: int, of: str) -> HttpResponse:
    """All that is kept of the user, as a file."""
    text = json.dumps(await belongings.export(user), indent=1, ensure_ascii=False)
    headers = {"Content-Disposition": content_disposition_header(True, f"wewatch-user-{user}.json")}
    return HttpResponse(text, content_type="application/json", headers=headers)


ACTS = (
    Act(
        "end-device", "End device", "end_devices",
        "Device {of} is logged out: what it watches closes, and its next visit is a newcomer's. "
        "Nobody is able to give it this user back.",
        "Ended device {of}.", _end_device, on="device",
    ),
    Act(
        "end-devices", "End all devices", "end_devices",
        "All devices of this user are logged out: what they watch closes, and nobody comes back as this user. "
        "The user's rooms stay, without a host.",
        "Ended all devices.", _end_all, fits=lambda seen: bool(seen.known.devices),
    ),
    Act(
        "export", "Export", "export_user",
        "All that is kept of this user comes as one file: profile, rooms, saved videos, playlists, history.",
        "Exported.", _export, harmless=True,
    ),
    Act(
        "delete", "Delete user", "delete_user",
        "This user is deleted with all rooms, saved videos, playlists, shared links, the history and all devices. "
        "What they said in other people's rooms stays. That cannot be taken back; you may want to export first.",
        "Deleted.", _delete, ends=True,
    ),
)  # fmt: skip


class UserAdmin(ActsAdmin):
    """All users, one in full, and what the staff can do."""

    sort = "seen"
    list_display = ("number", "name", "seen", "created", "rooms")
    list_display_links = ("number", "name")
    search_help_text = "Id or name."
    acts = ACTS
    page_template = "staff/user.html"

    async def read(self, look: Look) -> Found[Listed]:
        """A page of the list."""
        found = await staff.listing(look)
        counts = await belongings.counts([row.id for row in found.rows])
        return replace(found, rows=[Listed(row, counts[row.id]) for row in found.rows])

    async def inspect(self, object_id: int) -> Inspected | None:
        """All of a user."""
        known = await staff.inspect(object_id)
        return Inspected(known, await belongings.of_user(object_id, ROOMS)) if known else None

    def row_id(self, row: Listed) -> int:
        """The user's id."""
        return row.user.id

    @admin.display(description="id", ordering="created")
    def number(self, user: Any) -> int:
        """Ids are given in the order in which users come."""
        return user.pk

    @admin.display(description="name")
    def name(self, user: Any) -> str:
        """As others see it."""
        return user.row.user.name or "(deleted in part)"

    @admin.display(description="last seen", ordering="seen")
    def seen(self, user: Any) -> str:
        """Their last request."""
        return ago(user.row.user.seen)

    @admin.display(description="made", ordering="created")
    def created(self, user: Any) -> str:
        """Their first visit."""
        return ago(user.row.user.created)

    @admin.display(description="rooms")
    def rooms(self, user: Any) -> int:
        """How many they have."""
        return user.row.rooms

    def targets(self, seen: Inspected, on: str) -> Mapping[str, str]:
        """The user's devices."""
        return {device.id: device.id for device in seen.known.devices}

    def page(self, seen: Inspected) -> dict[str, Any]:
        """The user, ready to be shown."""
        user = seen.known.user
        return {
            "title": user.name or "(deleted in part)",
            "subtitle": f"User {user.id}",
            "user_made": moment(user.created),
            "user_seen": moment(user.seen),
            "figures": seen.owned.figures,
            "count": seen.owned.count,
            "rooms": [
                {
                    "room": room,
                    "state": words.state(room.people, room.playing, room.locked, room.closed),
                    "active": moment(room.active),
                }
                for room in seen.owned.rooms
            ],
            "devices": [
                {"device": one, "seen": moment(one.seen), "suspect": moment(one.suspect)} for one in seen.known.devices
            ],
            "events": [
                {"event": one, "at": moment(one.at), "words": words.device(one.kind)} for one in seen.known.events
            ],
        }

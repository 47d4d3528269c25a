"""Named invites: made, listed, and kept in step with the keys that open rooms."""

import secrets
from typing import Any

from django.conf import settings
from django.urls import reverse

from rooms.domain.door import HOURS_MAX, INVITE_NAME, USES_MAX, Invite, NamedInvite
from rooms.domain.errors import Refused
from rooms.domain.manage import Manage
from rooms.domain.room import Room
from rooms.protocol import messages
from rooms.services import rooms
from rooms.store import keys
from rooms.store import rooms as store
from wewatch.clock import clock
from wewatch.text import clean

HOUR = 3600_000  # ms


def make(room_id: int, wish: messages.Manage) -> NamedInvite:
    """A new invite as wished. Raises Refused where the wish makes no sense."""
    name = clean(wish.name, INVITE_NAME)
    hours_fit = wish.hours is None or 0 < wish.hours <= HOURS_MAX
    uses_fit = wish.uses is None or 0 < wish.uses <= USES_MAX
    if not name or wish.role not in {"viewer", "helper"} or not hours_fit or not uses_fit:
        raise Refused("bad-value")
    nonce = secrets.token_hex(8)
    key_hash = keys.hashed(rooms.derive(room_id, nonce))
    until = None if wish.hours is None else clock().now() + wish.hours * HOUR
    return NamedInvite(secrets.token_hex(4), name, wish.role, key_hash, nonce, until, wish.uses)


def renewed(room_id: int) -> Invite:
    """A new main invite."""
    nonce = secrets.token_hex(8)
    return Invite(keys.hashed(rooms.derive(room_id, nonce)), nonce)


async def follow(before: Room, after: Room) -> None:
    """Let exactly the keys that the room knows lead to it."""
    had, has = set(store.hashes(before)), set(store.hashes(after))
    for key_hash in has - had:
        await store.set_invite(after.id, key_hash)
    for key_hash in had - has:
        await store.drop_invite(key_hash)


def answer(room: Room, act: Manage) -> dict[str, Any] | None:
    """What whoever made or renewed an invite is told."""
    if act.kind == "invite":
        return shown(room.id, act.made)
    return {"url": link(rooms.derive(room.id, room.invite.nonce))} if act.kind == "renew" else None


def listed(room: Room) -> list[dict[str, Any]]:
    """All named invites of the room, the newest first."""
    return [shown(room.id, invite) for invite in reversed(room.door.invites)]


def shown(room_id: int, invite: NamedInvite) -> dict[str, Any]:
    """An invite as its host sees it; without a link where the site's secret key was replaced since."""
    key = rooms.known_key(room_id, invite)
    return {
        "id": invite.id,
        "name": invite.name,
        "role": invite.role,
        "url": link(key) if key else "",
        "until": invite.until,
        "uses": invite.uses,
        "used": len(invite.users),
        "revoked": invite.revoked,
    }


def name_of(room: Room, act: Manage) -> str:
    """The name of the invite that an act makes or revokes."""
    if isinstance(act.made, NamedInvite):
        return act.made.name
    return next((invite.name for invite in room.door.invites if invite.id == act.invite), "")


def link(key: str) -> str:
    """Where a key leads: the whole address where the site knows its own, else the path."""
    return f"{settings.PUBLIC_URL}{reverse('rooms:join', args=[key])}"

"""Use cases of hosts and helpers: rules, places, moderation; and asking for the remote."""

import secrets
from dataclasses import replace
from typing import Any

from accounts import services as accounts
from accounts.identity import Account
from rooms import broadcast
from rooms.domain import manage as rules
from rooms.domain.errors import Refused, RoomUnknown
from rooms.domain.events import event
from rooms.domain.manage import Manage
from rooms.domain.room import Room
from rooms.protocol import messages
from rooms.services import chat, invites, presence, waiting
from rooms.services.change import change
from rooms.store import presence as guests
from rooms.store import rooms as store

TAKEN = ("kind", "user", "field", "value", "on", "good", "ban", "invite")  # fields of the message as they are
PLACED = {"helper", "grant", "mute", "kick", "ban"}  # acts on somebody who must have been here


async def manage(room_id: int, account: Account, message: messages.Manage) -> dict[str, Any] | None:
    """Do what a host or helper asks; returns what the answer tells. Raises Refused, RoomUnknown."""
    if message.kind == "list":
        return await _list(room_id, account)
    if message.kind in {"clear", "restore"}:
        await getattr(chat, message.kind)(room_id, account)
        return None
    if message.kind == "check":
        await _check(room_id, account)
        return None
    act = await _act(room_id, account, message)
    room, before, now = await _commit(room_id, account, act)
    await invites.follow(before, room)
    await broadcast.publish_rules(room_id)
    await chat.note(room_id, await _noted(before, account, act, now))
    return invites.answer(room, act)


async def ask(room_id: int, user: int) -> None:
    """Somebody asks for the remote. Raises Refused, RoomUnknown."""
    await _update(room_id, lambda room, now: rules.ask(room, user, now))
    await broadcast.publish_rules(room_id)


async def _act(room_id: int, account: Account, message: messages.Manage) -> Manage:
    """The act of the domain, with what only a service knows: ids, keys, and where somebody came from."""
    act = Manage(**{name: getattr(message, name) for name in TAKEN})
    if act.kind in PLACED and act.on:
        network = await guests.was_here(room_id, act.user)
        if network is None:
            raise Refused("unknown")
        if act.kind == "ban":
            act = replace(act, network=network, newest=await accounts.newest())
    if act.kind in {"kick", "ban"}:
        act = replace(act, ban=secrets.token_hex(4))
    if act.kind == "invite":
        act = replace(act, made=invites.make(room_id, message))
    if act.kind == "renew":
        act = replace(act, made=invites.renewed(room_id))
    return act


async def _commit(room_id: int, account: Account, act: Manage) -> tuple[Room, Room, float]:
    seen = []

    def decide(room: Room, now: float) -> Room:
        seen[:] = [room, now]
        return rules.manage(room, account.id, act, now)

    return await change(room_id, decide), *seen


async def _update(room_id: int, decide) -> Room:
    room = await store.update(room_id, decide)
    if room is None:
        raise RoomUnknown("There is no such room here.")
    return room


async def _check(room_id: int, account: Account) -> None:
    room, now = await _load(room_id)
    rules.require(room, account.id, "check", now)
    await waiting.check(room_id, account.id, (await presence.roster(room)).inside)
    await chat.note(room_id, event("check", now, account))


async def _noted(before: Room, account: Account, act: Manage, now: float) -> dict[str, Any]:
    """The item of the log."""
    more: dict[str, Any] = {}
    if act.kind == "set":
        more = {"field": act.field, "value": act.value}
    if act.kind in {"helper", "mute"}:
        more["value"] = act.on
    if act.kind == "grant":
        more["value"] = act.good
    if act.kind in {"invite", "revoke"}:
        more["value"] = invites.name_of(before, act)
    lifted = next((ban.user for ban in before.door.bans if ban.id == act.ban), None)
    user = lifted if act.kind == "lift" else act.user
    name = await _names([user]) if user is not None else {}
    return event(act.kind, now, account, (user, name[user]) if name else None, **more)


async def _list(room_id: int, account: Account) -> dict[str, Any]:
    """What a helper or host reads before they act: who is kept out, who is muted, invites, the log."""
    room, now = await _load(room_id)
    rules.require(room, account.id, "moderate", now)
    bans = [ban for ban in room.door.bans if ban.until is None or ban.until > now]
    names = await _names([*(ban.user for ban in bans), *(ban.by for ban in bans), *room.rules.muted])
    return {
        "bans": [
            {
                "id": ban.id,
                "name": names[ban.user],
                "kind": "kick" if ban.until else "ban",
                "by": names[ban.by],
                "t": ban.at,
                "until": ban.until,
            }
            for ban in bans
        ],
        "muted": [{"id": user, "name": names[user]} for user in room.rules.muted],
        "invites": invites.listed(room) if account.id == room.owner else [],
        "log": await chat.log(room_id),
        "cleared": await chat.is_cleared(room_id),
    }


async def _load(room_id: int) -> tuple[Room, float]:
    found = await store.load(room_id)
    if not found:
        raise RoomUnknown("There is no such room here.")
    return found


async def _names(users: list[int]) -> dict[int, str]:
    profiles = await accounts.profiles(dict.fromkeys(users))
    named = {user: profiles[user].name if user in profiles else "Someone" for user in users}
    return named | {rules.STAFF: "The staff"}

"""Use cases of presence: a viewer enters, tells how it gets on, and leaves; and the roster that the others see."""

from contextlib import suppress

from django.conf import settings

from accounts import services as accounts
from rooms import broadcast
from rooms.domain.errors import RoomFull, RoomUnknown
from rooms.domain.presence import JOINING, PAGE, Person, Roster, best, shown, written
from rooms.domain.room import Room
from rooms.hub import Viewer
from rooms.services import playback, waiting
from rooms.store import presence as store
from wewatch.clock import clock

AWAY = {JOINING, "offline"}  # states of people who are not here, or not yet


async def enter(viewer: Viewer) -> None:
    """Take a lease; a room that everyone had left comes back paused. Raises RoomFull."""
    entered, empty_since = await store.enter(
        viewer.room_id, viewer.member, viewer.user, viewer.network, settings.MAX_VIEWERS
    )
    if not entered:
        raise RoomFull("This room is full.")
    if empty_since is not None:
        await playback.settle(viewer.room_id, empty_since)
    broadcast.local().mark_roster(viewer.room_id)


async def leave(viewer: Viewer, clean: bool) -> None:
    """End a lease; when the last one leaves, the room is paused where it is."""
    alive, now = await store.leave(viewer.room_id, viewer.member, clean)
    await store.report(viewer.room_id, viewer.member, "offline" if alive and not clean else "")
    if alive:
        await broadcast.publish_roster(viewer.room_id)
        return
    with suppress(RoomUnknown):  # deleted: that is why everybody leaves
        await playback.settle(viewer.room_id, now)


async def report(viewer: Viewer, entry: str, state: str, seconds: float | None) -> None:
    """Take note of how a viewer gets on; the room may wait for one that stalls."""
    before, viewer.state = viewer.state, written(state, seconds, entry)
    if viewer.state != before:
        await store.report(viewer.room_id, viewer.member, viewer.state)
        broadcast.local().mark_roster(viewer.room_id)
    if state in {"stalled", "ad"} and viewer.settled:
        await waiting.stalled(viewer.room_id, entry, viewer.user)
    if state in {"ready", "muted"}:
        viewer.settled = True  # only now does it count for waiting: a join never holds the others
        await waiting.arrived(viewer.room_id, "wait", viewer.user)


async def roster(room: Room) -> Roster:
    """Who is there: everyone counted once however many tabs; those with a place and the first to come are named."""
    reports = await _reports(room.id)
    rules = room.rules
    places = (room.owner, *filter(None, [rules.acting]), *rules.helpers, *rules.remotes, *rules.asking)
    users = list(reports)
    inside = tuple(user for user in users if best(reports[user])[0] != JOINING)
    return Roster(len(users), await _people(shown(users, places), reports), tuple(users), inside)


async def inside(room_id: int) -> set[int]:
    """Who is past the door, on a line that holds."""
    reports = await _reports(room_id)
    return {user for user in reports if best(reports[user])[0] not in AWAY}


async def plays_for_nobody(room_id: int, entry: str) -> bool:
    """Whether everyone who is here has said that they cannot play an entry."""
    reports = await _reports(room_id)
    here = [tabs for tabs in reports.values() if best(tabs)[0] not in AWAY]
    mark = written("broken", None, entry)
    return bool(here) and all(best(tabs)[0] == "broken" and mark in tabs for tabs in here)


async def crowd(room_id: int, start: int, rows: int = PAGE) -> tuple[int, tuple[Person, ...]]:
    """A page of everybody, in order of arrival: how many there are, and the people from `start` on."""
    reports = await _reports(room_id)
    return len(reports), await _people(list(reports)[start : start + rows], reports)


async def _reports(room_id: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for member, state in (await store.members(room_id, clock().now())).items():
        found.setdefault(int(member.split(":")[1]), []).append(state)
    return found


async def _people(users: list[int], reports: dict[int, list[str]]) -> tuple[Person, ...]:
    profiles = await accounts.profiles(users)
    known = (user for user in users if user in profiles)
    return tuple(Person(user, profiles[user].name, profiles[user].color, *best(reports[user])) for user in known)

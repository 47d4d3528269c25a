"""Use cases of presence: a viewer enters and leaves, and the roster that the others see."""

from contextlib import suppress

from django.conf import settings

from accounts import services as accounts
from rooms import broadcast
from rooms.domain.errors import RoomFull, RoomUnknown
from rooms.domain.presence import SHOWN, Person, Roster
from rooms.services import playback
from rooms.store import presence as store
from wewatch.clock import clock


async def enter(room_id: int, member: str) -> None:
    """Take a lease; a room that everyone had left comes back paused. Raises RoomFull."""
    entered, empty_since = await store.enter(room_id, member, settings.MAX_VIEWERS)
    if not entered:
        raise RoomFull("This room is full.")
    if empty_since is not None:
        await playback.settle(room_id, empty_since)
    await broadcast.publish_roster(room_id)


async def leave(room_id: int, member: str, clean: bool) -> None:
    """End a lease; when the last one leaves, the room is paused where it is."""
    alive, now = await store.leave(room_id, member, clean)
    if alive:
        await broadcast.publish_roster(room_id)
        return
    with suppress(RoomUnknown):  # deleted: that is why everybody leaves
        await playback.settle(room_id, now)


async def roster(room_id: int) -> Roster:
    """Who is there: everyone counted once however many tabs, the first in order of arrival named."""
    found = sorted(await store.members(room_id, clock().now()))
    users = list(dict.fromkeys(int(member.split(":")[1]) for member in found))
    profiles = await accounts.profiles(users[:SHOWN])
    people = (Person(user, profiles[user].name, profiles[user].color) for user in users[:SHOWN] if user in profiles)
    return Roster(len(users), tuple(people))

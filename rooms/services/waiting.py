"""Use cases of waiting: a viewer stalls or is ready again, a ready check, and a look whether a hold is over."""

from rooms import broadcast
from rooms.domain import waiting as rules
from rooms.domain.errors import Refused
from rooms.domain.manage import require
from rooms.domain.playback import lead
from rooms.domain.room import Room
from rooms.services.change import change
from rooms.store import presence as leases
from wewatch.clock import clock


async def stalled(room_id: int, entry: str, user: int) -> None:
    """A viewer's film stalled: the room waits, if it is one that waits."""
    room = broadcast.local().rooms.get(room_id)
    if room and room.known and room.known.rules.wait == "never":
        return
    await change(room_id, lambda room, now: rules.stalled(room, user, now) if room.playback.entry == entry else None)


async def arrived(room_id: int, kind: str, user: int) -> None:
    """One of those waited for is ready."""
    if broadcast.local().held(room_id):
        await change(
            room_id, lambda room, now: rules.arrived(room, kind, user, now, lead(broadcast.one_way(room_id, now)))
        )


async def review(room_id: int, seen: set[int]) -> None:
    """End a hold whose time is up, or whose people have left.

    Here are those `seen` in the last look at the room, and whoever came to it since.
    """
    present = seen | {int(member.split(":")[1]) for member in await leases.members(room_id, clock().now())}
    await change(room_id, lambda room, now: rules.reviewed(room, present, now, lead(broadcast.one_way(room_id, now))))


async def check(room_id: int, user: int, people: tuple[int, ...]) -> None:
    """Call a ready check of the people here; who calls it is ready. Raises Refused."""
    others = tuple(other for other in people if other != user)
    if not others:
        raise Refused("nobody")
    if len(others) > rules.WAITED_FOR:
        raise Refused("too-many")

    def decide(room: Room, now: float) -> Room:
        require(room, user, "check", now)
        return rules.checked(room, others, now)

    await change(room_id, decide)

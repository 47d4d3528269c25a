"""Who acts as host while the host is away."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from rooms.domain.room import Room
from rooms.domain.rules import Rules

PATIENCE = 60_000  # ms for which the host may be away


def succeeded(room: Room, present: Sequence[int], now: float, door: Collection[int] = ()) -> Room | None:
    """The room after a look at who is here, in order of arrival; None where nothing changes.

    The host's place goes to the helper who is here for longest, else to the viewer, and comes back with the host.
    Who is at the `door` takes no place, but is not gone: what they ask for stands. To others somebody may seem to be
    there for a second who is long inside.
    """
    rules = _looked(room.owner, room.rules, present, now, door)
    return None if rules == room.rules else replace(room, rules=replace(rules, v=room.rules.v + 1))


def _looked(owner: int, rules: Rules, present: Sequence[int], now: float, door: Collection[int]) -> Rules:
    here = set(present)
    asking = tuple(user for user in rules.asking if user in here or user in door)
    if owner in here:
        return replace(rules, away=None, acting=None, asking=asking)
    away = now if rules.away is None else rules.away
    acting = rules.acting if rules.acting in here else None
    if acting is None and now - away >= PATIENCE:
        acting = next((user for user in present if user in rules.helpers), next(iter(present), None))
    return replace(rules, away=away, acting=acting, asking=asking)

"""What the site's staff sees of users and does with their devices; what users own, other apps know."""

from dataclasses import dataclass

from accounts import registry, services, store
from accounts.registry import Device, Event, Row
from wewatch.listing import Found, Look, cut, first

SEARCHED = 5000  # users whose names a search looks at


@dataclass(frozen=True, slots=True)
class Inspected:
    """A user with their devices, and what happened to these."""

    user: Row
    devices: list[Device]
    events: list[Event]


async def listing(look: Look) -> Found[Row]:
    """A page of all users. A search finds an id always."""
    if not look.words:
        ids, total = await registry.walk(look.sort, look.newest_first, look.start, look.rows)
        return Found(await registry.read(ids), total, total)
    ids, looked = await first(registry.walk, look, SEARCHED)
    words = look.words.casefold()
    found = [user for user, name in await registry.names(ids) if words in name.casefold()]
    if words.isascii() and words.isdigit() and len(words) < 16:
        found = list(dict.fromkeys((*[row.id for row in await registry.read([int(words)])], *found)))
    return Found(await registry.read(cut(found, look)), len(found), await registry.total(), looked)


async def inspect(user: int) -> Inspected | None:
    """One user; None where there is none. One of whom only traces are left has no name."""
    rows = await registry.read([user])
    return Inspected(rows[0], await registry.devices(user), await registry.events(user)) if rows else None


async def end_devices(user: int, device: str = "") -> int:
    """End one device of a user, or all; their sockets close. Returns how many that were."""
    wanted = [one for one in await registry.devices(user) if device in ("", one.id)]
    for one in wanted:
        await services.end_device(user, one.family, "ended")
    return len(wanted)


async def delete(user: int) -> None:
    """Delete a user's own records; what they owned must be gone, and their devices ended."""
    await store.forget(user)


async def total() -> int:
    """How many users there are for good."""
    return await registry.total()

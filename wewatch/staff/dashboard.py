"""The figures on the admin's index."""

from dataclasses import dataclass

from accounts import staff as users
from rooms.services import oversight as rooms
from wewatch import pulse


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure as it is shown: its name for scripts, what it counts, the figure, and what more is to know."""

    name: str
    label: str
    text: str
    more: str = ""


async def tiles() -> list[Tile]:
    """All figures, as they are now."""
    now, memory = await pulse.read(), await pulse.memory()
    live, total = await rooms.figures()
    limit = f"of {megabytes(memory.limit)}" if memory.limit else "no limit set"
    return [
        Tile("viewers", "Viewers now", f"{now.viewers:,}", "open tabs"),
        Tile("live", "Rooms live", f"{live:,}", "in use just now"),
        Tile("acts", "Actions a minute", f"{now.acts:,}", "plays, messages…"),
        Tile("errors", "Errors a minute", f"{now.errors:,}", "in the workers' logs"),
        Tile("rooms", "Rooms", f"{total:,}", "in all"),
        Tile("users", "Users", f"{await users.total():,}", "in all"),
        Tile("memory", "Store memory", megabytes(memory.used), limit),
        Tile("workers", "Workers", f"{now.processes:,}", "that had viewers"),
    ]


def megabytes(size: int) -> str:
    """Bytes as people read them."""
    return f"{size / 2**30:,.2f} GB" if size >= 2**30 else f"{size / 2**20:,.1f} MB"

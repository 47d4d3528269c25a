"""Whether there is space for something new."""

from rooms.domain.errors import NoSpace
from wewatch.space import is_short


async def needed() -> None:
    """Raise NoSpace where the store is nearly full: what is there goes on, and nothing new is kept."""
    if await is_short():
        raise NoSpace("This site is nearly out of space, so nothing new can be kept. Tell whoever runs it.")

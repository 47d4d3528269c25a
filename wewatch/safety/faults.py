"""A fault of the store, and how it is mended: both as values, so that finding and mending are apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from redis.asyncio import Redis

from wewatch.safety.asking import Command, ask


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in one line; `fix` are the commands that mend it, none where only a person can.

    A fix may come twice or late: each of its commands leaves alone what is right by then, or what it did is found and
    mended in the next look.
    """

    text: str
    fix: tuple[Command, ...] = ()


async def mend(redis: Redis, faults: Iterable[Fault]) -> int:
    """Mend what can be mended; returns how many faults that were."""
    mended = [fault for fault in faults if fault.fix]
    await ask(redis, (command for fault in mended for command in fault.fix))
    return len(mended)

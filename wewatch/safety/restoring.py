"""Puts a backup onto an empty machine. All is made ready beside its place first: what fails changes nothing."""

import asyncio
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from redis.asyncio import Redis

from wewatch import env
from wewatch.preflight import Trouble
from wewatch.redis import client
from wewatch.safety import archive, copying, parts
from wewatch.safety.archive import KEY, STAFF, Manifest
from wewatch.safety.faults import mend
from wewatch.safety.snapshot import Tell
from wewatch.safety.walk import walk

# A key that settings have just made opens nothing while there is neither a store nor an account.
NOTHING = {"secret-key", "lost+found"}


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it: what was restored, how many records, how many halves were made whole, and what stays wrong."""

    manifest: Manifest
    records: int
    mended: int
    faults: list[str]
    notes: list[str]


def restore(path: Path, tell: Tell) -> Restored:
    """Restore an archive into the data folder and store of the settings. Raises Trouble where they hold anything."""
    _refuse_full(settings.DATA_DIR)
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=settings.DATA_DIR) as name:
        folder = Path(name)
        manifest = archive.unpack(path, folder)
        notes = _notes(manifest)
        with parts.shown(folder, manifest) as source:
            if settings.EMBEDDED_STORE:
                with parts.own(folder / "made") as target:
                    done = asyncio.run(_fill(f"unix://{source}", f"unix://{target}", tell))
            else:
                done = asyncio.run(_fill(f"unix://{source}", None, tell))
        tell("All is made ready")
        _place(folder, manifest)
    return Restored(manifest, *done, notes)


def _refuse_full(folder: Path) -> None:
    held = sorted({file.name for file in folder.iterdir()} - NOTHING) if folder.exists() else []
    staff = parts.staff_file()
    if staff and staff.exists():
        held = held or [str(staff)]
    if held:
        raise Trouble(
            f"{folder} is not empty (it holds {held[0]}), and a restore overwrites nothing. "
            "Stop the site, move the folder away, and restore again."
        )


async def _fill(source_url: str, target_url: str | None, tell: Tell) -> tuple[int, int, list[str]]:
    """Fill a store, or (None) that of the settings; returns records, halves made whole, and what stays wrong."""
    source = Redis.from_url(source_url, decode_responses=True, protocol=2)
    target = Redis.from_url(target_url, decode_responses=True, protocol=2) if target_url else client()
    try:
        if not await copying.is_empty(target):
            raise Trouble("The store holds rooms already, and a restore overwrites nothing. Name an empty one.")
        try:
            records = await copying.copy(source, target, tell)
            looked, mended, faults = 0, 0, []
            async for seen in walk(target):
                mended += await mend(target, seen.faults)
                faults += [fault.text for fault in seen.faults if not fault.fix]
                looked += seen.looked
                tell(f"{looked:,} records looked at")
        except BaseException:  # a Ctrl-C too
            if not target_url:
                await copying.erase(source, target)
            raise
    finally:
        await source.aclose()
        await target.aclose()
    return records, mended, faults


def _notes(manifest: Manifest) -> list[str]:
    """What does not come back by itself."""
    notes = []
    if KEY not in manifest.parts or env.text("SECRET_KEY"):
        known = {parts.fingerprint(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}
        if manifest.key not in known:
            notes.append("SECRET_KEY is not the one of the backup: set that one, or nobody gets into what was theirs.")
    if STAFF in manifest.parts and parts.staff_file() is None:
        notes.append("The staff's accounts were not restored: DATABASE_URL keeps them elsewhere.")
    return notes


def _place(folder: Path, manifest: Manifest) -> None:
    """Put everything where it belongs; the key last, for without it nothing opens."""
    if settings.EMBEDDED_STORE:
        for name in ("appendonlydir", "store.engine"):
            (folder / "made" / name).rename(settings.DATA_DIR / name)
    if STAFF in manifest.parts and (staff := parts.staff_file()):
        (folder / STAFF).rename(staff)
    if KEY in manifest.parts and not env.text("SECRET_KEY"):
        (folder / KEY).replace(parts.key_file())
    where = os.open(settings.DATA_DIR, os.O_RDONLY)
    os.fsync(where)
    os.close(where)

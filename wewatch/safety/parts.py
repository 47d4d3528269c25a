"""What a backup is made of: the store, the staff's database, the secret key."""

import hmac
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from redis.asyncio import Redis

from accounts import store as accounts
from rooms.store import keys
from wewatch import embedded, env
from wewatch.engine import Engine, StoreError, parse
from wewatch.preflight import Trouble
from wewatch.safety import archive, copying, snapshot
from wewatch.safety.archive import KEY, STAFF, STORE, Manifest
from wewatch.safety.schemas import SCHEMAS, newer
from wewatch.safety.snapshot import NotGiven, Tell


@contextmanager
def serving() -> Iterator[None]:
    """The store of the settings; an embedded one that does not run is started for as long as this takes."""
    if not settings.EMBEDDED_STORE:
        yield
        return
    if not (settings.DATA_DIR / "store.engine").exists():
        raise Trouble(f"{settings.DATA_DIR} holds no store. Name another data folder by DATA_DIR.")
    store = embedded.start(settings.DATA_DIR, settings.STORE_FSYNC)
    try:
        yield
    finally:
        store.stop()


async def save(redis: Redis, path: Path, tell: Tell) -> Manifest:
    """Back everything up into a new archive; returns what it holds. What fails leaves nothing behind."""
    archive.refuse_existing(path)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as name:
        folder = Path(name)
        instant = True
        try:
            engine = await snapshot.engine(redis)
            await snapshot.fetch(redis, folder / STORE, tell)
        except NotGiven:
            instant, engine = False, await _gather(redis, folder, tell)
        save_staff(folder / STAFF)
        if key_file().exists() and not env.text("SECRET_KEY"):
            (folder / KEY).write_text(key_file().read_text())
        users, rooms = await redis.zcard(accounts.INDEX), await redis.zcard(keys.INDEX)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(made, str(engine), SCHEMAS, users, rooms, fingerprint(settings.SECRET_KEY), instant)
        archive.pack(folder, manifest, path)
    return manifest


async def _gather(redis: Redis, folder: Path, tell: Tell) -> Engine:
    """Copy a store, record by record, into one of our own, and take the snapshot of that."""
    with own(folder / "gathered") as line:
        target = Redis(unix_socket_path=str(line), decode_responses=True, protocol=2)
        try:
            await copying.copy(redis, target, tell)
            await snapshot.fetch(target, folder / STORE, tell)
            return await snapshot.engine(target)
        finally:
            await target.aclose()


@contextmanager
def own(folder: Path) -> Iterator[Path]:
    """A new embedded store: the path of its socket. It has written all to disk when this ends."""
    store = embedded.start(folder)
    try:
        yield store.path
    finally:
        store.stop()


def missing() -> list[str]:
    """What a backup does not hold and whoever restores it must bring, a sentence each."""
    told = []
    if env.text("SECRET_KEY"):
        told.append("The secret key is not in it: SECRET_KEY sets it. Keep it elsewhere, without it nobody gets in.")
    if settings.SECRET_KEY_FALLBACKS:
        told.append("SECRET_KEY_FALLBACKS are not in it. Keep them elsewhere.")
    if staff_file() is None:
        told.append("The staff's accounts are not in it: DATABASE_URL keeps them. Back them up from there.")
    return told


def staff_file() -> Path | None:
    """The staff's SQLite file; None where another database keeps them."""
    database = settings.DATABASES["default"]
    return Path(database["NAME"]) if database["ENGINE"].endswith("sqlite3") else None


def save_staff(path: Path) -> None:
    """Copy the staff's SQLite file as it is at this moment, whoever writes into it."""
    file = staff_file()
    if file is None or not file.exists():
        return
    with (
        closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(path)) as copy,
    ):
        source.backup(copy)


def check_staff(path: Path) -> list[str]:
    """What is wrong with a copy of the staff's SQLite file."""
    try:
        with closing(sqlite3.connect(path)) as database:
            found = [row[0] for row in database.execute("PRAGMA integrity_check")]
    except sqlite3.Error as error:
        found = [str(error)]
    return [] if found == ["ok"] else [f"the staff's database: {line}" for line in found]


def key_file() -> Path:
    """Where the secret key is, unless SECRET_KEY sets it."""
    return settings.DATA_DIR / "secret-key"


def fingerprint(key: str) -> str:
    """Tells keys apart, and nothing else about them."""
    return hmac.digest(key.encode(), b"wewatch.backup", "sha256").hex()[:16]


@contextmanager
def shown(folder: Path, manifest: Manifest) -> Iterator[Path]:
    """The store of an unpacked archive, served as it was saved in a folder of its own: the path of its socket."""
    if told := newer(manifest.schemas):
        raise Trouble(f"The backup was made by a newer We Watch ({told}). Update this one.")
    apart = folder / "shown"
    apart.mkdir(mode=0o700)
    (folder / STORE).rename(apart / "dump.rdb")
    writer = parse(manifest.engine)
    if writer is None:
        raise StoreError(f"The backup was written by {manifest.engine!r}, which is no server that is known here.")
    store = embedded.start(apart, snapshot_by=writer)
    try:
        yield store.path
    finally:
        store.stop()

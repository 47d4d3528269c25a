"""The commands as one types them, here without a process for each."""

import asyncio
import io
import sqlite3
import tarfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from benchmarks import households
from wewatch import embedded, env, stores


@dataclass(frozen=True)
class Done:
    """What a command said, and its exit code."""

    code: int
    said: str


def manage(data_dir: Path, *words: object, **variables: object) -> Done:
    """Run a management command with the settings of a data folder and, by REDIS_URL, of a store of its own."""
    said, url = io.StringIO(), variables.get("REDIS_URL")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, str(value))
        patch.setitem(settings.DATABASES["default"], "NAME", str(data_dir / "staff.sqlite3"))
        with override_settings(
            DATA_DIR=data_dir,
            EMBEDDED_STORE=not url,
            STORE=stores.parse(url or f"unix://{embedded.socket_path(data_dir)}"),
            SECRET_KEY=env.secret_key(data_dir / "secret-key"),
        ):
            try:
                call_command(*map(str, words), stdout=said)
            except CommandError as error:
                return Done(error.returncode, f"{said.getvalue()}CommandError: {error}\n")
    return Done(0, said.getvalue())


@pytest.fixture(scope="session")
def saved(tmp_path_factory) -> Path:
    """A backup of a site with three users and one of the staff."""
    here = tmp_path_factory.mktemp("saved")
    store = embedded.start(here / "site")
    try:
        with override_settings(STORE=stores.parse(f"unix://{store.path}")):
            asyncio.run(households.fill(3))
    finally:
        store.stop()
    with closing(sqlite3.connect(here / "site" / "staff.sqlite3")) as database:
        database.executescript("create table auth_user (username text); insert into auth_user values ('staff');")
    done = manage(here / "site", "backup", here / "backup.tar")
    assert done.code == 0, done.said
    return here / "backup.tar"


@pytest.fixture(scope="session")
def restored(saved, tmp_path_factory):
    """The backup on an empty machine."""
    folder = tmp_path_factory.mktemp("restored") / "data"
    done = manage(folder, "restore", saved)
    assert done.code == 0, done.said
    return folder


def one_line(done) -> str:
    """What an error says: one line, no traceback."""
    assert done.code == 1, done.said
    [line] = done.said.splitlines()
    return line


def forge(archive, to, name, change):
    """A copy of an archive in which one part is changed."""
    with tarfile.open(archive) as old, tarfile.open(to, "w") as new:
        for member in old.getmembers():
            data = old.extractfile(member).read()
            data = change(data) if member.name == name else data
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return to

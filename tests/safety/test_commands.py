"""Backup, verify and restore as one types them: what is kept, what is refused and how, and what a failure leaves."""

import io
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
from contextlib import closing

import pytest
from redis import Redis

from rooms.store import keys
from tests.live import ROOT
from tests.safety.conftest import manage
from wewatch import embedded


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


def test_a_backup_is_one_file_for_its_owner_alone(saved):
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    with tarfile.open(saved) as tar:
        assert tar.getnames() == ["manifest.json", "store.rdb", "staff.sqlite3", "secret-key"]
        manifest = json.load(tar.extractfile("manifest.json"))
    assert (manifest["users"], manifest["rooms"], manifest["engine"].split()[0]) == (3, 3, "valkey")


def test_a_backup_leaves_nothing_else_behind(saved):
    assert sorted(path.name for path in saved.parent.iterdir()) == ["backup.tar", "site"]
    assert not (saved.parent / "site" / "dump.rdb").exists()


def test_a_backup_does_not_overwrite(saved, tmp_path):
    (tmp_path / "backup.tar").write_text("mine")
    assert "is there already" in one_line(manage(saved.parent / "site", "backup", tmp_path / "backup.tar"))
    assert (tmp_path / "backup.tar").read_text() == "mine"


def test_a_backup_of_nothing_says_so(tmp_path):
    assert "holds no store" in one_line(manage(tmp_path / "data", "backup", tmp_path / "backup.tar"))


def test_a_backup_that_fails_leaves_nothing(saved, tmp_path):
    """The store hands no snapshot out, as one that is rented."""
    site = tmp_path / "site"
    shutil.copytree(saved.parent / "site", site)
    store = embedded.start(site)
    try:
        Redis(unix_socket_path=str(store.path)).acl_setuser("default", enabled=True, nopass=True, commands=["-sync"])
        (tmp_path / "to").mkdir()
        line = one_line(manage(site, "backup", tmp_path / "to" / "backup.tar"))
    finally:
        store.stop()
    assert "gives no snapshot away (NOPERM" in line
    assert list((tmp_path / "to").iterdir()) == []


def test_verify_tells_what_a_backup_holds(saved, tmp_path):
    done = manage(tmp_path / "data", "verify", saved)
    assert done.code == 0
    assert "3 users, 3 rooms" in done.said
    assert "all well" in done.said


@pytest.mark.parametrize("part", ["store.rdb", "staff.sqlite3", "secret-key"])
def test_a_damaged_part_is_named(saved, tmp_path, part):
    damaged = forge(saved, tmp_path / "damaged.tar", part, lambda data: data[:-1] + bytes([data[-1] ^ 1]))
    assert f"its {part} is not what was saved" in one_line(manage(tmp_path / "data", "verify", damaged))
    assert f"its {part} is not what was saved" in one_line(manage(tmp_path / "data", "restore", damaged))
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret-key"]


@pytest.mark.parametrize("cut", [0, 100, 5000, -20_000])
def test_a_torn_backup_is_one_line(saved, tmp_path, cut):
    torn = tmp_path / "torn.tar"
    torn.write_bytes(saved.read_bytes()[:cut])
    assert "Take another" in one_line(manage(tmp_path / "data", "verify", torn))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": 2}, "has format 2, this We Watch knows 1"),
        ({"engine": "valkey 99.0.0"}, "was written by valkey 99.0.0"),
        ({"engine": "keydb 6.3.4"}, "was written by keydb 6.3.4"),
        ({"parts": {"../../evil": ""}}, "does not hold what a backup holds"),
    ],
)
def test_a_backup_of_another_kind_is_refused_and_changes_nothing(saved, tmp_path, change, says):
    forged = forge(
        saved, tmp_path / "x.tar", "manifest.json", lambda data: json.dumps(json.loads(data) | change).encode()
    )
    assert says in one_line(manage(tmp_path / "data", "restore", forged))
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret-key"]


@pytest.fixture(scope="module")
def restored(saved, tmp_path_factory):
    """The backup on an empty machine."""
    folder = tmp_path_factory.mktemp("restored") / "data"
    done = manage(folder, "restore", saved)
    assert done.code == 0, done.said
    return folder


def test_a_restore_brings_every_record_back(saved, restored):
    def records(folder):
        store = embedded.start(folder)
        redis = Redis(unix_socket_path=str(store.path), decode_responses=True)
        try:
            return {key: read(redis, key) for key in redis.scan_iter()}
        finally:
            store.stop()

    def read(redis, key):
        kind = redis.type(key)
        if kind == "hash":
            fields = redis.hgetall(key)
            return fields | {"epoch": ""} if keys.is_room(key) else fields
        return redis.get(key) if kind == "string" else redis.zrange(key, 0, -1, withscores=True)

    assert records(restored) == records(saved.parent / "site")


def test_each_room_is_in_a_new_epoch(saved, restored):
    def epochs(folder):
        store = embedded.start(folder)
        redis = Redis(unix_socket_path=str(store.path), decode_responses=True)
        try:
            return [redis.hget(keys.room(room), "epoch") for room in (1, 2, 3)]
        finally:
            store.stop()

    assert len({*epochs(restored), *epochs(saved.parent / "site")}) == 6


def test_devices_end_when_they_would_have_ended(saved, restored):
    def ends(folder):
        store = embedded.start(folder)
        redis = Redis(unix_socket_path=str(store.path), decode_responses=True)
        try:
            return {key: round(redis.pttl(key) / 100_000) for key in redis.scan_iter("*family*")}
        finally:
            store.stop()

    assert ends(restored) == ends(saved.parent / "site")


def test_a_restore_brings_the_staff_and_the_key_back(saved, restored):
    assert (restored / "secret-key").read_text() == (saved.parent / "site" / "secret-key").read_text()
    assert stat.S_IMODE((restored / "secret-key").stat().st_mode) == 0o600
    with closing(sqlite3.connect(restored / "staff.sqlite3")) as database:
        assert database.execute("select username from auth_user").fetchall() == [("staff",)]


def test_what_was_restored_lasts(restored):
    """It is in the append-only file: a store that only had loaded a snapshot would start empty."""
    assert manage(restored, "verify").said.endswith("all well.\n")
    assert not list(restored.glob(".restoring*"))


def test_a_restore_overwrites_nothing(saved, restored):
    before = sorted(path.name for path in restored.iterdir())
    assert "is not empty" in one_line(manage(restored, "restore", saved))
    assert sorted(path.name for path in restored.iterdir()) == before


def test_a_restore_into_a_store_of_its_own(saved, tmp_path):
    """By REDIS_URL: an empty one is filled, one with rooms refused and left as it was."""
    store = embedded.start(tmp_path / "redis")
    url = {"REDIS_URL": f"unix://{store.path}"}
    try:
        assert manage(tmp_path / "data", "restore", saved, **url).code == 0
        assert manage(tmp_path / "data", "verify", **url).code == 0
        redis = Redis(unix_socket_path=str(store.path))
        before = redis.dbsize()
        assert "holds rooms already" in one_line(manage(tmp_path / "other", "restore", saved, **url))
        assert redis.dbsize() == before
        assert manage(tmp_path / "data", "backup", tmp_path / "again.tar", **url).code == 0
    finally:
        store.stop()
    assert "3 users, 3 rooms" in manage(tmp_path / "x", "verify", tmp_path / "again.tar").said


def test_a_restore_that_fails_half_way_takes_back_what_it_wrote(saved, tmp_path):
    store = embedded.start(tmp_path / "redis")
    try:
        redis = Redis(unix_socket_path=str(store.path))
        redis.acl_setuser("default", enabled=True, nopass=True, commands=["-zadd"])
        line = one_line(manage(tmp_path / "data", "restore", saved, REDIS_URL=f"unix://{store.path}"))
        assert "has no permissions to run" in line
        assert redis.dbsize() == 0
    finally:
        store.stop()
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret-key"]


def test_a_key_that_is_set_elsewhere_is_named(saved, tmp_path):
    secret = {"SECRET_KEY": "k" * 40}
    done = manage(saved.parent / "site", "backup", tmp_path / "backup.tar", **secret)
    assert "The secret key is not in it" in done.said
    with tarfile.open(tmp_path / "backup.tar") as tar:
        assert "secret-key" not in tar.getnames()
    assert "SECRET_KEY is not the one" in manage(tmp_path / "a", "restore", tmp_path / "backup.tar").said
    assert "NOTE" not in manage(tmp_path / "b", "restore", tmp_path / "backup.tar", **secret).said


def test_verify_of_a_store_names_what_is_wrong_and_mends_it(restored):
    store = embedded.start(restored)
    redis = Redis(unix_socket_path=str(store.path))
    try:
        redis.delete(keys.NEXT_ROOM)
        found = manage(restored, "verify")
        mended = manage(restored, "verify", "--repair")
        assert (found.code, mended.code, manage(restored, "verify").code) == (1, 0, 0)
    finally:
        store.stop()
    assert "ww:seq:room is at 0, and 3 is taken" in found.said
    assert "mended: ww:seq:room" in mended.said


def test_a_stop_leaves_nothing_behind(saved, tmp_path):
    """Where a restore waits for its store, which is frozen, SIGTERM undoes it."""
    env = dict(os.environ) | {"DATA_DIR": str(tmp_path / "data")}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "restore", saved], cwd=ROOT, env=env, stderr=subprocess.PIPE
    )
    while process.poll() is None and not list((tmp_path / "data").glob(".restoring*")):
        pass
    process.terminate()
    assert b"Stopped before the end" in process.communicate()[1]
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret-key"]

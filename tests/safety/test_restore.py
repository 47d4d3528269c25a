"""Restore as one types it: all comes back, nothing is overwritten, and a failure changes nothing."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
import time
from contextlib import closing

import pytest
from redis import Redis

from rooms.store import keys
from tests.live import ROOT
from tests.safety.conftest import manage, one_line
from wewatch import embedded


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
        if kind == "list":
            return redis.lrange(key, 0, -1)
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


def test_a_stop_leaves_nothing_behind(saved, tmp_path):
    """Where a restore waits for its store, which is frozen, SIGTERM undoes it."""
    env = dict(os.environ) | {"DATA_DIR": str(tmp_path / "data")}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "restore", saved], cwd=ROOT, env=env, stderr=subprocess.PIPE
    )
    while process.poll() is None and not list((tmp_path / "data").glob(".restoring*")):
        time.sleep(0.01)
    process.terminate()
    assert b"Stopped before the end" in process.communicate()[1]
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret-key"]


@pytest.fixture
def redis_server(tmp_path):
    """The path of the socket of a Redis that is not the bundled engine."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("there is no redis-server on PATH")
    folder = tmp_path / "redis"
    folder.mkdir()
    line = folder / "redis.sock"
    words = ["--port", "0", "--unixsocket", line, "--dir", folder, "--appendonly", "yes", "--save", ""]
    process = subprocess.Popen([program, *map(str, words)], stdout=subprocess.DEVNULL)
    while embedded.ping(line) != "PONG":
        assert process.poll() is None
        time.sleep(0.01)
    yield line
    process.terminate()
    process.wait()


def test_what_one_engine_saved_another_one_takes(saved, redis_server, tmp_path):
    """From the embedded store to a Redis of one's own, and back; though only Redis reads what Redis saved."""
    url = {"REDIS_URL": f"unix://{redis_server}"}
    assert manage(tmp_path / "there", "restore", saved, **url).code == 0
    assert manage(tmp_path / "there", "backup", tmp_path / "there.tar", **url).code == 0
    back = manage(tmp_path / "back", "restore", tmp_path / "there.tar")
    assert back.code == 0, back.said
    with tarfile.open(tmp_path / "there.tar") as tar:
        assert json.load(tar.extractfile("manifest.json"))["engine"].startswith("redis ")
    assert (tmp_path / "back" / "store.engine").read_text().startswith("valkey ")
    assert "all well" in manage(tmp_path / "back", "verify").said

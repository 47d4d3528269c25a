"""Backup, verify and sweep as one types them: what is kept, what is refused and how, and what a failure leaves."""

import json
import resource
import shutil
import stat
import tarfile

import pytest
from redis import Redis

from rooms.store import keys
from tests.safety.conftest import forge, manage, one_line
from wewatch import embedded


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


def test_a_backup_that_runs_out_of_space_leaves_nothing(saved, tmp_path):
    """As far as a process can be told that there is none: no file may grow beyond some bytes."""
    site = tmp_path / "site"
    shutil.copytree(saved.parent / "site", site)
    (tmp_path / "to").mkdir()
    store = embedded.start(site)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        line = one_line(manage(site, "backup", tmp_path / "to" / "backup.tar"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        store.stop()
    assert line == "CommandError: File too large. Choose another place."
    assert list((tmp_path / "to").iterdir()) == []


def test_a_store_that_gives_no_snapshot_away_is_copied(saved, tmp_path):
    """As one that is rented, or a cluster."""
    done = save_without(saved, tmp_path, "-sync")
    assert (done.code, "copied one after the other" in done.said) == (0, True)
    checked = manage(tmp_path / "data", "verify", tmp_path / "to" / "backup.tar")
    assert (checked.code, "3 users, 3 rooms" in checked.said, "all well" in checked.said) == (0, True, True)


def test_a_backup_that_fails_leaves_nothing(saved, tmp_path):
    assert "has no permissions to run the 'scan' command" in one_line(save_without(saved, tmp_path, "-sync", "-scan"))
    assert list((tmp_path / "to").iterdir()) == []


def save_without(saved, tmp_path, *commands):
    """A backup of a store in which some commands are forbidden."""
    site = tmp_path / "site"
    shutil.copytree(saved.parent / "site", site)
    store = embedded.start(site)
    try:
        Redis(unix_socket_path=str(store.path)).acl_setuser("default", enabled=True, nopass=True, commands=commands)
        (tmp_path / "to").mkdir()
        return manage(site, "backup", tmp_path / "to" / "backup.tar")
    finally:
        store.stop()


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
        ({"schemas": {"room": 99}}, "newer We Watch (room has schema 99, known is 3)"),
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


def test_a_sweep_says_what_it_mended(restored):
    store = embedded.start(restored)
    try:
        Redis(unix_socket_path=str(store.path)).zadd(keys.INDEX, {99: 1})
        done = manage(restored, "sweep")
    finally:
        store.stop()
    assert "mended: The index names room 99, which is gone." in done.said
    assert done.said.endswith(" 1 faults mended.\n")

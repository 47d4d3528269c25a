"""The embedded store, with real servers: started, attached to, killed, refused."""

import os
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from redis import Redis

from wewatch import embedded, engine
from wewatch.engine import StoreError

PATIENCE = 10  # seconds


@pytest.fixture
def start(tmp_path):
    """Starts the store of a folder; what it started is stopped after the test."""
    started = []

    def start_one(folder=tmp_path, **options):
        started.append(embedded.start(folder, **options))
        return started[-1]

    yield start_one
    for store in started:
        store.stop()


def redis(store):
    return Redis(unix_socket_path=str(store.path), decode_responses=True)


def eventually(holds):
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


def starter(folder):
    """A process that starts the store of a folder, says how, and stops it when its input ends."""
    script = """if True:
        import pathlib, sys
        from wewatch import embedded
        store = embedded.start(pathlib.Path(sys.argv[1]))
        print("attached" if store.attached else "started", flush=True)
        sys.stdin.read()
        store.stop()
    """
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": Path(__file__).parents[2]}
    return subprocess.Popen([sys.executable, "-c", script, folder], **pipes)


def kill(store):
    store.process.kill()
    store.process.wait()


def test_a_started_store_answers(start):
    assert redis(start()).ping()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("appendonly", "yes"),
        ("appendfsync", "everysec"),
        ("maxmemory-policy", "noeviction"),
        ("port", "0"),
        ("save", ""),
    ],
)
def test_a_started_store_is_set_to_forget_nothing_and_to_listen_to_no_network(start, name, value):
    assert redis(start()).config_get(name) == {name: value}


def test_fsync_always_is_a_setting(start):
    assert redis(start(fsync="always")).config_get("appendfsync") == {"appendfsync": "always"}


def test_only_its_user_can_reach_the_socket_and_the_files(start, tmp_path):
    store = start(tmp_path / "data")
    private = [tmp_path / "data", store.path, next((tmp_path / "data" / "appendonlydir").iterdir())]
    assert [stat.S_IMODE(path.stat().st_mode) & 0o077 for path in private] == [0, 0, 0]


def test_a_second_start_attaches_and_its_stop_leaves_the_store_alone(start):
    first, second = start(), start()
    second.stop()
    assert (first.attached, second.attached) == (False, True)
    assert redis(first).ping()


def test_an_attached_store_is_seen_to_end(start):
    first, second = start(), start()
    assert second.running()
    first.stop()
    assert not second.running()


def test_what_was_written_is_there_after_a_stop(start):
    store = start()
    redis(store).set("room", "film")
    store.stop()
    assert redis(start()).get("room") == "film"


def test_what_was_acknowledged_is_there_after_kill_9(start):
    store = start()
    redis(store).set("room", "film")
    kill(store)
    assert redis(start()).get("room") == "film"


def test_five_first_starts_at_once_end_in_one_server(tmp_path):
    starts = [starter(tmp_path) for _ in range(5)]
    said = [process.stdout.readline().strip() for process in starts]
    assert sorted(said) == ["attached"] * 4 + ["started"]
    assert [process.communicate()[0] for process in starts] == [""] * 5


def test_a_start_waits_for_a_store_that_is_frozen_instead_of_doubling_it(start):
    store = start()
    os.kill(store.process.pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(start)
        eventually(lambda: embedded.ping(store.path) == "BUSY")
        os.kill(store.process.pid, signal.SIGCONT)
        assert second.result(PATIENCE).attached


def test_a_start_gives_up_on_a_store_that_stays_frozen(start, monkeypatch):
    store = start()
    monkeypatch.setattr(embedded, "SILENCE", 0)
    os.kill(store.process.pid, signal.SIGSTOP)
    with pytest.raises(StoreError, match="does not answer"):
        start()
    os.kill(store.process.pid, signal.SIGCONT)


def test_the_lock_is_free_when_the_store_is_killed(start):
    kill(start())
    assert not start().attached


def test_a_torn_end_of_the_file_does_not_stop_a_start(start, tmp_path):
    store = start()
    redis(store).set("room", "film")
    kill(store)
    file = next((tmp_path / "appendonlydir").glob("*.incr.aof"))
    file.write_bytes(file.read_bytes() + b"*3\r\n$3\r\nSET\r\n$4\r\nro")
    assert redis(start()).get("room") == "film"


def test_a_broken_file_is_one_line_that_names_the_log(start, tmp_path):
    store = start()
    redis(store).set("room", "film")
    store.stop()
    next((tmp_path / "appendonlydir").glob("*.incr.aof")).write_bytes(b"rubbish\r\n" * 100)
    with pytest.raises(StoreError, match=r"did not start: .*store\.log"):
        start()


@pytest.mark.parametrize("marker", ["redis 7.0.15", "valkey 99.0.0", "keydb 6.3.4"])
def test_a_folder_of_another_engine_or_a_newer_one_is_refused(start, tmp_path, marker):
    (tmp_path / "store.engine").write_text(marker)
    with pytest.raises(StoreError, match=marker):
        start()


def test_a_folder_of_an_older_version_is_taken_over(start, tmp_path):
    (tmp_path / "store.engine").write_text("valkey 8.1.0\n")
    start()
    assert (tmp_path / "store.engine").read_text() == f"{engine.engine_of(engine.find_server())}\n"


def test_a_marker_that_says_nothing_is_refused(start, tmp_path):
    (tmp_path / "store.engine").write_text("")
    with pytest.raises(StoreError, match="cannot be read"):
        start()


def test_a_long_folder_has_its_socket_in_a_short_private_one(start, tmp_path):
    store = start(tmp_path / ("long" * 40))
    assert len(os.fsencode(store.path)) <= embedded.SOCKET_LIMIT
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700
    assert redis(store).ping()


def test_two_long_folders_have_two_sockets(tmp_path):
    assert embedded.socket_path(tmp_path / ("a" * 120)) != embedded.socket_path(tmp_path / ("b" * 120))


def test_a_socket_folder_that_others_can_enter_is_refused(start, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / f"wewatch-{os.getuid()}").mkdir(mode=0o755)
    with pytest.raises(StoreError, match="not private"):
        start(tmp_path / ("long" * 40))


def test_a_folder_that_cannot_be_made_is_one_line(start, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be used"):
        start(tmp_path / "file" / "data")


def test_the_store_ends_with_a_process_that_was_killed(tmp_path):
    parent = starter(tmp_path)
    assert parent.stdout.readline().strip() == "started"
    parent.kill()
    parent.communicate()
    eventually(lambda: embedded.ping(embedded.socket_path(tmp_path)) == "")

"""What must hold before workers start, against a real store and real sockets."""

import os
import socket
import subprocess
import sys

import pytest
from redis import Redis

from wewatch import embedded, preflight, stores
from wewatch.preflight import Trouble
from wewatch.safety import schemas


@pytest.fixture
def own_store(tmp_path):
    """A store that the test may set as it likes."""
    started = embedded.start(tmp_path)
    yield Redis(unix_socket_path=str(started.path))
    started.stop()


@pytest.fixture
def place(own_store, tmp_path):
    return stores.parse(f"unix://{embedded.socket_path(tmp_path)}")


@pytest.fixture
def other_on_ipv6():
    try:
        other = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with other:
        yield other


def test_the_embedded_store_forgets_nothing(place):
    assert preflight.check_store(place) == []


@pytest.mark.parametrize(
    ("name", "wrong", "right"), [("appendonly", "no", "yes"), ("maxmemory-policy", "allkeys-lru", "noeviction")]
)
def test_a_store_that_would_forget_is_refused_with_what_to_do(own_store, place, name, wrong, right):
    own_store.config_set(name, wrong)
    with pytest.raises(Trouble, match=f"CONFIG SET {name} {right}"):
        preflight.check_store(place)


def test_a_store_that_may_not_be_asked_is_a_warning_each(own_store, place):
    own_store.acl_setuser("default", enabled=True, nopass=True, commands=["-config"])
    warnings = preflight.check_store(place)
    assert len(warnings) == 2
    assert warnings[0].startswith("WARNING: ")


def test_a_port_is_bound_for_localhost_alone():
    with preflight.bind("127.0.0.1", 0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_the_name_localhost_is_bound_on_ipv4():
    with preflight.bind("localhost", 0) as listener:
        assert listener.family == socket.AF_INET


def test_a_taken_port_names_another():
    with preflight.bind("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(Trouble, match=f"port {port} is taken .* PORT={port + 1}"):
            preflight.bind("127.0.0.1", port)


def test_a_program_that_has_localhost_on_ipv6_takes_the_port_too(other_on_ipv6):
    with pytest.raises(Trouble, match="is taken"):
        preflight.bind("127.0.0.1", other_on_ipv6.getsockname()[1])


def test_an_address_of_another_machine_is_one_line():
    with pytest.raises(Trouble, match=r"HOST=192\.0\.2\.1 PORT=8000 cannot be served"):
        preflight.bind("192.0.2.1", 8000)


def run(tmp_path, url):
    """What `python -m wewatch.preflight` does."""
    settings = {**os.environ, "REDIS_URL": url, "DATA_DIR": str(tmp_path / "kept")}
    return subprocess.run([sys.executable, "-m", "wewatch.preflight"], env=settings, capture_output=True, text=True)


def test_workers_of_a_service_manager_are_prepared_for(place, tmp_path):
    done = run(tmp_path, place.url)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "kept" / "staff.sqlite3").stat().st_size


def test_workers_of_a_service_manager_do_not_start_without_a_store(tmp_path):
    done = run(tmp_path, f"unix://{tmp_path}/nobody.sock")
    assert done.returncode == 1
    assert done.stderr.startswith("We Watch cannot start: Redis at ")
    assert done.stderr.count("\n") == 1


def test_workers_do_not_start_on_a_store_of_a_newer_program(own_store, place, tmp_path):
    own_store.hset(schemas.KEY, "room", 99)
    done = run(tmp_path, place.url)
    assert done.returncode == 1
    assert "newer We Watch has written into the store (room has schema 99" in done.stderr
    assert done.stderr.count("\n") == 1

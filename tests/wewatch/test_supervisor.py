"""The supervisor as a process of its own, over a real store, with small real workers."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from redis import Redis

from wewatch import embedded

ROOT = Path(__file__).parents[2]
STAND_IN = [sys.executable, "-m", "tests.wewatch.stand_in"]
PATIENCE = 20  # seconds
RUNS = "We Watch runs at"
SCRIPT = """
import signal, sys
from wewatch import supervisor
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may have it off, as nohup does
supervisor.GRACE = 1
sys.exit(supervisor.main({}, {}))
"""


class Run:
    """A supervisor that runs."""

    def __init__(self, folder, log, worker=STAND_IN, arguments=(), **environment):
        self.port = environment.setdefault("PORT", str(free_port()))
        self.socket = embedded.socket_path(folder)
        self.log = log
        self.seen = set()
        variables = {**os.environ, "REDIS_URL": "", "WORKERS": "2", "DATA_DIR": str(folder), **environment}
        command = [sys.executable, "-c", SCRIPT.format(list(arguments), worker)]
        with log.open("w") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=out, stderr=out)

    def said(self, line):
        return line in self.log.read_text()

    def runs(self):
        eventually(lambda: self.said(RUNS))
        return self

    def ends(self):
        return self.process.wait(PATIENCE)

    def ask(self):
        with urllib.request.urlopen(f"http://localhost:{self.port}", timeout=PATIENCE) as answer:
            return int(answer.read())

    def all_serve(self, count):
        """Ask once more; whether so many workers have answered by now."""
        self.seen.add(self.ask())
        return len(self.seen) == count

    def redis(self):
        return Redis(unix_socket_path=str(self.socket), decode_responses=True)

    def files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))


@pytest.fixture
def run(tmp_path):
    """Starts supervisors; those that still run after the test are stopped."""
    runs = []

    def start(**options):
        runs.append(Run(tmp_path / "data", tmp_path / f"log{len(runs)}", **options))
        return runs[-1]

    yield start
    for each in runs:
        each.process.terminate()
        each.ends()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def eventually(holds):
    end = time.monotonic() + PATIENCE
    while not (found := holds()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)
    return found


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_all_workers_serve_one_port(run):
    site = run(WORKERS="3").runs()
    eventually(lambda: site.all_serve(3))


def test_a_killed_worker_is_started_again_and_nobody_is_turned_away(run):
    site = run(WORKERS="1").runs()
    killed = site.ask()
    os.kill(killed, signal.SIGKILL)
    assert site.ask() != killed
    assert site.said("Worker 1 has ended; starting it again.")


def test_a_killed_store_is_started_again_with_all_it_had(run):
    site = run().runs()
    site.redis().set("room", "film")
    killed = site.redis().info("server")["process_id"]
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: gone(killed) and embedded.ping(site.socket) == "PONG")
    assert site.redis().get("room") == "film"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files in /proc")
def test_starting_again_leaks_no_file(run):
    site = run(WORKERS="1").runs()
    before = site.files()
    os.kill(site.ask(), signal.SIGKILL)
    site.ask()
    os.kill(site.redis().info("server")["process_id"], signal.SIGKILL)
    eventually(lambda: site.said("The store has ended") and embedded.ping(site.socket) == "PONG")
    eventually(lambda: site.files() == before)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_ends_the_workers_and_then_the_store(run, number):
    site = run().runs()
    eventually(lambda: site.all_serve(2))
    site.process.send_signal(number)
    assert site.ends() == 0
    assert site.log.read_text().count("worker stops, store says PONG") == 2
    assert embedded.ping(site.socket) == ""


def test_a_second_ctrl_c_does_not_break_the_order(run):
    site = run(worker=[*STAND_IN, "stubborn"]).runs()
    site.process.send_signal(signal.SIGINT)
    eventually(lambda: site.said("Stopping"))
    site.process.send_signal(signal.SIGINT)
    assert site.ends() == 0
    assert site.said("everything is saved")


def test_a_worker_that_does_not_stop_is_killed(run):
    site = run(WORKERS="1", worker=[*STAND_IN, "stubborn"]).runs()
    worker = site.ask()
    site.process.terminate()
    assert site.ends() == 0
    assert gone(worker)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_nothing_outlives_a_supervisor_that_was_killed(run):
    site = run(WORKERS="1").runs()
    worker = site.ask()
    site.process.kill()
    eventually(lambda: gone(worker) and embedded.ping(site.socket) == "")


def test_two_on_one_folder_share_a_store_which_the_second_starts_again_when_the_first_ends(run):
    first, second = run().runs(), run().runs()
    assert second.said("started by another")
    first.redis().set("room", "film")
    first.process.terminate()
    first.ends()
    eventually(lambda: second.said("The store has ended") and embedded.ping(second.socket) == "PONG")
    assert second.redis().get("room") == "film"


def test_workers_that_end_at_once_end_the_start_in_one_line(run):
    site = run(worker=[sys.executable, "-c", ""])
    assert site.ends() == 1
    assert site.said("starting it again in 1 s")
    assert site.log.read_text().splitlines()[-1].startswith("We Watch cannot start: the workers end as soon")


def test_a_taken_port_is_one_line_before_anything_starts(run):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        site = run(PORT=str(port))
        assert site.ends() == 1
    assert site.log.read_text() == (
        f"We Watch cannot start: port {port} is taken by another program. "
        f"End it, or choose another: make run PORT={port + 1}\n"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "0"),
        ("PORT", "eighty"),
        ("STORE_FSYNC", "never"),
        ("REDIS_URL", "http://redis"),
        ("CACHE_URL", "cluster://a"),
    ],
)
def test_a_wrong_setting_is_one_line(run, name, value):
    site = run(**{name: value})
    assert site.ends() == 1
    assert site.log.read_text().startswith(f"We Watch cannot start: {name} must")
    assert site.log.read_text().count("\n") == 1


def test_a_cluster_without_a_layer_besides_it_is_one_line(run):
    site = run(REDIS_URL="cluster://localhost,127.0.0.1")
    assert site.ends() == 1
    assert site.log.read_text().startswith("We Watch cannot start: LAYER_URL must name a Redis besides the cluster")
    assert site.log.read_text().count("\n") == 1


def test_a_redis_out_of_reach_is_one_line_without_its_password(run):
    site = run(REDIS_URL=f"redis://user:secret@localhost:{free_port()}")
    assert site.ends() == 1
    assert site.log.read_text().startswith("We Watch cannot start: Redis at localhost is out of reach")
    assert not site.said("secret")


def test_the_store_alone_runs_in_the_foreground(run):
    site = run(arguments=["--store-only"])
    eventually(lambda: site.said("The store runs"))
    assert site.redis().ping()
    site.process.send_signal(signal.SIGINT)
    assert site.ends() == 0
    assert embedded.ping(site.socket) == ""


def test_there_is_no_store_to_run_alone_beside_a_redis_url(run):
    site = run(arguments=["--store-only"], REDIS_URL="redis://localhost")
    assert site.ends() == 1
    assert site.said("Unset it to run the embedded one")

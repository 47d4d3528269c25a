"""The folder of numbers, by processes that come and go."""

import subprocess
import sys

import pytest

from tests.live import ROOT

WORKER = """
import sys
from pathlib import Path
from wewatch import counting
counting.begin(Path(sys.argv[1]))
from wewatch import metrics
metrics.LIMITED.labels("acts").inc()
metrics.VIEWERS.set(5)
metrics.DRIFT.observe(0.015)
print("up", flush=True)
sys.stdin.readline()
sys.stdout.write(counting.exposition().decode())
"""
ONE, TWO, THREE = (f'wewatch_limited_total{{bucket="acts"}} {n}.0' for n in (1, 2, 3))


@pytest.fixture
def worker(tmp_path):
    """Starts a process that has counted; `told(process)` is what it says at its end."""
    started = []

    def start(folder=tmp_path / "metrics"):
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(folder)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        assert process.stdout.readline() == "up\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def told(process):
    return process.communicate("\n", timeout=20)[0].splitlines()


def test_processes_that_live_add_up(worker):
    one, other = worker(), worker()
    lines = told(other)
    assert {TWO, "wewatch_viewers 10.0", "wewatch_drift_seconds_count 2.0"} <= {*lines}
    assert one.poll() is None


def test_a_process_that_ended_leaves_its_counts_but_no_gauges(worker, tmp_path):
    one, other = worker(), worker()
    other.kill()
    other.wait()
    third = worker()
    third.kill()
    third.wait()
    lines = told(one)  # the dead are folded now
    assert {THREE, "wewatch_viewers 5.0", 'wewatch_drift_seconds_bucket{le="0.02"} 3.0'} <= {*lines}
    assert 'wewatch_drift_seconds_bucket{le="0.01"} 0.0' in lines
    left = {path.name for path in (tmp_path / "metrics").glob("*.db")}
    assert left == {
        "counter_past.db",
        "histogram_past.db",
        *(f"{kind}_{one.pid}.db" for kind in ("counter", "histogram", "gauge_livesum")),
    }


def test_where_nobody_lives_all_begins_anew(worker):
    told(worker())
    assert ONE in told(worker())


def test_an_import_that_comes_too_early_does_not_go_unnoticed(tmp_path):
    code = f"from pathlib import Path; from wewatch import counting, metrics; counting.begin(Path({str(tmp_path)!r}))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert "imported wewatch.metrics before" in ran.stderr


def test_a_folder_that_cannot_be_is_told_and_the_process_counts_for_itself(worker, tmp_path):
    (tmp_path / "file").touch()
    one = worker(tmp_path / "file" / "metrics")
    out, err = one.communicate("\n", timeout=20)
    assert ONE in out.splitlines()
    assert "cannot be used" in err

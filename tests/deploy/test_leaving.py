"""How one worker comes and leaves: what it tells a service manager, and what it still does after SIGTERM."""

import http.client
import json
import signal
import socket

import pytest

from tests.live import Worker
from tests.proxy import HOST


@pytest.fixture
def worker(site):
    """A worker of the deployment, which runs again afterwards."""
    yield site.workers[0]
    site.workers[0].end(signal.SIGKILL)
    site.restart_worker(0)


@pytest.fixture
def line(worker):
    """A line on which one request was answered already."""
    connection = http.client.HTTPConnection(HOST, worker.port, timeout=10)
    connection.request("GET", "/healthz")
    assert connection.getresponse().read() == b'{"process": "ok"}'
    yield connection
    connection.close()


def refused(port):
    try:
        socket.create_connection((HOST, port)).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:  # called at the very moment of the closing: the next call is refused
        return False
    return False


def test_a_worker_that_leaves_takes_no_new_line_finishes_what_it_began_and_says_so_to_a_balancer(worker, line):
    half = http.client.HTTPConnection(HOST, worker.port, timeout=10)
    half.putrequest("POST", "/")
    half.putheader("Content-Length", "8")
    half.endheaders(b"url=")
    line.request("GET", "/healthz")
    line.getresponse().read()  # what came before it on another line has been read, too
    worker.process.send_signal(signal.SIGTERM)
    while not refused(worker.port):
        pass
    half.send(b"abcd")
    assert half.getresponse().status == 403  # without a token no form is taken
    assert worker.process.wait(10) == 0


def test_while_it_leaves_it_is_not_ready(site, tmp_path):
    worker = Worker({**site.env, "LEAVE_NOTICE": "60"}, tmp_path / "worker.log")
    worker.start()
    worker.wait()
    try:
        worker.process.send_signal(signal.SIGTERM)
        line = http.client.HTTPConnection(HOST, worker.port, timeout=10)
        for _ in range(10_000):
            line.request("GET", "/readyz")
            answer = line.getresponse()
            found = answer.status, json.loads(answer.read())
            if found[0] == 503:
                break
        assert found == (503, {"process": "leaving"})
        line.request("GET", "/healthz")
        assert line.getresponse().status == 200
        line.close()
        worker.process.send_signal(signal.SIGTERM)  # at once, please
        assert worker.process.wait(10) == 0
    finally:
        worker.process.kill()


def test_a_worker_tells_its_service_manager_when_it_serves(site, tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "n"))
        manager.settimeout(20)
        worker = Worker({**site.env, "NOTIFY_SOCKET": str(tmp_path / "n")}, tmp_path / "worker.log")
        worker.start()
        try:
            assert manager.recv(64) == b"READY=1"
        finally:
            worker.end(signal.SIGTERM)
    assert worker.process.returncode == 0

"""Hosts for tests: network namespaces of this machine, each with a line to its visitors and one to the store."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from tests.live import ROOT
from tests.stores import Server, eventually, free_port
from wewatch import embedded

NET = f"100.{64 + os.getpid() % 64}"  # of the range that no network at large has; one for each run of the tests
PEOPLE, STORE = "people", "store"


class Host:
    """A machine of its own with one worker. Raises OSError where there are no namespaces, or no right to make one."""

    def __init__(self, number: int) -> None:
        self.name = f"ww-{os.getpid()}-{number}"
        self.lines = {PEOPLE: f"wp{os.getpid() % 10**7}-{number}", STORE: f"ws{os.getpid() % 10**7}-{number}"}
        self.address, self.gate = f"{NET}.{number}.2", f"{NET}.{number}.1"  # the worker's, and ours on the same line
        self.store_address = f"{NET}.{number}.5"  # where the store is, seen from there
        _ip("netns", "add", self.name)
        try:
            self._wire(number)
        except OSError:
            self.stop()
            raise

    def _wire(self, number: int) -> None:
        for (line, ours), (low, high) in zip(self.lines.items(), ((1, 2), (5, 6)), strict=True):
            _ip("link", "add", ours, "type", "veth", "peer", "name", line, "netns", self.name)
            _ip("addr", "add", f"{NET}.{number}.{low}/30", "dev", ours)
            _ip("link", "set", ours, "up")
            _ip("-n", self.name, "addr", "add", f"{NET}.{number}.{high}/30", "dev", line)
            _ip("-n", self.name, "link", "set", line, "up")

    @property
    def url(self) -> str:
        return f"http://{self.address}:{self.port}"

    def serve(self, folder: Path, store: Server) -> None:
        """Start the worker; returns when it serves."""
        self.port = free_port()
        folder = folder / self.name
        folder.mkdir()
        own = {"DATA_DIR": folder, "SECRET_KEY": "the same on all hosts, as docs/growing.md says"}
        own |= {"REDIS_URL": f"redis://{self.store_address}:{store.port}", "ALLOWED_HOSTS": self.address}
        own |= {"YOUTUBE_URL": "http://127.0.0.1:9", "DJANGO_SETTINGS_MODULE": "wewatch.settings"}
        command = [sys.executable, "-m", "wewatch.server", "--bind", self.address, "--port", self.port]
        self.process = subprocess.Popen(
            [shutil.which("ip"), "netns", "exec", self.name, *map(str, command)],
            cwd=ROOT,
            env=os.environ | {name: str(value) for name, value in own.items()},
            stdin=subprocess.DEVNULL,
            stdout=(folder / "log").open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=embedded.die_with_parent,
        )
        eventually(self._listens)

    def cut(self, line: str) -> None:
        """Let nothing through any more: it is not refused, but lost."""
        _ip("link", "set", self.lines[line], "down")

    def mend(self, line: str) -> None:
        """Let all through again."""
        _ip("link", "set", self.lines[line], "up")

    def stop(self) -> None:
        """End the worker and take the machine away."""
        if hasattr(self, "process"):
            self.process.kill()
            self.process.wait()
        _ip("netns", "del", self.name)

    def _listens(self) -> bool:
        try:
            socket.create_connection((self.address, self.port), timeout=1).close()
        except OSError:
            return False
        return True


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    if done.returncode:
        raise OSError(f"ip {' '.join(words)}: {done.stderr.strip()}")

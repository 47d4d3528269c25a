"""What stands before the workers, on loopback: a real program with its file of deploy/."""

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOST = "localhost"
PATIENCE = 10  # seconds


def program(name: str) -> str | None:
    """Where a program is, if it is there; /usr/sbin is not on everybody's PATH."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"]))


def filled(file: Path, changes: Mapping[str, str]) -> str:
    """A file of deploy/ with these texts put in place of what stands there."""
    text = file.read_text()
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def eventually(holds: Callable[[], bool], log: Path) -> None:
    """Return as soon as it holds; what is in the log says why it does not."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(log.read_text())
        time.sleep(0.02)


class Door:
    """A program that takes https on `port` and http on `plain`, and leads to workers; it writes into `folder`.

    People come to it from addresses of `network`, a /16 of the loopback.
    """

    network: str
    process: subprocess.Popen

    def __init__(self, folder: Path, plain: int, port: int) -> None:
        self.folder, self.plain, self.port = folder, plain, port
        self.log = folder / "error.log"

    @property
    def url(self) -> str:
        """Where people find it."""
        return f"https://{HOST}:{self.port}"

    @property
    def certificate(self) -> Path:
        """Who believes this one believes the door's."""
        raise NotImplementedError

    @property
    def trust(self) -> ssl.SSLContext:
        """What a client needs to believe its certificate."""
        return ssl.create_default_context(cafile=self.certificate)

    def lead_to(self, workers: list[int]) -> None:
        """Write its configuration; `workers` are the ports of the workers."""
        raise NotImplementedError

    def start(self) -> None:
        """Start it; returns when it listens."""
        raise NotImplementedError

    def wait(self) -> None:
        """Return when it listens."""
        for port in (self.plain, self.port):
            eventually(lambda port=port: _listens(port), self.log)

    def stop(self) -> None:
        """Stop it."""
        self.process.terminate()
        self.process.wait()


def _listens(port: int) -> bool:
    with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False

"""The embedded store: a Valkey or Redis on a unix socket in the data folder; no Django, no keys.

One lock keeps two servers off one folder. The server inherits it, so it is free only when the server
is dead: one that is frozen or still loading is waited for, and never doubled.
"""

import ctypes
import fcntl
import hashlib
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from wewatch.engine import Engine, StoreError, claim, find_server, server_for

SOCKET_LIMIT = 100  # bytes of a socket's path; systems take 104 to 108
SILENCE = 60  # seconds without any answer before a start gives up
STOP = 30  # seconds a server may take to write what it holds and exit
POLL = 0.02  # seconds between two looks

PR_SET_PDEATHSIG = 1  # Linux: a signal to the child when its parent dies
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Store:
    """A store that answers; `stop` ends it only if this process started it."""

    def __init__(self, path: Path, process: subprocess.Popen | None = None) -> None:
        self.path = path
        self.process = process

    @property
    def attached(self) -> bool:
        """Whether somebody else started it."""
        return self.process is None

    def running(self) -> bool:
        """Whether it is still there; one that is frozen or loading is."""
        return self.process.poll() is None if self.process else ping(self.path) != ""

    def stop(self) -> None:
        """Have it write what it holds and exit; returns when it has."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()  # loses nothing: what it acknowledged is in the system's hands
            self.process.wait()


def socket_path(data_dir: Path) -> Path:
    """Where the store of a data folder listens: inside, or if that is too long for a socket, in a private folder."""
    path = data_dir / "store.sock"
    if len(os.fsencode(path)) <= SOCKET_LIMIT:
        return path
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"wewatch-{os.getuid()}" / f"{digest}.sock"


def start(data_dir: Path, fsync: str = "everysec", snapshot_by: Engine | None = None) -> Store:
    """The store of an absolute data folder: the one that runs, or a new one; it answers when this returns.

    With `snapshot_by` it only shows the snapshot (`dump.rdb`) that this engine wrote there, and keeps nothing: a
    server with an append-only file would not look at the snapshot, and start empty without a word.
    """
    path = socket_path(data_dir)
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.parent != data_dir:
            _make_private(path.parent)
        with (data_dir / "store.lock").open("w") as lock:
            if _found_running(path, lock):
                return Store(path)
            binary = server_for(snapshot_by) if snapshot_by else find_server()
            claim(data_dir, binary)
            lasting = "no" if snapshot_by else "yes"
            process = _run(binary, data_dir, path, {"appendonly": lasting, "appendfsync": fsync}, lock.fileno())
    except OSError as error:
        raise StoreError(
            f"The data folder {data_dir} cannot be used ({error.strerror}). "
            "Free some space or mend its rights, or name another by DATA_DIR."
        ) from error
    store = Store(path, process)
    try:
        _wait(process, path, data_dir / "store.log")
    except BaseException:  # a Ctrl-C too: what is not handed out is not left behind
        store.stop()
        raise
    return store


def ping(path: Path) -> str:
    """`PONG`, `LOADING`, `BUSY` where it listens without an answer, nothing where nobody listens."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        try:
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            answer = line.recv(64).decode("ascii", "replace")
        except (TimeoutError, BlockingIOError):
            return "BUSY"
        except OSError:
            return ""
    return "PONG" if answer.startswith("+PONG") else "LOADING" if answer.startswith("-LOADING") else "BUSY"


def die_with_parent() -> None:
    """In a child before it runs its program: get SIGTERM when the parent is gone, by kill -9 too (Linux only)."""
    if _libc:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _make_private(folder: Path) -> None:
    """Make the socket's folder; refuse one that another user could have laid there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    seen = folder.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != os.getuid() or seen.st_mode & 0o077:
        raise StoreError(f"{folder} is not private to this user. Remove it, or choose a shorter DATA_DIR.")


def _found_running(path: Path, lock) -> bool:
    """True as soon as a store answers; False as soon as the lock is ours, so that none can be alive."""
    heard = time.monotonic()
    while (answer := ping(path)) != "PONG":
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            heard = _still(answer, heard, f"The store at {path} is held by a process that does not answer. End it.")
            continue
        return False
    return True


def _run(binary: Path, data_dir: Path, path: Path, lasting: dict[str, str], lock: int) -> subprocess.Popen:
    """Start the server with our settings alone; its append-only file is what lasts, so no snapshots by time.

    A snapshot is asked for by a backup alone, which need not wait for others to ask too.
    """
    wanted = {"port": "0", "unixsocket": path, "unixsocketperm": "700", "dir": data_dir, "daemonize": "no"}
    wanted |= lasting | {"save": "", "maxmemory-policy": "noeviction", "repl-diskless-sync-delay": "0"}
    wanted |= {"logfile": data_dir / "store.log", "loglevel": "warning"}
    return subprocess.Popen(  # noqa: S603
        [binary, *(part for name, value in wanted.items() for part in (f"--{name}", str(value)))],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(lock,),
        umask=0o077,
        start_new_session=True,  # the terminal's Ctrl-C is for the supervisor, which stops the store last
        preexec_fn=die_with_parent,
    )


def _wait(process: subprocess.Popen, path: Path, log: Path) -> None:
    """Return when the server answers; a large file may take as long to load as it needs."""
    heard = time.monotonic()
    while (answer := ping(path)) != "PONG":
        if process.poll() is not None:
            raise StoreError(f"The store did not start: {_last_line(log)} (see {log})")
        heard = _still(answer, heard, f"The store does not answer. See {log}.")


def _still(answer: str, heard: float, complaint: str) -> float:
    """Let a moment pass; returns when there last was a sign of life, and complains when that is too long ago."""
    time.sleep(POLL)
    now = time.monotonic()
    if answer == "LOADING":
        return now
    if now - heard > SILENCE:
        raise StoreError(complaint)
    return heard


def _last_line(log: Path) -> str:
    """The server's last words; it has none where the disk is full."""
    lines = log.read_text(errors="replace").split("\n") if log.exists() else []
    return next((line for line in reversed(lines) if line.strip()), "it said nothing, is the disk full?")

"""What it takes to save a whole site and to bring it back: `python -m benchmarks.backup [--users 10000]`.

Each user has a device, a room with a chat, a shared playlist of 30 videos, and 10 saved videos. While the backup is
taken somebody asks the store for the time again and again: the longest answer is how long people may notice it.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from redis import Redis

from benchmarks.report import Row, show
from tests.live import ROOT
from wewatch import embedded

RESTORE = 300  # seconds that a restore may take


def main() -> int:
    """Run the benchmark; 1 where something takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=10_000)
    users = parser.parse_args().users
    with tempfile.TemporaryDirectory() as folder:
        rows = _rows(Path(folder).resolve(), users)
    show(f"Backup and restore of {users:,} users", rows)
    return int(any(row.bar is not None and not row.value <= row.bar for row in rows))


def _rows(folder: Path, users: int) -> list[Row]:
    here, there, archive = folder / "here", folder / "there", folder / "backup.tar"
    store = embedded.start(here)
    try:
        give = f"from benchmarks.households import give; give({users})"
        subprocess.run([sys.executable, "-c", give], cwd=ROOT, env=_env(here), check=True)
        records = Redis(unix_socket_path=str(store.path)).dbsize()
        with Watch(store.path) as watch:
            saving = _seconds(here, "backup", archive)
        checking = _seconds(here, "verify")
    finally:
        store.stop()
    return [
        Row("records", records),
        Row("size of the backup", archive.stat().st_size / 1e6, "MB"),
        Row("backup, while the store serves", saving, "s"),
        Row("longest answer of the store meanwhile", watch.longest * 1000, "ms"),
        Row("verify the running store", checking, "s"),
        Row("verify the backup", _seconds(here, "verify", archive), "s"),
        Row("restore on an empty machine", _seconds(there, "restore", archive), "s", RESTORE),
        Row("verify what was restored", _seconds(there, "verify"), "s"),
    ]


def _env(data_dir: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    return kept | {"DATA_DIR": str(data_dir)}


def _seconds(data_dir: Path, *words: object) -> float:
    """How long a command takes, its start included; what it says is shown."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "manage.py", *map(str, words)], cwd=ROOT, env=_env(data_dir), check=True)
    return time.perf_counter() - began


class Watch:
    """Asks a store for the time until the block ends; `longest` is the longest answer in seconds."""

    def __init__(self, path: Path) -> None:
        self.longest = 0.0
        self._redis = Redis(unix_socket_path=str(path))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *error) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(0.001):
            began = time.perf_counter()
            self._redis.time()
            self.longest = max(self.longest, time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())

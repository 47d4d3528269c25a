"""Where the workers of one machine keep their numbers: a folder with files of each process, which a scrape adds up.

A worker holds a lock as long as it lives, so nobody needs to tell of its end: a file whose lock is free is of a
dead one. Its gauges are forgotten; its counts go on, in a file of the past, as long as another worker lives.
"""

import contextlib
import fcntl
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger(__name__)
FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # of prometheus-client, which looks for it once: when it is imported
SIZE = 128 * 1024  # bytes; several times what all numbers need
SUMS = ("counter", "histogram")  # kinds of files that outlive their process
KINDS = (*SUMS, "gauge_livesum")

_alive = []  # this process's lock


def begin(folder: Path) -> None:
    """Keep this process's numbers in a folder from now on; call it before anything imports `metrics`.

    Where that cannot be, as on a full disk, the process serves all the same, and tells its own numbers alone.
    """
    if "prometheus_client" in sys.modules:
        raise RuntimeError("something has imported wewatch.metrics before it was settled where its numbers are kept")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[FOLDER] = str(folder)
        with _turn(folder):
            if not _living(folder):
                for path in (*folder.glob("*.db"), *folder.glob("*.alive")):
                    path.unlink()
            alive = _lock(folder / f"{os.getpid()}.alive")
            for kind in KINDS:
                _blank(folder / "blank").replace(folder / f"{kind}_{os.getpid()}.db")
            _alive.append(alive)
    except OSError as error:
        os.environ.pop(FOLDER, None)
        log.warning("metrics of other workers are not told here, %s cannot be used: %s", folder, error)


def exposition() -> bytes:
    """All numbers in Prometheus' text format: of every worker of this machine; without a folder, of this one."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    from wewatch.metrics import REGISTRY

    if FOLDER not in os.environ:
        return generate_latest(REGISTRY)
    folder = Path(os.environ[FOLDER])
    with _turn(folder):
        with contextlib.suppress(OSError):  # a full disk: the next time will do
            bury(folder)
        registry = CollectorRegistry()
        MultiProcessCollector(registry, str(folder))
        return generate_latest(registry)


def bury(folder: Path) -> None:
    """Forget the gauges of dead processes, and fold their counts into those of the past."""
    dead = {*folder.glob("*.alive")} - _living(folder)
    for path in dead:
        (folder / f"gauge_livesum_{path.stem}.db").unlink(missing_ok=True)
    for kind in SUMS if dead else ():
        _fold(folder, kind, [path.stem for path in dead])
    for path in dead:
        path.unlink()


def _fold(folder: Path, kind: str, dead: list[str]) -> None:
    from prometheus_client.mmap_dict import MmapedDict, mmap_key
    from prometheus_client.multiprocess import MultiProcessCollector

    past = folder / f"{kind}_past.db"
    files = [path for path in (past, *(folder / f"{kind}_{pid}.db" for pid in dead)) if path.exists()]
    if not files:
        return
    draft = _blank(folder / "blank")
    sums = MmapedDict(str(draft))
    for metric in MultiProcessCollector.merge(map(str, files), accumulate=False):
        for sample in metric.samples:
            labels = sample.labels
            key = mmap_key(metric.name, sample.name, list(labels), list(labels.values()), metric.documentation)
            sums.write_value(key, sample.value, 0.0)
    sums.close()
    draft.replace(past)
    for path in files:
        if path != past:
            path.unlink()


def _blank(path: Path) -> Path:
    """An empty file of numbers; written and not only made long: a page that found no room would end the process."""
    path.write_bytes(bytes(SIZE))
    return path


@contextlib.contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """One process at a time."""
    with (folder / "turn").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _lock(path: Path):
    file = path.open("w")
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return file


def _living(folder: Path) -> set[Path]:
    """The locks that are held."""
    return {path for path in folder.glob("*.alive") if not _is_free(path)}


def _is_free(path: Path) -> bool:
    try:
        _lock(path).close()
    except BlockingIOError:
        return False
    return True

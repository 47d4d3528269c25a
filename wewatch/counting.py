"""Where the workers of one machine keep their numbers: a folder with files of each process, which a scrape adds up.

A worker holds a lock as long as it lives, so nobody needs to tell of its end: a file whose lock is free is of a
dead one. Its gauges are forgotten; its counts go on, in a file of the past, as long as another worker lives.
"""

import contextlib
import fcntl
import logging
import os
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
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[FOLDER] = str(folder)
        with _turn(folder):
            bury(folder)
            # Written and not only made long: a page of a file that finds no room on the disk would end the process.
            for kind in KINDS:
                (folder / f"{kind}_{os.getpid()}.db").write_bytes(bytes(SIZE))
            _alive.append(_lock(folder / f"{os.getpid()}.alive"))
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
        bury(folder)
        registry = CollectorRegistry()
        MultiProcessCollector(registry, str(folder))
        return generate_latest(registry)


def bury(folder: Path) -> None:
    """Fold the numbers of dead processes into those of the past; with nobody alive, all begins anew."""
    states = {path: _is_free(path) for path in folder.glob("*.alive")}
    dead = [path for path, is_free in states.items() if is_free]
    if len(dead) == len(states):
        for path in folder.glob("*.db"):
            path.unlink()
    for kind in SUMS if dead else ():
        _fold(folder, kind, [path.stem for path in dead])
    for path in dead:
        (folder / f"gauge_livesum_{path.stem}.db").unlink(missing_ok=True)
        path.unlink()


def _fold(folder: Path, kind: str, dead: list[str]) -> None:
    from prometheus_client.mmap_dict import MmapedDict, mmap_key
    from prometheus_client.multiprocess import MultiProcessCollector

    past, draft = folder / f"{kind}_past.db", folder / f"{kind}.draft"
    files = [path for path in (past, *(folder / f"{kind}_{pid}.db" for pid in dead)) if path.exists()]
    if not files:
        return
    draft.write_bytes(bytes(SIZE))
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


def _is_free(path: Path) -> bool:
    try:
        _lock(path).close()
    except BlockingIOError:
        return False
    return True

"""The targets of the Makefile, each on top of what it needs."""

import fcntl
import os
import shlex
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wewatch.bootstrap import install, machine
from wewatch.bootstrap.steps import ROOT, Failure, say

# Programs for some tests, and their packages.
EXTRAS = {"redis-server": "redis-server", "nginx": "nginx-light", "caddy": "caddy"}
# Each of these processes has a store and workers of its own; a file's tests stay together, as they share them.
SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile")


def run(arguments: list[str]) -> int:
    """Run one target; returns the exit code."""
    os.chdir(ROOT)
    target = TARGETS.get(" ".join(arguments))
    if target is None:
        say(f"usage: python3 -m wewatch.bootstrap {'|'.join(TARGETS)}")
        return 2
    try:
        target()
    except Failure as failure:
        say(str(failure))
        return 1
    except OSError as error:
        say(f"The set-up cannot go on: {error.strerror} ({error.filename}).")
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    return 0


def init() -> None:
    """Make everything ready for `make run`."""
    with alone():
        install.everything()
    say("Ready: make run")


def serve() -> None:
    """Serve We Watch; this process becomes the supervisor."""
    with alone():
        install.everything()
    os.execv(install.PYTHON, [install.PYTHON, "-m", "wewatch.supervisor"])  # noqa: S606


def admin() -> None:
    """Make an account for the staff; this process asks for its name and password."""
    with alone():
        install.python_packages("requirements.txt")
    os.execv(install.PYTHON, [install.PYTHON, "-m", "wewatch.staff"])  # noqa: S606


def redis() -> None:
    """Run the store in the foreground; this process becomes the supervisor."""
    with alone():
        install.python_packages("requirements.txt")
    os.execv(install.PYTHON, [install.PYTHON, "-m", "wewatch.supervisor", "--store-only"])  # noqa: S606


def lint() -> None:
    """Check the Python sources."""
    with alone():
        install.python_packages("requirements-dev.txt")
    check("Lint", install.PYTHON, "-m", "ruff", "check", ".")
    check("Format", install.PYTHON, "-m", "ruff", "format", "--check", ".")


def test() -> None:
    """Run all checks and tests, or with ARGS the Python tests that they choose."""
    with alone():
        install.everything()
        install.python_packages("requirements-dev.txt")
        os.environ["CHROMIUM"] = machine.chromium()
        asked = {program: machine.ensure_extra(program, package) for program, package in EXTRAS.items()}
    missing = {program: why for program, why in asked.items() if why}
    pytest = (install.PYTHON, "-m", "pytest")
    chosen = shlex.split(os.environ.get("ARGS", ""))
    if chosen:
        check("Chosen tests", *pytest, *chosen)
        return
    lint()
    python = (*pytest, *SIDE_BY_SIDE, "--ignore=tests/browser")
    check("Python tests", *python)
    check("Python tests on a cluster", *python, "--topology=cluster")
    if "redis-server" not in missing:
        check("Python tests on Redis", *python, "--topology=redis7")
    check("JavaScript tests", install.node().program, "--test", *sorted((ROOT / "tests" / "js").glob("**/*.test.js")))
    check("Browser tests", *pytest, "tests/browser")
    say("All green.")
    for program, why in missing.items():
        say(f"LEFT OUT: the tests with {program}. {why}")


def lock() -> None:
    """Pin the packages of each requirements*.in anew, with hashes."""
    with alone():
        install.python_packages("requirements-dev.txt")
    for name in ("requirements", "requirements-dev", "requirements-node"):
        uv = (install.PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11")
        kept = ("--generate-hashes", "--no-emit-index-url", "--no-header", f"{name}.in", "-o", f"{name}.txt")
        check(f"Lock {name}.txt", *uv, *kept)


def check(label: str, *words: str | Path) -> None:
    """Run a command that speaks for itself; a failure ends the target."""
    say(f"== {label}")
    if subprocess.run(words).returncode:  # noqa: S603
        raise Failure(f"{label}: failed.")


@contextmanager
def alone() -> Iterator[None]:
    """Let one set-up work in this folder at a time; the others wait."""
    install.BUILD.mkdir(exist_ok=True)
    with (install.BUILD / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another make is at work in this folder; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


TARGETS: dict[str, Callable[[], None]] = {
    "init": init,
    "run": serve,
    "admin": admin,
    "redis": redis,
    "test": test,
    "lint": lint,
    "lock": lock,
}

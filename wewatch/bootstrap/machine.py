"""What only the machine can give: a whole Python, Chromium, Redis, nginx; installed where we may, else asked for."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from wewatch.bootstrap.steps import Failure, command, say

POLICY = Path("/usr/sbin/policy-rc.d")  # what Debian asks whether an installed service may start; 101: it may not
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def ensure_venv() -> None:
    """See to it that `python -m venv` can work: Debian and Ubuntu keep a part of it in a package of its own."""
    if not find_spec("ensurepip"):
        _install(f"python{sys.version_info.major}.{sys.version_info.minor}-venv", "Then run make again.")


def chromium() -> str:
    """The path of the Chromium that browser tests drive."""
    named = os.environ.get("CHROMIUM", "").strip()
    if named and not shutil.which(named):
        raise Failure(f"CHROMIUM={named} is no program. Name Chromium's, or unset it.")
    if not (named or _on_path()):
        _install("chromium", "Then run make again, or name one: make test CHROMIUM=/path/to/chromium")
    found = shutil.which(named) if named else _on_path()
    if not found:
        raise Failure("The installed Chromium is not on PATH. Name it: make test CHROMIUM=/path/to/chromium")
    return found


def ensure_extra(program: str, package: str) -> str:
    """See to a program that only some tests want; returns why it is not there, or nothing.

    Where it is installed for them, it becomes no service.
    """
    if shutil.which(program) or shutil.which(program, path="/usr/sbin"):  # daemons are not on everybody's PATH
        return ""
    try:
        with _no_services():
            _install(package, "Then run make again.")
    except Failure as missing:
        return str(missing)
    if shutil.which("systemctl"):
        command("systemctl", "disable", program)  # nor with the machine
    return ""


@contextmanager
def _no_services() -> Iterator[None]:
    own = os.geteuid() == 0 and not POLICY.exists()
    if own:
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    try:
        yield
    finally:
        if own:
            POLICY.unlink()


def _on_path() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def _install(package: str, then: str) -> None:
    """Install a Debian package if this is root on Debian or Ubuntu, else say what to install."""
    if not Path("/etc/debian_version").exists() or not shutil.which("apt-get"):
        raise Failure(f"{package} is missing. Install it with this machine's package manager. {then}")
    if os.geteuid() != 0:
        raise Failure(f"{package} is missing. Run: sudo apt-get install --no-install-recommends {package}. {then}")
    say(f"Debian package {package}")
    unattended = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command("apt-get", "update", env=unattended)
    command("apt-get", "install", "-y", "--no-install-recommends", package, env=unattended)

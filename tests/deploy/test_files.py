"""What deploy/ and its page name must exist."""

import configparser
import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
PAGE = (ROOT / "docs" / "deploy.md").read_text()


def unit(path):
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read_string(path.read_text())
    return parser


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_a_service_runs_a_program_of_ours_as_nobody_else(path):
    service = unit(path)["Service"]
    python, flag, module, *_ = service["ExecStart"].split()
    assert (python, flag) == ("/srv/wewatch/.venv/bin/python", "-m")
    assert importlib.util.find_spec(module)
    assert (service["User"], service["NoNewPrivileges"]) == ("wewatch", "yes")


def test_units_name_units_that_exist():
    names = {path.name for path in UNITS} | {"network-online.target", "local-fs.target"}
    for path in UNITS:
        of = unit(path)
        told = " ".join(of["Unit"].get(key, "") for key in ("After", "Requires", "Wants"))
        told += " " + " ".join(of[part].get(key, "") for part in of.sections() for key in ("Sockets", "Service"))
        assert {re.sub(r"@\w+\.", "@.", name) for name in told.split()} <= names


def test_the_sample_settings_are_settings():
    known = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "configuration.md").read_text(), re.M)
    named = re.findall(r"^#? ?([A-Z_]+)=", (DEPLOY / "wewatch.env").read_text(), re.M)
    assert named
    assert set(named) <= set(known)


def test_the_page_and_the_files_name_files_that_exist():
    for name in re.findall(r"/srv/wewatch/(deploy/[\w./]*\w)", PAGE) + re.findall(r"\((\w+\.md)\)", PAGE):
        assert (ROOT / name).exists() or (ROOT / "docs" / name).exists(), name
    for name in re.findall(r"dockerfile: (\S+)", (DEPLOY / "compose.yaml").read_text()):
        assert (ROOT / name).exists(), name


def test_a_worker_that_starts_leaves_the_shared_port_as_it_is():
    """Without this systemd clears O_NONBLOCK, of all who share the port: under one, workers hung in `accept`."""
    assert "\nNonBlocking=yes\n" in (DEPLOY / "systemd" / "wewatch-worker@.service").read_text()


def test_caddy_takes_its_file():
    if not shutil.which("caddy"):
        pytest.skip("caddy is not installed")
    command = ["caddy", "adapt", "--config", DEPLOY / "Caddyfile", "--adapter", "caddyfile"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

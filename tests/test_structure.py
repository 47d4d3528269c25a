"""The shape of the program: who may import whom, how long a file may be, and what nobody may write."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST = 250  # lines
DOORS = ("rooms.views", "rooms.consumers", "accounts.views", "wewatch.staff")
ROUTES = ("rooms/urls.py", "rooms/routing.py", "accounts/urls.py", "wewatch/urls.py", "wewatch/asgi.py")

# part of the program: what it may not import
FORBIDDEN = {
    "rooms/domain": (
        *("django", "redis", "asyncio", "time", "random", "secrets", "channels", "accounts"),
        *("wewatch.redis", "wewatch.record", "wewatch.clock", "wewatch.line", "wewatch.limits", "wewatch.metrics"),
        *("rooms.store", "rooms.services", "rooms.broadcast", "rooms.hub", "rooms.protocol", "rooms.youtube"),
    ),
    "rooms/protocol": ("django", "redis", "channels", "rooms.store", "rooms.services", "rooms.broadcast"),
    "rooms/store": ("django", "channels", "accounts", "rooms.services", "rooms.broadcast", "rooms.protocol"),
    "rooms/youtube": ("channels", "accounts", "rooms.store", "rooms.services", "rooms.broadcast", "rooms.protocol"),
    "rooms/youtube/answers.py": ("django", "httpx", "asyncio", "wewatch.redis"),
    "rooms/talk.py": ("django", "channels", "redis", "rooms.store", "rooms.services", "rooms.broadcast"),
    "rooms/hub.py": ("django", "channels", "redis", "rooms.store", "rooms.services", "rooms.broadcast"),
    "rooms/broadcast.py": ("rooms.store", "rooms.services", "accounts"),
    "rooms/services": ("django.http", "channels", "redis"),
    "rooms": ("wewatch.safety", "prometheus_client"),
    "accounts": ("rooms", "channels", "wewatch.safety", "prometheus_client"),
    "wewatch/safety": ("channels", "rooms.broadcast", "rooms.views", "rooms.consumers"),
    "accounts/identity.py": ("django", "redis", "asyncio", "time", "random", "secrets", "wewatch"),
    "wewatch/staff": (
        *("redis", "channels", "rooms.store", "rooms.broadcast", "rooms.hub", "rooms.views"),
        *("accounts.store", "wewatch.redis", "wewatch.record"),
    ),
    "wewatch/stores.py": ("django", "redis", "channels", "rooms", "accounts", "wewatch"),
    "wewatch/cluster.py": ("django", "channels", "rooms", "accounts", "wewatch"),
    "wewatch/redis.py": ("rooms", "accounts", "channels"),
    "wewatch/record.py": ("rooms", "accounts", "django"),
}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split() if (ROOT / name).is_file()]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def module(path: Path) -> str:
    return str(path.relative_to(ROOT).with_suffix("")).replace("/", ".")


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def python_files(part: str) -> list[Path]:
    place = ROOT / part
    return [place] if place.suffix else sorted(place.rglob("*.py"))


@pytest.mark.parametrize("part", FORBIDDEN)
def test_imports_go_one_direction(part):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in python_files(part)
        for name in imports(path)
        for package in FORBIDDEN[part]
        if within(name, package)
    ]
    assert python_files(part)
    assert not wrong


def test_nobody_imports_a_door_except_routes():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for package in ("rooms", "accounts", "wewatch")
        for path in python_files(package)
        if str(path.relative_to(ROOT)) not in ROUTES
        for name in imports(path)
        if any(within(name, door) and not within(module(path), door) for door in DOORS)
    ]
    assert not wrong


def test_only_one_module_fetches_from_other_hosts():
    fetching = ("httpx", "urllib.request", "http.client", "requests", "aiohttp")
    found = [
        str(path.relative_to(ROOT))
        for part in ("rooms", "accounts")
        for path in python_files(part)
        if any(within(name, package) for name in imports(path) for package in fetching)
    ]
    assert found == ["rooms/youtube/fetch.py"]


def test_only_broadcast_knows_the_channel_layer():
    knowing = [
        path for part in ("rooms", "accounts") for path in python_files(part) if "channels.layers" in imports(path)
    ]
    assert [str(path.relative_to(ROOT)) for path in knowing] == ["rooms/broadcast.py"]


JS_FORBIDDEN = {
    "clock": "players|ui|net|sync|state",
    "state": "players|ui|net|sync|clock",
    "ui": "net|players|sync|clock",
}


@pytest.mark.parametrize("part", JS_FORBIDDEN)
def test_imports_of_the_browser_go_one_direction(part):
    files = sorted((ROOT / "static" / "js" / part).rglob("*.js"))
    pattern = re.compile(rf"""from ["'](\.\./)+({JS_FORBIDDEN[part]})/""")
    assert files
    assert not [path.name for path in files if pattern.search(path.read_text())]


def test_no_file_is_longer_than_a_reader_holds():
    files = tracked("*.py", "*.js", "*.mjs", "*.css", "*.html", "*.lua", "Makefile")
    assert not {
        str(path.relative_to(ROOT)): lines for path in files if (lines := len(path.read_text().splitlines())) > LONGEST
    }
    assert len((ROOT / "README.md").read_text().splitlines()) <= 80


def test_nobody_writes_raw_html():
    pattern = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|mark_safe|\|\s*safe\b|autoescape off")
    files = [path for path in tracked("*.py", "*.js", "*.html") if "tests" not in path.relative_to(ROOT).parts]
    assert not [str(path.relative_to(ROOT)) for path in files if pattern.search(path.read_text())]


def test_no_page_has_inline_script_or_handlers():
    pattern = re.compile(r"<script(?![^>]*\bsrc=)|\son\w+\s*=\s*[\"']|javascript:", re.IGNORECASE)
    assert not [str(path.relative_to(ROOT)) for path in tracked("templates/*.html") if pattern.search(path.read_text())]

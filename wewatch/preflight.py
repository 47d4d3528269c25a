"""What must hold before workers start: the port, the store, the database; each failure is one line.

`python -m wewatch.preflight` looks at store and database alone, for workers that a service manager starts.
"""

import asyncio
import errno
import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from redis import Redis
from redis.exceptions import RedisError, ResponseError

BACKLOG = 1024  # connections that wait while no worker takes them
LASTING = {"appendonly": "yes", "maxmemory-policy": "noeviction"}  # settings of a store that forgets nothing


class Trouble(Exception):
    """Why We Watch cannot start and what to do, in one line."""


def bind(host: str, port: int) -> socket.socket:
    """The listening socket that all workers share."""
    taken = f"port {port} is taken by another program. End it, or choose another: make run PORT={port % 65535 + 1}"
    try:
        found = sorted(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))[0]  # IPv4 first
        if host == "127.0.0.1" and _listens("::1", port):
            raise Trouble(taken)  # a browser that asks for localhost would be served by that program
        return socket.create_server(found[4][:2], family=found[0], backlog=BACKLOG, dualstack_ipv6=host == "::")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Trouble(taken) from error
        raise Trouble(f"HOST={host} PORT={port} cannot be served ({error.strerror}).") from error


def prepare(settings) -> list[str]:
    """Check the store and bring the database up to date; returns warnings. Raises Trouble."""
    from safety import schemas  # here, where wrong settings are caught

    warnings = check_store(settings.REDIS_URL)
    asyncio.run(schemas.check())
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate(settings.BASE_DIR / "manage.py", settings.DATA_DIR / "migrate.lock")
    return warnings


def check_store(url: str) -> list[str]:
    """Refuse a store that is out of reach or would forget; returns warnings about what it does not tell."""
    place = urlsplit(url).hostname or urlsplit(url).path  # never the password
    try:
        with Redis.from_url(url, socket_connect_timeout=3, socket_timeout=5, decode_responses=True) as redis:
            redis.ping()
            told = {name: _ask(redis, name) for name in LASTING}
    except RedisError as error:
        raise Trouble(
            f"Redis at {place} is out of reach ({error}). Start it, or unset REDIS_URL to use the embedded store."
        ) from error
    for name, wanted in LASTING.items():
        if told[name] not in (wanted, ""):
            raise Trouble(
                f"Redis at {place} would lose rooms: its {name} is {told[name]}. "
                f"Run `redis-cli CONFIG SET {name} {wanted}`, and put it into its configuration file."
            )
    return [
        f"WARNING: Redis at {place} does not tell its {name}. Unless it is {wanted}, rooms can get lost."
        for name, wanted in LASTING.items()
        if not told[name]
    ]


def migrate(manage: Path, lock: Path) -> None:
    """Bring the staff's tables up to date; two starts at once do it one after the other."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = subprocess.run(  # noqa: S603
            [sys.executable, manage, "migrate", "--noinput", "--skip-checks", "--verbosity", "0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
    if done.returncode:
        why = (done.stderr.strip() or "no reason given").splitlines()[-1]
        raise Trouble(f"the database could not be brought up to date: {why}")


def _ask(redis: Redis, name: str) -> str:
    try:
        return redis.config_get(name).get(name, "")
    except ResponseError:  # a rented Redis may refuse the question
        return ""


def _listens(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def main() -> int:
    """Check and prepare; 1 and one line where workers cannot start."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wewatch.settings")
    from django.conf import settings

    try:
        for warning in prepare(settings):
            print(warning)
    except (ImproperlyConfigured, Trouble, OSError) as error:
        print(f"We Watch cannot start: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    from wewatch import preflight  # under its own name: its Trouble is the one that others raise

    sys.exit(preflight.main())

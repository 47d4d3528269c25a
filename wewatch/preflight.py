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
from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from redis import Redis, RedisCluster, Sentinel
from redis.cluster import ClusterNode
from redis.exceptions import AuthenticationError, RedisClusterException, RedisError, ResponseError
from redis.sentinel import MasterNotFoundError

from wewatch.stores import ANSWER, CONNECT, Store

BACKLOG = 1024  # connections that wait while no worker takes them
WORDS = {"socket_connect_timeout": CONNECT, "socket_timeout": ANSWER, "decode_responses": True, "retry": None}
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
    """Check the stores and bring the database up to date; returns warnings. Raises Trouble."""
    from wewatch.safety import schemas  # here, where wrong settings are caught

    warnings = check_store(settings.STORE)
    asyncio.run(schemas.check())
    for store in settings.LAYER_STORES:
        check_reachable("LAYER_URL", store)
    check_reachable("CACHE_URL", settings.CACHE_STORE)
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate(settings.BASE_DIR / "manage.py", settings.DATA_DIR / "migrate.lock")
    return warnings


def check_store(store: Store) -> list[str]:
    """Refuse a store that is out of reach or would forget; returns warnings about what it does not tell."""
    return [warning for place, redis, is_master in _servers(store) for warning in _check(place, redis, is_master)]


def check_reachable(name: str, store: Store) -> None:
    """Refuse a store that is out of reach and needs to remember nothing; `name` is the setting that it comes from."""
    for place, redis, is_master in _servers(store):
        try:
            with redis:
                redis.ping()
        except RedisError as error:
            if is_master:
                raise Trouble(_why(place, error, name, f"set {name}")) from error


def _check(place: str, redis: Redis, is_master: bool) -> Iterator[str]:
    """What may be asked is as it must be; a replica may be away, but otherwise it is the next master."""
    try:
        with redis:
            redis.ping()
            told = {name: _ask(redis, name) for name in LASTING}
    except RedisError as error:
        if not is_master:
            return
        raise Trouble(_why(place, error, "REDIS_URL", "unset REDIS_URL to use the embedded store")) from error
    for name, wanted in LASTING.items():
        if told[name] not in (wanted, ""):
            raise Trouble(
                f"Redis at {place} would lose rooms: its {name} is {told[name]}. "
                f"Run `redis-cli CONFIG SET {name} {wanted}`, and put it into its configuration file."
            )
        if not told[name]:
            yield f"WARNING: Redis at {place} does not tell its {name}. Unless it is {wanted}, rooms can get lost."


def _why(place: str, error: RedisError, name: str, instead: str) -> str:
    """The one line about a server that cannot be used. Some of its own words are a page: the first sentence tells."""
    words = str(error).partition(". ")[0]
    if isinstance(error, ResponseError | AuthenticationError):
        return f"Redis at {place} refuses ({words}). Mend its settings, or the name and password in {name}."
    return f"Redis at {place} is out of reach ({words}). Start it, or {instead}."


def _servers(store: Store) -> Iterator[tuple[str, Redis, bool]]:
    """Each server of a store: its place, a client of it, and whether it is a master."""
    if store.kind == "server":
        yield store.place, Redis.from_url(store.url, **WORDS), True
        return
    try:
        for host, port, is_master in (_of_cluster if store.kind == "cluster" else _of_sentinels)(store):
            yield f"{host}:{port}", Redis(host=host, port=port, **WORDS, **store.options), is_master
    except MasterNotFoundError as error:
        raise Trouble(
            f"No sentinel names a living master ({store.place}). Start them, or mend name and password in REDIS_URL."
        ) from error
    except RedisClusterException as error:
        raise Trouble(f"There is no whole Redis Cluster at {store.place} ({error})") from error


def _of_sentinels(store: Store) -> list[tuple[str, int, bool]]:
    sentinels = Sentinel(list(store.hosts), sentinel_kwargs=dict(store.sentinel_options))
    masters, replicas = [sentinels.discover_master(store.master)], sentinels.discover_slaves(store.master)
    return [(*one, True) for one in masters] + [(*one, False) for one in replicas]


def _of_cluster(store: Store) -> list[tuple[str, int, bool]]:
    nodes = [ClusterNode(host, port) for host, port in store.hosts]
    with RedisCluster(startup_nodes=nodes, **WORDS, **store.options) as cluster:
        return [(node.host, node.port, node.server_type == "primary") for node in cluster.get_nodes()]


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

"""What all tests share: a real store in a data folder of its own, made before Django reads its settings.

By default that is the embedded one. `--topology=redis7` or `--topology=cluster` runs the tests of the store, and only
them, on Debian's Redis or on a cluster of six nodes.
"""

import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest
import pytest_asyncio
from redis import Redis

from tests.live import Live
from tests.people import Person
from tests.staffing import MAKE, STAFF
from tests.stores import Cluster, Group, Server
from wewatch import embedded
from wewatch.engine import find_server

DATA_DIR = Path(tempfile.mkdtemp(prefix="wewatch-test-")).resolve()
os.environ["DATA_DIR"] = str(DATA_DIR)
os.environ["DJANGO_SETTINGS_MODULE"] = "wewatch.settings"
for name in ("REDIS_URL", "LAYER_URL", "CACHE_URL"):
    os.environ.pop(name, None)
METRICS_TOKEN = "whoever-knows-this-may-scrape"

_started: list[embedded.Store | Group] = []


def pytest_addoption(parser):
    topology = {"choices": ("embedded", "redis7", "cluster"), "default": "embedded"}
    parser.addoption("--topology", **topology, help="what the tests of the store run on")


def pytest_configure(config):
    _started.append(embedded.start(DATA_DIR))
    match config.getoption("topology"):
        case "redis7":
            alone = Group()
            _started.append(alone)
            alone.add(Server(DATA_DIR / "redis7", Path(shutil.which("redis-server"))))
            os.environ["REDIS_URL"] = f"redis://{alone.servers[0].place}"
        case "cluster":
            cluster = Cluster(DATA_DIR / "cluster", find_server())
            _started.append(cluster)
            os.environ["REDIS_URL"] = cluster.url
            os.environ["LAYER_URL"] = f"unix://{embedded.socket_path(DATA_DIR)}"
    django.setup()


def pytest_collection_modifyitems(config, items):
    if config.getoption("topology") != "embedded":
        chosen = [item for item in items if _is_of_the_store(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


def _is_of_the_store(item) -> bool:
    return {"store"} == {"store", "live"} & set(item.fixturenames) and not item.get_closest_marker("embedded")


def pytest_unconfigure(config):
    for store in _started:
        store.stop()
    shutil.rmtree(DATA_DIR)


@pytest_asyncio.fixture
async def store():
    """The Redis client over an empty store, with an empty cache."""
    from django.core.cache import cache

    from wewatch.redis import client

    await client().flushall()
    await cache.aclear()
    return client()


@pytest.fixture(scope="session")
def live(tmp_path_factory):
    """A whole deployment with two workers; who kills a part of it starts it again."""
    folder = tmp_path_factory.mktemp("live")
    with Live(folder, MAX_SOCKETS_PER_ADDRESS=500, METRICS_TOKEN=METRICS_TOKEN) as deployment:
        yield deployment


@pytest.fixture(scope="session")
def staff(live):
    """Call it with a name of `STAFF`, or None for nobody: a browser of theirs."""
    live.run_python(MAKE.format(staff=STAFF))

    def browser(name: str | None) -> Person:
        return Person(live.url, jar={"sessionid": f"session-of-{name}"} if name else {})

    return browser


@pytest.fixture(scope="session")
def redis(live):
    """The deployment's store, to look at."""
    with Redis(unix_socket_path=str(embedded.socket_path(live.data_dir)), decode_responses=True) as client:
        yield client

"""What all tests share: a real embedded store in a data folder of its own, made before Django reads its settings."""

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
from wewatch import embedded

DATA_DIR = Path(tempfile.mkdtemp(prefix="wewatch-test-")).resolve()
os.environ["DATA_DIR"] = str(DATA_DIR)
os.environ["DJANGO_SETTINGS_MODULE"] = "wewatch.settings"
os.environ.pop("REDIS_URL", None)

_started: list[embedded.Store] = []


def pytest_configure(config):
    _started.append(embedded.start(DATA_DIR))
    django.setup()


def pytest_unconfigure(config):
    for store in _started:
        store.stop()
    shutil.rmtree(DATA_DIR)


@pytest_asyncio.fixture
async def store():
    """The Redis client over an empty store."""
    from wewatch.redis import client

    await client().flushall()
    return client()


@pytest.fixture(scope="session")
def live(tmp_path_factory):
    """A whole deployment with two workers; who kills a part of it starts it again."""
    with Live(tmp_path_factory.mktemp("live"), MAX_SOCKETS_PER_ADDRESS=500) as deployment:
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

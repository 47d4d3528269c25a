"""What all tests share: a real embedded store in a data folder of its own, made before Django reads its settings."""

import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest
import pytest_asyncio

from tests.live import Live
from wewatch import embedded

DATA_DIR = Path(tempfile.mkdtemp(prefix="wewatch-test-")).resolve()
os.environ["DATA_DIR"] = str(DATA_DIR)
os.environ["DJANGO_SETTINGS_MODULE"] = "wewatch.settings"
os.environ.pop("REDIS_URL", None)
METRICS_TOKEN = "whoever-knows-this-may-scrape"

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
    folder = tmp_path_factory.mktemp("live")
    with Live(folder, MAX_SOCKETS_PER_ADDRESS=500, METRICS_TOKEN=METRICS_TOKEN) as deployment:
        yield deployment

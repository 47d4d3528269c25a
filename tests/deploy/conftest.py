"""We Watch as it is deployed: a real nginx with TLS before three workers."""

import pytest

from tests.deploy.nginx import Nginx, program
from tests.live import Live
from tests.people import Person


@pytest.fixture(scope="session")
def deployed(tmp_path_factory):
    """(nginx, the workers and their store), running."""
    if not program():
        pytest.skip("nginx is not installed")
    nginx = Nginx(tmp_path_factory.mktemp("nginx"))
    settings = {"PUBLIC_URL": nginx.url, "TRUSTED_PROXIES": 1}
    with Live(tmp_path_factory.mktemp("deployed"), workers=3, **settings) as live:
        nginx.lead_to([worker.port for worker in live.workers])
        nginx.start()
        yield nginx, live
        nginx.stop()


@pytest.fixture
def person(deployed):
    """Call it with a number for somebody with an address of their own."""
    nginx, _ = deployed
    return lambda number: Person(nginx.url, f"127.0.{1 + number // 200}.{1 + number % 200}", trust=nginx.trust)

"""We Watch as it is deployed: three workers behind a real nginx and a real Caddy, with TLS."""

import contextlib

import pytest

from tests.deploy.caddy import Caddy
from tests.deploy.door import HOST, program
from tests.deploy.nginx import Nginx
from tests.live import Live
from tests.people import Person
from tests.stores import free_port


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The workers and their store, for a site that people find by https."""
    settings = {"PUBLIC_URL": f"https://{HOST}", "TRUSTED_PROXIES": 1}
    with Live(tmp_path_factory.mktemp("deployed"), workers=3, **settings) as running:
        yield running


@pytest.fixture(scope="session")
def open_door(tmp_path_factory):
    """Call it with `Nginx` or `Caddy` and the ports of workers for one that leads there."""
    with contextlib.ExitStack() as stack:

        def start(kind, ports):
            name = kind.__name__.lower()
            if not program(name):
                pytest.skip(f"{name} is not installed")
            door = kind(tmp_path_factory.mktemp(name), free_port(), free_port())
            door.lead_to(ports)
            door.start()
            stack.callback(door.stop)
            return door

        yield start


@pytest.fixture(scope="session")
def nginx(open_door, site):
    """nginx before the workers."""
    return open_door(Nginx, [worker.port for worker in site.workers])


@pytest.fixture(scope="session")
def caddy(open_door, site):
    """Caddy before the workers."""
    return open_door(Caddy, [worker.port for worker in site.workers])


@pytest.fixture(params=["nginx", "caddy"])
def door(request):
    """Each of them."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def person(door):
    """Call it with a number for somebody with an address of their own."""
    return lambda number: Person(door.url, f"{door.network}.{1 + number // 200}.{1 + number % 200}", trust=door.trust)

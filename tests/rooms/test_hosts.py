"""A room over two machines that share nothing but the store: network namespaces, where this machine has them.

The store is started with the words of deploy/compose.yaml, where it has a host of its own, too.
"""

import asyncio
import contextlib
import re
import shlex
from pathlib import Path

import pytest
import pytest_asyncio

from tests.hosts import STORE, Host
from tests.people import Person
from tests.rooms.test_growing import pressed
from tests.stores import Group, Server
from wewatch.engine import find_server

COMPOSE = Path(__file__).parents[2] / "deploy" / "compose.yaml"
WORDS = shlex.split(re.search(r"command: valkey-server (.+)", COMPOSE.read_text())[1])


@pytest.fixture(scope="module")
def hosts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hosts")
    with contextlib.ExitStack() as stack:
        try:
            pair = []
            for number in (1, 2):
                pair.append(Host(number))
                stack.callback(pair[-1].stop)
        except OSError as error:
            pytest.skip(f"there are no network namespaces here: {error}")
        group = stack.enter_context(Group())
        gates = [host.store_address for host in pair]
        group.add(Server(folder / "store", find_server(), *WORDS, listens=gates))
        for host in pair:
            host.serve(folder, group.servers[0])
        yield pair


@pytest_asyncio.fixture
async def evening(hosts):
    """A room with its owner on one host and a guest on the other."""
    owner, guest = (Person(host.url, host.gate) for host in hosts)
    room = await asyncio.to_thread(owner.add)
    await asyncio.to_thread(guest.get, room.join)
    yield await owner.enter(room.owner_socket), await guest.enter(room.guest_socket)
    await owner.go()
    await guest.go()


async def test_people_on_two_hosts_watch_together(evening):
    first, second = evening
    await first.op("play")
    await asyncio.gather(first.until(2), second.until(2))
    assert first.state == second.state
    said = await second.say("Hello")
    assert (await first.when(lambda message: message["type"] == "msg"))["item"] == said


async def test_a_host_that_loses_the_store_keeps_its_people_and_they_catch_up(hosts, evening):
    first, second = evening
    hosts[1].cut(STORE)
    try:
        await second.op("seek", pos=10.0)
        assert (await second.when(lambda message: message["type"] in ("st", "refused")))["reason"] == "unavailable"
        await pressed(first, 20.0)
    finally:
        hosts[1].mend(STORE)
    await pressed(second, 30.0)
    await first.when(lambda message: message["type"] == "st" and message["pos"] == 30.0)
    assert first.state == second.state

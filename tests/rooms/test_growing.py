"""A room on stores of several machines, of which one dies while people watch: real sentinels, a real cluster."""

import asyncio
import secrets

import pytest
import pytest_asyncio
from redis.crc import key_slot

from tests.live import Live
from tests.people import Person
from tests.stores import MASTER, SLOTS, Cluster, Sentinels, Server
from wewatch.engine import find_server

FAILOVER = 30  # seconds after which the stores must have agreed on another master
PRESS = 0.25  # seconds between two presses of somebody who waits


class OnSentinels(Sentinels):
    """All of it, channel layer and cache too, on one master."""

    @property
    def settings(self) -> dict[str, str]:
        return {"REDIS_URL": self.url}

    def master_of(self, room: int) -> Server:
        port = self.sentinels[0].redis.sentinel_get_master_addr_by_name(MASTER)[1]
        return next(server for server in self.servers if server.port == port)


class OnCluster(Cluster):
    """Rooms in a cluster, the channel layer on two servers besides it, of which one has the cache."""

    def __init__(self, folder, binary) -> None:
        super().__init__(folder, binary)
        self.shards = [Server(folder / f"layer-{number}", binary, keeps=False) for number in range(2)]
        self.add(*self.shards)

    @property
    def settings(self) -> dict[str, str]:
        layer = ",".join(f"redis://{shard.place}" for shard in self.shards)
        return {"REDIS_URL": self.url, "LAYER_URL": layer}

    def master_of(self, room: int) -> Server:
        slot = key_slot(f"r:{room}".encode())
        return next(one for number, one in enumerate(self.masters) if slot < SLOTS * (number + 1) // 3)

    def replica_of(self, master: Server) -> Server:
        return self.replicas[self.masters.index(master)]


@pytest.fixture(scope="module", params=[OnSentinels, OnCluster])
def stores(request, tmp_path_factory):
    with request.param(tmp_path_factory.mktemp("stores"), find_server()) as group:
        yield group


@pytest.fixture(scope="module")
def site(stores, tmp_path_factory):
    with Live(tmp_path_factory.mktemp("site"), MAX_SOCKETS_PER_ADDRESS=500, **stores.settings) as live:
        yield live


@pytest_asyncio.fixture
async def evening(site):
    """A room with its owner on one worker and a guest on the other."""
    owner, guest = Person(site.worker_url(0)), Person(site.worker_url(1))
    room = await asyncio.to_thread(owner.add)
    await asyncio.to_thread(guest.get, room.join)
    first, second = await owner.enter(room.owner_socket), await guest.enter(room.guest_socket)
    yield room, first, second
    await owner.go()
    await guest.go()


async def test_people_on_two_workers_act_and_chat(evening):
    _, first, second = evening
    await first.op("play")
    await asyncio.gather(first.until(2), second.until(2))
    assert second.state["playing"]
    said = await first.say("Hello")
    assert (await second.when(lambda message: message["type"] == "msg"))["item"] == said


async def test_when_a_master_dies_people_play_on_and_the_next_act_works(stores, site, evening):
    room, first, second = evening
    await first.op("seek", pos=33.0)
    await asyncio.gather(first.until(2), second.until(2))
    await first.say("Before")
    epoch = first.state["epoch"]
    stores.master_of(room.id).kill()
    await pressed(first, 44.0)
    await second.until(3)
    assert (second.state["pos"], second.state["v"], second.state["epoch"]) == (44.0, 3, epoch)
    assert (await second.say("After"))["text"] == "After"
    newcomer = Person(site.worker_url(1))
    await asyncio.to_thread(newcomer.get, room.join)
    late = await newcomer.enter(room.guest_socket)
    assert late.state["pos"] == 44.0
    assert [item["text"] for item in late.chat["items"]] == ["Before", "After"]
    await newcomer.go()


@pytest.mark.parametrize("stores", [OnCluster], indirect=True)  # under sentinels the one master has died already
async def test_what_a_replica_had_not_yet_got_is_lost_for_all_alike(stores, site):
    """The version that was lost is given anew, to another act: who saw the first must still get to see the second."""
    owner, guest = Person(site.worker_url(0)), Person(site.worker_url(1))
    room = await asyncio.to_thread(owner.add)
    while stores.master_of(room.id).ended:
        room = await asyncio.to_thread(owner.add)
    await asyncio.to_thread(guest.get, room.join)
    first, second = await owner.enter(room.owner_socket), await guest.enter(room.guest_socket)
    await first.op("seek", pos=10.0)
    await asyncio.gather(first.until(2), second.until(2))
    epoch, master = first.state["epoch"], stores.master_of(room.id)
    with master.without(stores.replica_of(master)):
        await first.op("seek", pos=20.0)
        await asyncio.gather(first.until(3), second.until(3))
        master.kill()
    await pressed(first, 44.0)
    await second.when(lambda message: message["type"] == "st" and message["pos"] == 44.0)
    assert first.state == second.state
    assert first.state["epoch"] != epoch
    await owner.go()
    await guest.go()


async def pressed(viewer, pos: float) -> None:
    """Press until the act is done, as a person would; each press is the same act."""
    act = secrets.token_urlsafe(9)
    async with asyncio.timeout(FAILOVER):
        while viewer.state["pos"] != pos:
            await viewer.op("seek", op_id=act, pos=pos)
            await viewer.when(lambda message: message["type"] in ("st", "refused", "nak"))
            await asyncio.sleep(PRESS)

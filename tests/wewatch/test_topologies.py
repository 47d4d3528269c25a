"""What stores of several servers need besides what one needs: a look at each, and at who has taken over."""

import asyncio

import pytest

from tests.stores import LOGIN, MASTER, Cluster, Sentinels, Server
from wewatch import preflight, stores
from wewatch.engine import find_server
from wewatch.preflight import Trouble
from wewatch.redis import OUT_OF_REACH, connected

FAILOVER = 30  # seconds after which another master must have taken over
PRESS = 0.1  # seconds between two tries


@pytest.fixture(scope="module")
def sentinels(tmp_path_factory):
    with Sentinels(tmp_path_factory.mktemp("sentinels"), find_server()) as group:
        yield group


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with Cluster(tmp_path_factory.mktemp("cluster"), find_server()) as group:
        yield group


@pytest.mark.parametrize("kind", ["sentinels", "cluster"])
def test_each_server_is_looked_at_and_a_replica_that_would_forget_is_refused(request, kind):
    group = request.getfixturevalue(kind)
    place, replica = stores.parse(group.url), group.replicas[0]
    assert preflight.check_store(place) == []
    replica.redis.config_set("maxmemory-policy", "allkeys-lru")
    with pytest.raises(Trouble, match=f"Redis at {replica.place} would lose rooms: its maxmemory-policy is"):
        preflight.check_store(place)
    replica.redis.config_set("maxmemory-policy", "noeviction")


def test_sentinels_that_know_no_such_master_are_refused(sentinels):
    with pytest.raises(Trouble, match="No sentinel names a living master"):
        preflight.check_store(stores.parse(sentinels.url.replace(MASTER, "other")))


def test_a_server_that_is_in_no_cluster_is_refused_as_one(sentinels):
    with pytest.raises(Trouble, match="no whole Redis Cluster at"):
        preflight.check_store(stores.parse(f"cluster://{LOGIN}{sentinels.master.place}"))


def test_a_layer_that_is_away_is_refused_with_its_setting(sentinels):
    preflight.check_reachable("LAYER_URL", stores.parse(sentinels.url))
    with pytest.raises(Trouble, match=r"Redis at localhost is out of reach .* set LAYER_URL"):
        preflight.check_reachable("LAYER_URL", stores.parse("redis://localhost:1"))


@pytest.mark.parametrize(
    "login", ["", "user:secret@"], ids=["asks for a password that is not given", "knows no such user"]
)
def test_a_server_that_refuses_is_told_by_the_first_sentence_of_its_own_and_no_secret(sentinels, login):
    place = stores.parse(f"redis://{login}{sentinels.master.place}")
    refuses = r"Redis at [\w.]+ refuses \([^.]+\.?\)\. Mend its settings, or the name and password in REDIS_URL\."
    with pytest.raises(Trouble, match=refuses) as trouble:
        preflight.check_store(place)
    assert "secret" not in str(trouble.value)


@pytest.mark.parametrize("kind", ["sentinels", "cluster"])
async def test_pipelines_alone_find_the_new_master(request, kind):
    """As of a room where people only watch."""
    group: Sentinels | Cluster = request.getfixturevalue(kind)
    client = connected(stores.parse(group.url))
    await client.set("{r:1}", 1)
    killed: Server = group.master
    killed.kill()
    assert await _until_it_answers(client) == ["1"] * 20
    await client.aclose()


async def _until_it_answers(client) -> list[str]:
    async with asyncio.timeout(FAILOVER):
        while True:
            pipe = client.pipeline(transaction=False)
            for number in range(20):  # over all nodes of a cluster
                pipe.set(f"{{r:{number}}}", 1)
                pipe.get(f"{{r:{number}}}")
            try:
                return (await pipe.execute())[1::2]
            except OUT_OF_REACH:
                await asyncio.sleep(PRESS)

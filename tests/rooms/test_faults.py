"""What a room survives: a killed worker, a killed store, words lost on the way."""

import asyncio
import signal
from pathlib import Path

from tests.people import PATIENCE, Person


async def test_after_the_death_of_a_worker_the_other_goes_on_where_it_was(live, pair, owner, room):
    first, second = pair
    await first.op("play")
    await second.until(2)
    live.kill_worker(0)
    try:
        assert await first.closed() == 1006
        back = await owner.enter(room.owner_socket)
        assert (back.state["v"], back.state["playing"]) == (2, True)
        await back.op("pause", pos=0.5)
        await second.until(3)
        assert not second.state["playing"]
    finally:
        live.restart_worker(0)


async def test_a_worker_that_is_stopped_says_goodbye_and_its_viewers_stay_in_the_room(live, pair, owner, room):
    first, second = pair
    await first.op("play")
    await second.until(2)
    goodbye = asyncio.create_task(first.closed())
    await asyncio.to_thread(live.workers[0].end, signal.SIGTERM)
    try:
        assert await goodbye == 1012
        await second.close()
        back = await owner.enter(room.owner_socket)
        assert (back.state["v"], back.state["playing"]) == (2, True)
    finally:
        await asyncio.to_thread(live.restart_worker, 0)


async def test_a_killed_store_loses_nothing_and_the_rooms_go_on(live, pair, owner, room):
    first, second = pair
    await first.op("seek", pos=33.0)
    await second.until(2)
    live.kill_store()
    live.start_store()
    await _acts_again(first)
    async with asyncio.timeout(PATIENCE):
        await second.until(3)
    assert second.state["pos"] == 44.0


async def _acts_again(viewer):
    """Press until the store answers, as a person would; each press is the same act."""
    async with asyncio.timeout(PATIENCE):
        while True:
            await viewer.op("seek", op_id="the-one-press", pos=44.0)
            message = await _answer(viewer)
            if message["type"] != "refused":
                return


async def _answer(viewer):
    while (message := await viewer.take())["type"] in ("hb", "who"):
        pass
    return message


async def test_while_the_store_is_away_pages_say_so_and_nothing_is_allowed(live, pair, owner, room):
    first, _ = pair
    live.kill_store()
    try:
        page = await asyncio.to_thread(owner.get, room.watch)
        assert (page.status, page.headers["Retry-After"]) == (503, "3")
        assert "Traceback" not in page.text
        said = {"id": "said-while-away", "text": "Anyone?", "re": None, "at": []}
        play = {"id": "played-away", "v": 1, "entry": room.entry, "kind": "play"}
        for type_, fields in (("op", play), ("say", said), ("past", {"before": None})):
            await first.send(type_, **fields)
            refusal = await first.next("refused")
            assert (refusal["id"], refusal["reason"]) == (fields.get("id"), "unavailable")
    finally:
        live.start_store()
    assert (await asyncio.to_thread(owner.get, room.watch)).status == 200
    assert (await first.say(said["text"], said["id"]))["text"] == said["text"]


async def test_a_state_that_the_layer_lost_is_shown_by_the_next_look_at_the_store(live, pair, owner, room):
    """The commit is made behind the layer's back, as if its message had been dropped."""
    first, second = pair
    await asyncio.to_thread(live.run_python, COMMIT_IN_SILENCE.format(room=room.id))
    await asyncio.gather(first.until(2), second.until(2))
    assert first.state["pos"] == second.state["pos"] == 77.0


COMMIT_IN_SILENCE = """
import asyncio, dataclasses, django
django.setup()
from rooms.store import rooms as store

def decide(room, now):
    return dataclasses.replace(room, playback=dataclasses.replace(room.playback, v=2, pos=77.0, t=now))

asyncio.run(store.update({room}, decide))
"""


async def test_a_store_that_went_back_in_time_gets_a_new_epoch(live, pair, owner, room):
    first, second = pair
    await first.op("seek", pos=10.0)
    await second.until(2)
    before = second.state["epoch"]
    await asyncio.to_thread(live.run_python, COMMIT_IN_SILENCE.format(room=room.id).replace("v=2", "v=1"))
    state = await second.next("st")
    assert state["epoch"] != before
    assert state["pos"] == 77.0


async def test_a_queue_and_rules_that_went_back_in_time_are_shown_as_they_are(live, pair, owner, room):
    """As after a failover to a replica that was behind: the film is where it was, but not the queue."""
    first, second = pair
    await first.add("https://media.example/lost.mp4")
    await second.next("queued")
    await first.manage("set", field="control", value="host")
    await second.when(lambda message: message["type"] == "rules" and message["control"] == "host")
    await asyncio.to_thread(live.run_python, LOSE_THE_LAST_WRITES.format(room=room.id))
    back = await second.when(lambda message: message["type"] == "rules" and message["control"] == "everyone")
    assert back["v"] > 2
    await second.send("entries")
    assert len((await second.next("queue"))["entries"]) == 1
    await first.add("https://media.example/new.mp4")
    assert len((await second.next("queued"))["put"]) == 1


LOSE_THE_LAST_WRITES = """
import asyncio, dataclasses, django
django.setup()
from rooms.domain.rules import Rules
from rooms.store import rooms as store

def decide(room, now):
    return dataclasses.replace(room, queue=room.queue[:1], queue_v=1, rules=Rules())

asyncio.run(store.update({room}, decide))
"""


async def test_of_a_worker_that_died_nobody_is_left_when_the_leases_have_run_out(live, pair, room):
    first, _ = pair
    await first.people(2)
    live.kill_worker(1)
    try:
        await asyncio.to_thread(live.run_python, PASS_25_SECONDS.format(room=room.id))
        await first.people(1)
    finally:
        live.restart_worker(1)


PASS_25_SECONDS = """
import asyncio, django
django.setup()
from rooms.store import keys
from wewatch.redis import client

async def age():
    for member in await client().zrange(keys.presence({room}), 1, -1):
        await client().zincrby(keys.presence({room}), -25_000, member)

asyncio.run(age())
"""


async def test_the_hosts_place_goes_on_when_they_are_away_for_long_and_comes_back(live, pair, owner, room):
    first, second = pair
    await second.send("rdy", entry=room.entry, v=1, state="ready", s=None)
    await first.people(2)
    await first.close()
    await second.people(1)
    await asyncio.to_thread(live.run_python, AWAY_FOR_A_MINUTE.format(room=room.id))
    await second.when(lambda message: message["type"] == "rules" and message["acting"])
    assert "grant" in second.you["may"]
    assert second.rules["acting"] == second.roster["people"][-1]["id"]
    back = await owner.enter(room.owner_socket)
    await second.when(lambda message: message["type"] == "you" and "grant" not in message["may"])
    assert (await back.when(lambda message: message["type"] == "log"))["item"]["kind"] == "back"


AWAY_FOR_A_MINUTE = """
import asyncio, dataclasses, django
django.setup()
from rooms.store import rooms as store

def decide(room, now):
    return dataclasses.replace(room, rules=dataclasses.replace(room.rules, v=room.rules.v + 1, away=now - 61_000))

asyncio.run(store.update({room}, decide))
"""


async def test_one_who_never_reads_is_cut_and_keeps_nothing_from_the_others(live, pair, owner, room):
    first, second = pair
    there = Person(live.worker_url(0), jar=owner.jar)  # without the balancer, which would read for them
    deaf = await there.socket(room.owner_socket)
    deaf.transport.pause_reading()
    await asyncio.to_thread(live.run_python, FLOOD.format(room=room.id))
    await first.until(10_000)
    async with asyncio.timeout(PATIENCE):
        while still_there(deaf):
            await asyncio.sleep(0.05)
    await second.until(10_000)


FLOOD = """
import asyncio, django
django.setup()
from rooms import broadcast
from rooms.domain.playback import By, Playback

async def flood():
    for v in [*range(100, 160), 10_000]:
        big = Playback("e1", v=v, by=By(1, "x" * 500_000, "play"))
        await broadcast.publish_state({room}, "another epoch", big)
        await asyncio.sleep(0.06)  # beyond the gap in which only the newest is shown

asyncio.run(flood())
"""


def still_there(connection):
    """Whether the worker still holds its end of a connection, as the system sees it."""
    port = connection.local_address[1]
    table = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [row for row in table if row[2].endswith(f":{port:04X}") and row[3] == "01"]

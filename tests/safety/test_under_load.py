"""Backed up while people act, restored on an empty machine; and a store that goes back in time under open pages."""

import asyncio
import subprocess
import sys

import pytest

from tests.live import ROOT, Live
from tests.people import PATIENCE, Person

PEOPLE = 5
PACE = 0.3  # seconds between the acts of one of them: the room refuses a flood


def run(data_dir, env, *words):
    """A management command in a process of its own."""
    env = env | {"DATA_DIR": str(data_dir)}
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, words)], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Host:
    """Somebody with a room and a friend in it, who goes on and on; what was answered is noted."""

    def __init__(self, live):
        self.person, self.friend = Person(live.url), Person(live.url)
        self.said, self.added = [], []

    async def begin(self):
        self.room = await asyncio.to_thread(self.person.add)
        await asyncio.to_thread(self.friend.get, "/")
        await asyncio.to_thread(self.friend.get, self.room.join)
        self.viewer = await self.person.enter(self.room.owner_socket)
        await self.act()

    async def act(self):
        said = await self.viewer.say(f"Line {len(self.said)}")
        self.said.append(said["id"])
        added = await self.viewer.add(f"https://media.example/{len(self.added)}.mp4")
        self.added += [f"https://media.example/{len(self.added)}.mp4"] if added["type"] == "done" else []
        await asyncio.to_thread(self.person.get, "/library/rooms/")  # which brings a new token

    async def go_on(self, over):
        while not over.is_set():
            await self.act()
            await asyncio.sleep(PACE)

    async def end(self):
        await self.person.go()

    def user(self, person):
        return person.jar["wewatch"].split(".")[1]


@pytest.fixture(scope="module")
async def restored(live, tmp_path_factory):
    """The site on another machine, from a backup that was taken while people acted; and what was true before it."""
    folder, there = tmp_path_factory.mktemp("load"), tmp_path_factory.mktemp("there") / "data"
    hosts = [Host(live) for _ in range(PEOPLE)]
    await asyncio.gather(*(host.begin() for host in hosts))
    known = [(host, tuple(host.said), tuple(host.added)) for host in hosts]
    over = asyncio.Event()
    acting = [asyncio.create_task(host.go_on(over)) for host in hosts]
    await asyncio.to_thread(run, live.data_dir, live.env, "backup", folder / "backup.tar")
    over.set()
    await asyncio.gather(*acting)
    for host in hosts:
        await host.end()
    await asyncio.to_thread(run, there, live.env, "restore", folder / "backup.tar")
    site = Live(there, workers=1, MAX_SOCKETS_PER_ADDRESS=500)
    await asyncio.to_thread(site.start)
    yield site, known
    await asyncio.to_thread(site.stop)


async def test_people_acted_while_the_backup_was_taken(restored):
    assert all(len(host.said) > len(said) for host, said, _ in restored[1])


async def test_everybody_is_who_they_were_and_all_they_were_told_is_saved_is_there(restored):
    site, known = restored
    for host, said, added in known:
        here = Person(site.url, jar=dict(host.person.jar))
        page = await asyncio.to_thread(here.get, host.room.watch)
        assert page.status == 200, page.text
        assert host.user(here) == host.user(host.person)
        viewer = await here.enter(host.room.owner_socket)
        assert {*said} <= {item["id"] for item in viewer.chat["items"]}
        assert {*added} <= {row["ref"] for row in viewer.queue_now["entries"]}
        assert (await viewer.say("I am back"))["text"] == "I am back"
        await here.go()


async def test_every_invite_still_opens(restored):
    site, known = restored
    for host, _, _ in known:
        here = Person(site.url, jar=dict(host.friend.jar))
        page = await asyncio.to_thread(here.get, host.room.join)
        assert page.status == 200
        assert host.user(here) == host.user(host.friend)


async def test_verify_finds_nothing_wrong(restored):
    site, _ = restored
    assert "all well" in await asyncio.to_thread(run, site.data_dir, site.env, "verify")


async def anew(viewer, epoch):
    """What a viewer is told when the room is in another epoch: the last state, queue and chat of it."""
    told = {}
    async with asyncio.timeout(2 * PATIENCE):
        while not {"queue", "chat"} <= told.keys() or viewer.state["epoch"] == epoch:
            message = await viewer.take()
            told[message["type"]] = message
    return told


async def test_who_has_a_page_open_while_the_store_goes_back_sees_what_all_see(live, tmp_path):
    """An older backup is put under workers that run on: what they and their pages know is from the future."""
    owner, guest = Person(live.url), Person(live.url)
    room = await asyncio.to_thread(owner.add)
    await asyncio.to_thread(guest.get, "/")
    live.prefer(0)
    first = await owner.enter(room.owner_socket)
    live.prefer(1)
    second = await guest.enter(room.guest_socket)
    await first.op("seek", pos=10.0)
    await second.until(2)
    await asyncio.to_thread(run, live.data_dir, live.env, "backup", tmp_path / "backup.tar")
    await first.say("Never said")
    await first.add("https://media.example/never-added.mp4")
    for pos in (20.0, 30.0, 40.0):
        await first.op("seek", pos=pos)
        await second.until(first.state["v"] + 1)
        await first.until(second.state["v"])
    ahead = first.state
    await asyncio.to_thread(run, tmp_path / "data", live.env, "restore", tmp_path / "backup.tar")
    await asyncio.to_thread(live.store.stop)
    (live.data_dir / "appendonlydir").rename(tmp_path / "before")
    (tmp_path / "data" / "appendonlydir").rename(live.data_dir / "appendonlydir")
    await asyncio.to_thread(live.start_store)
    seen = [await anew(viewer, ahead["epoch"]) for viewer in (first, second)]
    assert first.state == second.state
    assert (first.state["v"], first.state["pos"]) == (2, 10.0)
    for told in seen:
        assert [entry["ref"] for entry in told["queue"]["entries"]] == ["https://media.example/film.mp4"]
        assert told["chat"]["items"] == []
    await first.op("seek", pos=50.0)
    await second.until(3)
    assert second.state["pos"] == 50.0
    await owner.go()
    await guest.go()

"""The queue over real sockets and two workers: all see the same, each film is followed once, whoever says so."""

import asyncio
import json
import random
import secrets

import pytest

from rooms.domain.delta import Delta, applied

FILMS = [f"https://media.example/Film_{number}.mp4" for number in range(6)]


class Reader:
    """The queue as a client keeps it: changes in turn, the whole anew where one was missed."""

    def __init__(self, viewer):
        self.viewer = viewer
        self._adopt(viewer.queue_now)

    def _adopt(self, message):
        self.v, self.skips, self.rows = message["v"], message["skips"], message["entries"]

    async def hear(self):
        self.last = message = await self.viewer.take()
        if message["type"] == "queue":
            self._adopt(message)
        if message["type"] == "queued" and message["from"] == self.v:
            put = tuple((place, row) for place, row in message["put"])
            self.rows = applied(self.rows, Delta(tuple(message["del"]), put, message["order"]))
            self.v, self.skips = message["v"], message["skips"]
        elif message["type"] == "queued" and message["v"] > self.v:
            await self.viewer.send("entries")

    async def until(self, holds):
        while not holds(self):
            await self.hear()

    @property
    def titles(self):
        return [row["title"] for row in self.rows]


@pytest.fixture
def readers(three):
    return [Reader(viewer) for viewer in three]


async def length(viewer, seconds):
    await viewer.send("meta", entry=viewer.state["entry"], duration=seconds, live=False, title=None)


async def test_what_one_adds_all_see_with_who_added_it(readers, ids):
    host, guest, third = readers
    answer = await guest.viewer.add(*FILMS[:2])
    assert answer["data"] == {"added": 2, "left": 0, "bad": []}
    for reader in (host, third):
        await reader.until(lambda reader: len(reader.rows) == 3)
    assert host.rows == third.rows == await _rows(guest.viewer)
    assert (host.rows[1]["title"], host.rows[1]["by"]) == ("Film 0", ids["guest"])


async def test_of_many_links_the_bad_ones_are_named_and_the_good_ones_kept(three):
    host, _, _ = three
    data = (await host.add(FILMS[0], "hello", FILMS[1], "ftp://x.example/a.mp4"))["data"]
    assert (data["added"], [place for place, *_ in data["bad"]]) == (2, [1, 3])
    assert all(reason.endswith(".") for _, reason, _ in data["bad"])


async def test_a_newcomer_gets_the_queue_as_it_is(three, owner, room):
    host, _, _ = three
    await host.add(*FILMS[:3])
    await host.queue("move", entry=(await _rows(host))[3]["id"], before=room.entry)
    later = await owner.enter(room.owner_socket)
    assert [row["title"] for row in later.queue_now["entries"]] == ["Film 2", "film", "Film 0", "Film 1"]


async def _rows(viewer):
    await viewer.send("entries")
    return (await viewer.next("queue"))["entries"]


async def test_an_act_sent_again_after_a_broken_line_counts_once(three, owner, room):
    host, _, _ = three
    request = {"id": "request-00001", "kind": "add", "links": [FILMS[0]], "where": "end"}
    await host.send("queue", **request)
    await host.next("done")
    again = await owner.enter(room.owner_socket)
    await again.send("queue", **request)
    assert (await again.next("refused"))["reason"] == "already"
    assert len(await _rows(again)) == 2


async def test_the_film_ends_and_the_next_one_comes_once_whoever_says_so(three, room):
    host, _, third = three
    await host.add(*FILMS[:2])
    await length(host, 10.0)
    await host.op("seek", pos=9.5)
    await host.until(2)
    await host.op("play")
    await third.until(3)
    for viewer in three:
        await viewer.send("end", entry=room.entry)
    await third.until(4)
    assert third.state["by"]["kind"] == "next"
    for viewer in three:
        await viewer.send("end", entry=room.entry)
        await viewer.echo()
    await third.send("get")
    assert (await third.next("st"))["v"] == 4


async def test_the_film_ends_by_the_clock_where_nobody_says_so(three, room):
    host, _, third = three
    await host.add(FILMS[0])
    await length(host, 10.0)
    await host.op("seek", pos=9.9)
    await host.until(2)
    await host.op("play")
    await third.until(4)
    assert (third.state["by"]["kind"], third.state["entry"] != room.entry) == ("next", True)


async def test_the_countdown_is_stopped_by_a_pause_and_cut_short_by_play(three, room):
    host, guest, _ = three
    await host.add(FILMS[0])
    await length(host, 10.0)
    await host.op("seek", pos=9.5)
    await host.until(2)
    await host.op("play")
    await host.until(3)
    await host.send("end", entry=room.entry)
    await guest.until(4)
    coming = guest.state["t"]
    await guest.op("pause", pos=0.0)
    await host.until(5)
    assert (host.state["playing"], host.state["pos"]) == (False, 0.0)
    await guest.op("play")
    await host.until(6)
    assert host.state["playing"]
    assert host.state["t"] < coming


async def test_everybody_votes_and_more_than_half_skip(three, room):
    host, guest, third = three
    await host.manage("set", field="votes", value=True)
    await host.manage("set", field="control", value="host")
    await host.add(*FILMS[:2])
    for viewer in three:
        await viewer.send("rdy", entry=room.entry, v=1, state="ready", s=None)
    second = (await _rows(host))[2]["id"]
    assert (await third.queue("vote", entry=second, on=True))["type"] == "done"
    assert [row.get("votes", 0) for row in await _rows(host)] == [0, 1, 0]
    await third.send("entries")
    assert (await third.next("voted"))["entries"] == [second]
    await guest.queue("voteskip", on=True)
    await third.queue("voteskip", on=True)
    await host.until(2)
    assert (host.state["entry"], host.state["by"]["kind"]) == (second, "skip")


async def test_what_plays_for_nobody_is_marked_once_the_last_one_says_so_and_skipped_if_the_host_wants(three, room):
    host, guest, third = three
    await host.add(FILMS[0])
    await third.send("rdy", entry=room.entry, v=1, state="ready", s=None)
    await third.echo()
    for viewer in (host, guest):
        await viewer.send("fault", entry=room.entry, reason="not-found")
        await viewer.echo()
    assert "fault" not in (await _rows(host))[0]
    await third.send("fault", entry=room.entry, reason="not-found")
    marked = await host.when(lambda message: message["type"] == "queued" and message["put"][0][1].get("fault"))
    assert marked["put"][0][1]["fault"] == "not-found"
    await third.send("rdy", entry=room.entry, v=1, state="ready", s=None)
    await host.when(lambda message: message["type"] == "queued" and "fault" not in message["put"][0][1])
    await host.manage("set", field="broken", value="skip")
    await third.send("fault", entry=room.entry, reason="not-found")
    await guest.until(2)
    assert (guest.state["entry"] != room.entry, guest.state["by"]["kind"]) == (True, "skip")


async def test_a_title_and_length_that_a_player_found_out_stand_in_everybodys_queue(readers):
    host, _, third = readers
    await length(host.viewer, 61.5)
    await third.until(lambda reader: reader.rows[0]["duration"] == 61.5)


async def test_acts_on_the_queue_stand_in_the_log(three, owner, room, ids):
    host, guest, _ = three
    await guest.add(*FILMS[:3])
    await host.queue("clear")
    later = await owner.enter(room.owner_socket)
    added, cleared = later.chat["log"][-2:]
    assert (added["kind"], added["by"]["id"], added["value"], added["count"]) == (
        "queue-add",
        ids["guest"],
        "Film 0",
        3,
    )
    assert (cleared["kind"], cleared["count"]) == ("queue-clear", 3)


@pytest.mark.parametrize("seed", range(3))
async def test_all_see_the_same_queue_after_any_acts_of_all_at_once(readers, owner, room, seed):
    chance = random.Random(seed)

    async def acting(reader):
        for _ in range(12):
            wish = {"id": secrets.token_urlsafe(9), **_wish(reader, chance)}
            for _ in range(chance.choice([1, 1, 2])):  # a retry counts once
                await reader.viewer.send("queue", **wish)
            await reader.hear()
        await reader.viewer.send("ck", seq=1, c0=0.0, rtt=None, v=0)  # answered in turn: after all acts of this line
        await reader.until(lambda reader: reader.last["type"] == "ck")

    await asyncio.gather(*map(acting, readers))
    newest = await owner.enter(room.owner_socket)
    truth = Reader(newest)
    wish = {"kind": "add", "links": ["https://media.example/Last.mp4"], "where": "end"}
    await newest.send("queue", id=secrets.token_urlsafe(9), **wish)
    await truth.until(lambda reader: "Last" in reader.titles)
    for reader in readers:
        await reader.until(lambda reader: reader.v >= truth.v)
        assert json.dumps(reader.rows) == json.dumps(truth.rows)
    names = [row["id"] for row in truth.rows]
    assert len(set(names)) == len(names)
    assert newest.state["entry"] in names


def _wish(reader, chance):
    entry = chance.choice(reader.rows)["id"]
    return chance.choice(
        [
            {"kind": "add", "links": chance.sample(FILMS, 2), "where": chance.choice(["end", "next", "now"])},
            {"kind": "move", "entry": entry, "before": chance.choice([None, chance.choice(reader.rows)["id"]])},
            {"kind": "remove", "entry": entry},
            {"kind": "shuffle"},
            {"kind": "back"},
            {"kind": "play", "entry": entry},
        ]
    )

"""The chat over real sockets and two workers: one order for all, each message once, whatever breaks meanwhile."""

import asyncio
import random

import pytest

from tests.people import Viewer


class Reader:
    """The chat as a client keeps it: a snapshot, then changes by version; at a gap it asks again."""

    def __init__(self, viewer: Viewer) -> None:
        self.take_over(viewer)

    def take_over(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self._adopt(viewer.chat)

    def _adopt(self, chat):
        self.v, self.items = chat["v"], {item["n"]: item for item in chat["items"]}

    async def read(self, message):
        if message["type"] == "chat":
            self._adopt(message)
        if message["type"] != "msg" or message["v"] <= self.v:
            return
        if message["v"] > self.v + 1:
            await self.viewer.send("past", before=None)
            return
        self.v, self.items[message["item"]["n"]] = message["v"], message["item"]

    async def until(self, count):
        while len(self.items) < count:
            await self.read(await self.viewer.take())

    @property
    def story(self):
        return [(n, self.items[n]["user"], self.items[n]["text"]) for n in sorted(self.items)]


@pytest.mark.parametrize("seed", range(4))
async def test_all_read_the_same_story_with_broken_lines_and_words_said_again(live, three, owner, guest, room, seed):
    chance = random.Random(seed)
    readers = [Reader(viewer) for viewer in three]
    messages = [(number % 3, f"message-{seed}-{number:03}", f"Line {number}") for number in range(24)]
    sent = sorted([*messages, *chance.sample(messages, 12)], key=lambda message: message[1] + chance.choice("ab"))
    for place, message_id, text in sent:
        await readers[place].viewer.send("say", id=message_id, text=text, re=None, at=[])
        if chance.random() < 0.1:
            who = chance.choice([(0, owner, room.owner_socket), (1, guest, room.guest_socket)])
            readers[who[0]].viewer.connection.transport.abort()
            live.prefer(chance.randrange(2))
            readers[who[0]].take_over(await who[1].enter(who[2]))
    for place, message_id, text in messages:  # what a broken line may have swallowed is sent once more
        await readers[place].viewer.send("say", id=message_id, text=text, re=None, at=[])
        await asyncio.sleep(0.06)  # ten a second, as the server allows
    await asyncio.gather(*(reader.until(24) for reader in readers))
    assert readers[0].story == readers[1].story == readers[2].story
    assert sorted(text for _, _, text in readers[0].story) == sorted(text for _, _, text in messages)


async def test_a_newcomer_reads_what_was_said_and_looks_further_back(owner, guest, room):
    tabs = [await owner.enter(room.owner_socket) for _ in range(8)]  # each may say twenty things at once
    for number in range(110):
        await tabs[number % 8].say(f"Line {number}")
    newcomer = await guest.enter(room.guest_socket)
    newest = [item["text"] for item in newcomer.chat["items"]]
    assert newest == [f"Line {number}" for number in range(10, 110)]
    await newcomer.send("past", before=newcomer.chat["items"][0]["n"])
    older = await newcomer.next("past")
    assert ([item["text"] for item in older["items"]], older["first"]) == ([f"Line {n}" for n in range(10)], 1)


async def test_a_message_says_who_when_and_where_in_the_film(three, ids):
    host, guest, _ = three
    await host.op("seek", pos=42.0)
    await guest.until(2)
    said = await guest.say("/me points", at=[ids["owner"]], re=None)
    assert (said["user"], said["pos"], said["text"], said["me"], said["at"]) == (
        ids["guest"],
        42.0,
        "points",
        True,
        [ids["owner"]],
    )


async def test_editing_deleting_and_reacting_reach_everybody(three, ids):
    host, guest, third = three
    said = await guest.say("Helo")
    assert (await guest.change("edit", n=said["n"], text="Hello"))["type"] == "done"
    assert (await third.change("edit", n=said["n"], text="Bye"))["reason"] == "not-allowed"
    assert (await third.change("mark", n=said["n"], emoji="👍", on=True))["type"] == "done"
    assert (await third.change("mark", n=said["n"], emoji="<b>", on=True))["reason"] == "bad-value"
    assert (await third.change("del", n=said["n"]))["reason"] == "not-allowed"
    seen = await host.when(lambda message: message["type"] == "msg" and message["item"].get("marks"))
    assert (seen["item"]["text"], seen["item"]["edited"]) == ("Hello", True)
    assert seen["item"]["marks"] == {"👍": [ids["stranger"]]}
    await host.change("del", n=said["n"])
    gone = await guest.when(lambda message: message["type"] == "msg" and message["item"].get("gone"))
    assert (gone["item"]["gone"], gone["item"]["text"]) == ("mod", "")
    assert (await guest.change("del", n=999))["reason"] == "unknown"


@pytest.mark.parametrize(("text", "kept"), [("  Hi\u202e\n there  ", "Hi there"), ("x" * 800, "x" * 500)])
async def test_text_is_cleaned_and_cut(three, text, kept):
    assert (await three[1].say(text))["text"] == kept


@pytest.mark.parametrize("text", ["", "   ", "\u202e\u200b", "/me "])
async def test_nothing_said_is_refused(three, text):
    assert (await three[1].say(text))["reason"] == "empty"


async def test_who_types_and_what_floats_is_seen_by_the_others(three, ids):
    host, guest, _ = three
    await guest.send("typing")
    assert (await host.next("typing"))["people"][0][0] == ids["guest"]
    await guest.send("emote", emoji="🎉")
    assert (await host.next("float"))["items"] == [[ids["guest"], "🎉"]]
    await guest.send("emote", emoji="<b>")
    assert (await guest.next("refused"))["reason"] == "bad-value"
    assert (await host.when(lambda message: message["type"] == "typing"))["people"] == []


async def test_acts_on_the_film_are_in_the_log_of_those_who_come_later(three, owner, room, ids):
    host, guest, _ = three
    await guest.op("seek", pos=30.0)
    await host.until(2)
    later = await owner.enter(room.owner_socket)
    act = later.chat["log"][-1]
    assert (act["kind"], act["by"]["id"], act["from"], act["to"], act["v"]) == ("seek", ids["guest"], 0.0, 30.0, 2)


async def test_chat_for_the_host_alone_is_refused_to_others(three):
    host, guest, _ = three
    await host.manage("set", field="chat", value="host")
    assert (await guest.say("May I?"))["reason"] == "not-allowed"
    await guest.send("emote", emoji="🎉")
    assert (await guest.next("refused"))["reason"] == "not-allowed"
    assert (await host.say("No"))["text"] == "No"


async def test_whoever_may_not_chat_is_not_shown_typing(three, ids):
    host, guest, third = three
    await host.manage("mute", user=ids["guest"], on=True)
    await guest.when(lambda message: message["type"] == "you" and message["muted"])
    await guest.send("typing")
    await third.send("typing")
    shown = await host.when(lambda message: message["type"] == "typing" and message["people"])
    assert [person[0] for person in shown["people"]] == [ids["stranger"]]


async def test_helpers_delete_what_viewers_say_but_not_what_the_host_says(three, ids):
    host, guest, third = three
    await host.manage("helper", user=ids["guest"], on=True)
    await guest.when(lambda message: message["type"] == "you" and message["role"] == "helper")
    mine, theirs = await host.say("from the host"), await third.say("from a viewer")
    assert (await guest.change("del", n=mine["n"]))["reason"] == "protected"
    assert (await guest.change("del", n=theirs["n"]))["type"] == "done"

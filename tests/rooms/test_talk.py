"""What a process knows of a chat: whatever is dropped, doubled or late, all end with the same messages."""

import json
import random

import pytest

from rooms.domain.chat import MESSAGES
from rooms.talk import FLOATS, NAMES, TYPING, Snapshot, Talk


def item(n, text="Hello"):
    return {
        "n": n,
        "id": f"message-{n:04}",
        "user": 7,
        "name": "Ada",
        "color": "teal",
        "t": n,
        "pos": None,
        "text": text,
    }


def event(v, n=None, text="Hello"):
    return {"kind": "msg", "v": v, "item": item(n or v, text)}


def messages(frames):
    return [json.loads(frame[frame.index(b'{"type"') :]) for frame in frames]


def shown(talk):
    return messages([talk.frame()])[0]


def test_what_is_new_is_told_and_kept():
    talk = Talk()
    frames, gap = talk.hear(event(1))
    assert (messages(frames), gap) == ([{"type": "msg", "v": 1, "item": item(1)}], False)
    assert shown(talk)["items"] == [item(1)]


def test_what_is_old_is_not_told_again():
    talk = Talk(v=5)
    assert talk.hear(event(5)) == ([], False)


def test_a_gap_is_noticed_and_nothing_is_told_out_of_order():
    talk = Talk()
    assert talk.hear(event(2)) == ([], True)
    assert shown(talk)["v"] == 0


def test_a_newcomer_gets_a_hundred_messages_in_one_frame_that_is_built_once():
    talk = Talk()
    for v in range(1, 151):
        talk.hear(event(v))
    assert [one["n"] for one in shown(talk)["items"]] == list(range(51, 151))
    assert talk.frame() is talk.frame()


def test_a_change_of_a_message_that_is_too_old_for_newcomers_is_told_all_the_same():
    talk = Talk()
    for v in range(1, 151):
        talk.hear(event(v))
    frames, _ = talk.hear(event(151, n=3, text="Edited"))
    assert messages(frames)[0]["item"]["text"] == "Edited"
    assert 3 not in [one["n"] for one in shown(talk)["items"]]


def test_clearing_hides_and_bringing_back_asks_the_store():
    talk = Talk()
    talk.hear(event(1))
    frames, gap = talk.hear({"kind": "clear", "v": 2, "cleared": 1})
    assert (messages(frames), gap) == ([{"type": "clear", "v": 2, "cleared": 1}], False)
    assert (shown(talk)["items"], shown(talk)["first"]) == ([], 2)
    assert talk.hear({"kind": "clear", "v": 3, "cleared": 0})[1]


def test_acts_on_the_film_are_noted_for_newcomers_and_not_told():
    talk = Talk()
    talk.note({"kind": "play", "v": 2})
    assert shown(talk)["log"] == [{"kind": "play", "v": 2}]


def test_who_types_is_told_when_that_changes_and_ends_by_itself():
    talk = Talk()
    for user in range(5):
        talk.hear({"kind": "typing", "user": user, "name": f"Person {user}"})
    assert len(messages(talk.lively(10.0))[0]["people"]) == NAMES
    assert talk.lively(10.25) == []
    assert messages(talk.lively(10.0 + TYPING)) == [{"type": "typing", "people": []}]


def test_floats_go_out_together_and_no_more_than_a_dozen():
    talk = Talk()
    for user in range(40):
        talk.hear({"kind": "float", "user": user, "emoji": "🎉"})
    told = messages(talk.lively(1.0))
    assert len(told[0]["items"]) == FLOATS
    assert talk.lively(1.25) == []


def test_what_the_ring_has_let_go_is_not_promised_to_newcomers():
    talk = Talk()
    for v in range(1, MESSAGES + 21):
        talk.hear(event(v))
    assert shown(talk)["first"] == 21


class Told:
    """A store as a list of readings, one a version, and the event that led to each."""

    def __init__(self, chance):
        self.chance, self.items, self.cleared, self.before = chance, {}, 0, 0
        self.readings, self.events = [Snapshot(0, 1, [], [])], []
        for v in range(1, 60):
            made = chance.choice([self._say, self._say, self._say, self._change, self._clear, self._restore])(v)
            self.events.append(made | {"v": v})
            here = [one for n, one in sorted(self.items.items()) if n > self.cleared]
            self.readings.append(Snapshot(v, self.cleared + 1, here, []))

    def _say(self, v):
        return self._put(max(self.items, default=0) + 1, v)

    def _change(self, v):
        there = [n for n in self.items if n > self.cleared]
        return self._put(self.chance.choice(there), v) if there else self._say(v)

    def _put(self, n, v):
        self.items[n] = item(n, f"version {v}")
        return {"kind": "msg", "item": self.items[n]}

    def _clear(self, v):
        self.before, self.cleared = self.cleared, max(self.items, default=0)
        return {"kind": "clear", "cleared": self.cleared}

    def _restore(self, v):
        self.cleared = self.before
        return {"kind": "clear", "cleared": self.cleared}


@pytest.mark.parametrize("seed", range(100))
def test_processes_that_miss_double_and_mix_events_end_the_same(seed):
    chance = random.Random(seed)
    told = Told(chance)
    newest = told.readings[-1]
    for talk in [Talk() for _ in range(3)]:
        heard = [one for one in told.events for _ in range(chance.choice([0, 1, 1, 1, 1, 2]))]
        for one in sorted(heard, key=lambda one: one["v"] + chance.choice([0, 0, 0, 3])):
            if talk.hear(one)[1]:
                talk.adopt(told.readings[chance.randint(one["v"], newest.v)])
            assert holds(talk, told.readings[talk.v])
        if talk.v != newest.v:  # what the look at the versions finds
            talk.adopt(newest)
        assert holds(talk, newest)


def holds(talk, reading):
    return (shown(talk)["v"], shown(talk)["first"], shown(talk)["items"]) == (reading.v, reading.first, reading.items)

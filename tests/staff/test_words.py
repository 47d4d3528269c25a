"""What the admin says of rooms and what happened, as sentences."""

import re
from pathlib import Path

import pytest

from rooms.domain.manage import KINDS
from rooms.domain.playback import Hold
from rooms.domain.presence import STATES, Person
from wewatch.staff import words

ADA, BEN = {"id": 1, "name": "Ada", "color": "teal"}, {"id": 2, "name": "Ben"}
EVENTS_JS = Path(__file__).parents[2] / "static" / "js" / "ui" / "chat" / "events.js"


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ({"kind": "play", "by": ADA}, "Ada pressed play"),
        ({"kind": "back", "by": None}, "The room gave the host's place back"),
        ({"kind": "mute", "by": ADA, "who": BEN, "value": True}, "Ada muted Ben"),
        ({"kind": "mute", "by": ADA, "who": BEN, "value": False}, "Ada unmuted Ben"),
        ({"kind": "helper", "by": ADA, "who": BEN, "value": True}, "Ada made a helper of Ben"),
        ({"kind": "grant", "by": ADA, "who": BEN, "value": False}, "Ada gave the remote to Ben for now"),
        ({"kind": "set", "by": ADA, "field": "locked", "value": True}, "Ada set locked to on"),
        ({"kind": "set", "by": ADA, "field": "slow", "value": 5}, "Ada set slow to 5"),
        ({"kind": "video", "by": ADA, "value": "Alpha"}, "Ada changed the video Alpha"),
        ({"kind": "from the future", "by": ADA}, "Ada from the future"),
    ],
)
def test_an_item_of_the_log_is_a_sentence(item, sentence):
    assert words.event(item) == sentence


def test_every_kind_that_the_chat_knows_is_known_here():
    text = EVENTS_JS.read_text().split("const WORDS = {")[1].split("\n};")[0]
    kinds = set(re.findall(r"^  '?([a-z-]+)'?: \(", text, re.MULTILINE)) | set(KINDS)
    assert kinds - {"join", "leave"} == {*words.EVENT, *words.SWITCHED}


def test_every_state_of_a_person_is_known():
    assert set(words.PERSON) == set(STATES)
    assert words.person(Person(1, "Ada", "teal", "behind", 4)) == "behind by 4 s"
    assert words.person(Person(1, "Ada", "teal")) == "in sync"


@pytest.mark.parametrize(
    ("people", "playing", "locked", "closed", "text"),
    [
        (0, True, False, False, "empty"),
        (2, True, False, False, "playing"),
        (2, False, True, False, "paused, locked"),
        (0, False, True, True, "empty, locked, closed"),
    ],
)
def test_a_rooms_state_in_words(people, playing, locked, closed, text):
    assert words.state(people, playing, locked, closed) == text


def test_a_wait_in_words():
    assert words.hold(None) == ""
    assert words.hold(Hold("ready", (1, 2))) == "a ready check of 2"
    assert words.hold(Hold("wait", (1,))) == "1 who buffer"

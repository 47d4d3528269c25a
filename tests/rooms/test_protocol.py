"""The wire protocol: what is let in, what is refused, and that its three descriptions agree."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms import protocol
from rooms.domain.manage import KINDS
from rooms.domain.playback import By, Playback
from rooms.domain.queue_acts import KINDS as QUEUE_KINDS
from rooms.protocol import client, messages
from wewatch.bootstrap.install import node

ROOT = Path(__file__).parents[2]
SAY = {"type": "say", "id": "message-1", "text": "Hi {[ {[ there", "re": None, "at": [7]}
ADD = {"type": "queue", "id": "request-1", "kind": "add", "links": [], "where": "end"}
CK = {"type": "ck", "seq": 1, "c0": 12.5, "rtt": 9, "v": 0}
OP = {"type": "op", "id": "op-00001", "v": 3, "entry": "e1", "kind": "pause", "pos": 12.5}


def with_(**fields):
    return json.dumps({**OP, **fields})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": "ck", "seq": 1, "c0": 12.5, "rtt": None, "v": 0}, messages.Ck(1, 12.5, None, 0)),
        ({"type": "ck", "seq": 1, "c0": 1, "rtt": 9, "v": 0, "drift": -40}, messages.Ck(1, 1, 9, 0, -40)),
        (OP, messages.Op("op-00001", 3, "e1", "pause", pos=12.5)),
        ({**OP, "pos": 3}, messages.Op("op-00001", 3, "e1", "pause", pos=3)),
        ({"type": "end", "entry": "e1"}, messages.End("e1")),
        (
            {"type": "meta", "entry": "e1", "duration": 60.5, "live": False, "title": "A"},
            messages.Meta("e1", 60.5, False, "A"),
        ),
        ({"type": "get"}, messages.Get()),
        ({"type": "me"}, messages.Me()),
        ({"type": "rdy", "entry": "e1", "v": 3, "state": "behind", "s": 2.5}, messages.Rdy("e1", 3, "behind", 2.5)),
        (SAY, messages.Say("message-1", "Hi {[ {[ there", None, [7])),
        ({"type": "edit", "id": "request-1", "n": 4, "text": "Hi"}, messages.Edit("request-1", 4, "Hi")),
        ({"type": "del", "id": "request-1", "n": 4}, messages.Del("request-1", 4)),
        (
            {"type": "mark", "id": "request-1", "n": 4, "emoji": "👍", "on": True},
            messages.Mark("request-1", 4, "👍", True),
        ),
        ({"type": "past", "before": None}, messages.Past(None)),
        ({"type": "crowd", "from": 100}, messages.Crowd(100)),
        (
            {"type": "manage", "id": "request-1", "kind": "set", "field": "locked", "value": True},
            messages.Manage("request-1", "set", field="locked", value=True),
        ),
        ({"type": "manage", "id": "request-1", "kind": "ban", "user": 7}, messages.Manage("request-1", "ban", user=7)),
        (
            {"type": "queue", "id": "request-1", "kind": "add", "links": ["https://x.example/a.mp4"], "where": "now"},
            messages.Queue("request-1", "add", links=["https://x.example/a.mp4"], where="now"),
        ),
        (
            {"type": "queue", "id": "request-1", "kind": "move", "entry": "e2", "before": None},
            messages.Queue("request-1", "move", entry="e2"),
        ),
        ({"type": "entries"}, messages.Entries()),
        ({"type": "fault", "entry": "e1", "reason": "not-found"}, messages.Fault("e1", "not-found")),
    ],
)
def test_every_message_of_a_client_is_understood(fields, expected):
    assert protocol.parse(json.dumps(fields)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "1",
        "{",
        "{}",
        '{"type":"nope"}',
        '{"type":["op"]}',
        '{"type":"get","extra":1}',
        '{"type":"get","type":"me"}',
        json.dumps({**CK, "drift": 60_001}),
        json.dumps({**CK, "drift": 1.5}),
        json.dumps({**CK, "drift": None}),
        json.dumps({**CK, "lag": 1}),
        '{"type":"ck","drift":1}',
        with_(pos="12"),
        with_(pos=True),
        with_(pos=None),
        with_(pos=10**16),
        with_(v=-1),
        with_(v=1.0),
        with_(v=10**15),
        with_(id="short"),
        with_(id="x" * 33),
        with_(id="op 00001"),
        with_(id=12345678),
        with_(entry="e" * 33),
        with_(kind="toggle"),
        with_(kind="play"),
        with_(kind="rate"),
        with_(kind=["pause"]),
        with_(rate=1.0),
        json.dumps({**OP, "pos": [1]}),
        '{"type":"op","id":"op-00001","v":3,"entry":"e1","kind":"pause","pos":NaN}',
        '{"type":"op","id":"op-00001","v":3,"entry":"e1","kind":"pause","pos":-Infinity}',
        '{"type":"op","id":"op-00001","v":3,"entry":"e1","kind":"pause","pos":1e999}',
        '{"type":"end","entry":"' + "e" * 5000 + '"}',
        '{"type":"end","entry":"' + "é" * 2040 + '"}',
        "[" * 2000,
        '{"type":"get","a":' * 400 + "1" + "}" * 400,
        "\ud800",
        json.dumps({**SAY, "at": list(range(11))}),
        json.dumps({**SAY, "at": [[1]]}),
        json.dumps({**SAY, "at": ["7"]}),
        json.dumps({**SAY, "at": 7}),
        json.dumps({**SAY, "text": "x" * 2001}),
        json.dumps({**SAY, "text": ["x"]}),
        json.dumps({**SAY, "re": -1}),
        '{"type":"rdy","entry":"e1","v":3,"state":"dancing","s":null}',
        '{"type":"manage","id":"request-1","kind":"ban"}',
        json.dumps({**ADD, "links": ["x"] * 101}),
        json.dumps({**ADD, "links": "https://x.example/a.mp4"}),
        json.dumps({**ADD, "links": [7]}),
        json.dumps({**ADD, "where": "first"}),
        json.dumps({**ADD, "entry": "e1"}),
        '{"type":"fault","entry":"e1","reason":"boredom"}',
        '{"type":"manage","id":"request-1","kind":"ban","user":7,"on":true}',
        '{"type":"manage","id":"request-1","kind":"set","field":"control","value":["host"]}',
        '{"type":"manage","id":"request-1","kind":"set","field":"control","value":null}',
        '{"type":"manage","id":"request-1","kind":"__class__"}',
    ],
)
def test_what_is_no_message_is_refused(text):
    with pytest.raises(protocol.BadMessage):
        protocol.parse(text)


@pytest.mark.parametrize("rate", [0.2, 2.1, 0, -1])
def test_absurd_rates_are_refused(rate):
    with pytest.raises(protocol.BadMessage):
        protocol.parse(
            json.dumps({"type": "op", "id": "op-00001", "v": 3, "entry": "e1", "kind": "rate", "rate": rate})
        )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "id",
        "v",
        "entry",
        "kind",
        "pos",
        "rate",
        "seq",
        "drift",
        "c0",
        "rtt",
        "duration",
        "live",
        "title",
        "text",
        "at",
        "n",
        "user",
    ]
)
NEAR = st.fixed_dictionaries({"type": st.sampled_from([*protocol.FROM_CLIENT, "st", ""])}, optional={}).flatmap(
    lambda base: st.dictionaries(FIELDS, JSON, max_size=6).map(lambda more: base | more)
)


@settings(max_examples=3000)
@given(st.one_of(JSON, NEAR))
def test_any_json_is_a_sound_message_or_refused(value):
    try:
        message = protocol.parse(json.dumps(value))
    except protocol.BadMessage:
        return
    assert type(message) in {kind for kind, _ in protocol.FROM_CLIENT.values()}


def test_a_state_is_about_two_hundred_bytes():
    playback = Playback(
        "a1b2c3d4", v=12, pos=1234.56789, playing=True, t=1_800_000_000_000.25, by=By(7, "abcdefgh", "play")
    )
    fields = json.loads(protocol.state(playback, "cafebabe"))
    assert tuple(fields) == ("type", *protocol.FROM_SERVER["st"])
    assert fields["pos"] == 1234.5679
    assert len(protocol.state(playback, "cafebabe")) < 220


def _documented(heading: str) -> set[str]:
    page = (ROOT / "docs" / "protocol.md").read_text()
    section = page.split(f"## {heading}")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) - {"type"}  # the table's head


def test_the_page_the_server_and_the_browser_know_the_same_messages():
    script = (
        "import('./static/js/net/protocol.js').then(p => console.log(JSON.stringify([p.FROM_CLIENT, p.FROM_SERVER])))"
    )
    ran = subprocess.run([node().program, "-e", script], cwd=ROOT, capture_output=True, text=True, check=True)
    from_client, from_server = json.loads(ran.stdout)
    server_side = {name: {*checks} for name, (_, checks) in protocol.FROM_CLIENT.items()}
    assert {name: {*fields} for name, fields in from_client.items()} == server_side
    assert {name: {*fields} for name, fields in from_server.items()} == {
        name: set(fields) for name, fields in protocol.FROM_SERVER.items()
    }
    assert _documented("From the client") == set(protocol.FROM_CLIENT)
    assert _documented("From the server") == set(protocol.FROM_SERVER)
    assert _documented("Acts of hosts and helpers") == set(client.MANAGE)
    assert _documented("Acts on the queue") == set(client.QUEUE)


def test_every_act_of_a_host_has_a_rule():
    assert set(client.MANAGE) == {*KINDS, "list"}  # which has rules of its own


def test_every_act_on_the_queue_has_a_rule():
    assert set(client.QUEUE) == {*QUEUE_KINDS, "list", "save"}  # which have rules of their own

"""What tells that the store lost something that was seen: versions, and what took the place of a lost one."""

import json
from dataclasses import asdict, replace

import msgpack
import pytest

from rooms.domain.playback import By, Hold, Playback, revived
from rooms.services.chores import went_back
from rooms.store import codec
from rooms.store.rooms import Versions

HAD = Versions("e", Playback("1", v=5, pos=10.1, t=1e12 / 3, by=By(7, "op", "seek", 3.25)), rules=3, chat=9, queue=4)


@pytest.mark.parametrize(
    ("changes", "back"),
    [
        ({}, False),
        ({"playback": replace(HAD.playback, v=6, pos=0)}, False),
        ({"rules": 4, "queue": 5}, False),
        ({"chat": 8}, True),  # a browser takes an older chat only in a new epoch
        ({"chat": 10}, False),
        ({"playback": replace(HAD.playback, v=4)}, True),
        ({"rules": 2}, True),
        ({"queue": 3}, True),
        ({"playback": replace(HAD.playback, by=By(8, "other", "seek", 3.25))}, True),
        ({"playback": replace(HAD.playback, v=4), "epoch": "f"}, False),  # somebody has told already
    ],
)
def test_a_store_that_went_back_is_noticed(changes, back):
    assert went_back(HAD, replace(HAD, **changes)) is back


@pytest.mark.parametrize("hold", [None, Hold("wait", (7, 8), 1e12 / 7), Hold("ready", (7,))])
def test_a_state_is_the_same_by_way_of_the_channel_layer_and_of_the_store(hold):
    playback = replace(HAD.playback, hold=hold)
    told = revived(msgpack.unpackb(msgpack.packb(asdict(playback))))
    assert told == codec.load_playback(json.dumps(asdict(playback))) == playback

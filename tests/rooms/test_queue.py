"""Acts on the queue as values: what each does, and who may."""

from dataclasses import replace

import pytest

from rooms.domain.playback import UNDO, Act
from rooms.domain.playback import apply as play
from rooms.domain.queue import ENTRIES
from rooms.domain.queue_acts import KINDS
from tests.rooms.queues import AHEAD, do, entry, ids, queued, refusal
from tests.rooms.worlds import HELPER, HOST, NOW, OTHER, VIEWER, room


@pytest.mark.parametrize(
    ("where", "expected", "plays"),
    [("end", ["e1", "a", "x", "y"], "e1"), ("next", ["e1", "x", "y", "a"], "e1"), ("now", ["e1", "x", "y", "a"], "x")],
)
def test_entries_are_added_at_the_end_next_or_to_play_now(where, expected, plays):
    after = do(queued("a"), "add", entries=(entry("x"), entry("y")), where=where)
    assert (ids(after), after.playback.entry, after.queue_v) == (expected, plays, 2)


def test_the_same_video_twice_is_two_entries():
    after = do(queued("a"), "add", entries=(replace(entry("a"), id="b"),))
    assert ids(after) == ["e1", "a", "b"]


def test_a_full_queue_takes_as_many_as_there_is_room_for_and_then_none():
    nearly = queued(*(f"n{number}" for number in range(ENTRIES - 2)))
    full = do(nearly, "add", entries=(entry("x"), entry("y")))
    assert (len(full.queue), ids(full)[-1]) == (ENTRIES, "x")
    assert refusal(full, "add", entries=(entry("y"),)) == "full"


@pytest.mark.parametrize(
    ("before", "expected"),
    [("e1", ["c", "e1", "a", "b"]), ("b", ["e1", "a", "c", "b"]), ("a", ["e1", "c", "a", "b"])],
)
def test_an_entry_is_moved_before_another(before, expected):
    assert ids(do(queued("a", "b", "c"), "move", entry="c", before=before)) == expected


def test_an_entry_is_moved_to_the_end():
    assert ids(do(queued("a", "b", "c"), "move", entry="a", before=None)) == ["e1", "b", "c", "a"]


def test_what_plays_can_be_moved_and_plays_on():
    after = do(queued("a", "b"), "move", entry="e1", before="b")
    assert (ids(after), after.playback) == (["a", "e1", "b"], room().playback)


def test_shuffling_leaves_what_was_played_and_what_plays_in_place():
    names = [f"n{number}" for number in range(20)]
    of = do(queued(*names), "play", entry="n3")
    after = do(of, "shuffle", seed="chance")
    assert ids(after)[:5] == ids(of)[:5]
    assert sorted(ids(after)) == sorted(ids(of))
    assert ids(after) != ids(of)


def test_a_jump_plays_another_entry_from_its_start():
    of = queued("a", "b")
    after = do(replace(of, queue=(*of.queue[:2], replace(of.queue[2], start=12.0))), "play", entry="b")
    assert (after.playback.entry, after.playback.pos, after.playback.playing) == ("b", 12.0, True)
    assert (after.playback.by.kind, after.playback.by.was, after.playback.by.entry) == ("video", 10.0, "e1")


def test_skipping_goes_to_the_entry_below_and_is_taken_back():
    after = do(queued("a", "b"), "skip")
    assert (after.playback.entry, after.playback.by.kind) == ("a", "skip")
    undo = Act(HOST, "op-00002", after.playback.v, "a", "undo")
    back = play(after.playback, undo, NOW + 1000, 60.0, AHEAD)
    assert (back.entry, back.pos, back.playing) == ("e1", 10.0, True)


def test_below_the_last_entry_there_is_nothing_unless_the_queue_goes_round():
    last = do(queued("a"), "play", entry="a")
    assert refusal(last, "skip", op="op-00002") == "nothing-next"
    assert do(replace(last, rules=replace(last.rules, loop="all")), "skip").playback.entry == "e1"


def test_taking_out_what_plays_goes_on_below_else_above():
    of = queued("a", "b")
    assert do(of, "remove", entry="e1").playback.entry == "a"
    assert do(do(of, "play", entry="b"), "remove", entry="b", op="op-00002").playback.entry == "a"


def test_the_last_entry_stays():
    assert refusal(queued(), "remove", entry="e1") == "last"


def test_clearing_leaves_what_plays_and_both_kinds_of_removal_are_taken_back():
    of = do(queued("a", "b", "c"), "play", entry="a")
    cleared = do(of, "clear", op="op-00002")
    assert ids(cleared) == ["a"]
    assert ids(do(cleared, "back", op="op-00003", now=NOW + UNDO)) == ["e1", "a", "b", "c"]
    removed = do(of, "remove", entry="b", op="op-00002")
    assert ids(do(removed, "back", op="op-00003")) == ["e1", "a", "b", "c"]


def test_a_removal_is_taken_back_once_and_not_for_ever():
    cleared = do(queued("a"), "clear")
    assert refusal(cleared, "back", now=NOW + UNDO + 1, op="op-00002") == "too-late"
    assert refusal(do(cleared, "back", op="op-00002"), "back", op="op-00003") == "too-late"


def test_what_is_taken_back_must_still_find_room():
    full = queued(*(f"n{number}" for number in range(ENTRIES - 1)))
    again = do(do(full, "remove", entry="n0"), "add", entries=(entry("x"),), op="op-00002")
    assert refusal(again, "back", op="op-00003") == "full"


def test_an_entry_begins_where_somebody_says():
    after = do(queued("a"), "start", entry="a", start=30.0)
    assert after.queue[1].start == 30.0
    assert refusal(after, "start", entry="a", start=61.0, op="op-00002") == "bad-position"
    assert refusal(after, "start", entry="a", start=float("nan"), op="op-00002") == "bad-position"


def test_another_video_takes_the_place_of_one():
    of = queued("a", "b")
    assert ids(do(of, "replace", entry="a", entries=(entry("x"),))) == ["e1", "x", "b"]
    playing = do(of, "replace", entry="e1", entries=(entry("x"),))
    assert (ids(playing), playing.playback.entry, playing.playback.pos) == (["x", "a", "b"], "x", 0.0)


def test_an_act_counts_once():
    of = replace(queued("a"), ops=("op-00001",))
    assert refusal(of, "clear") == "already"


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"add", "clear", "back", "skip", "shuffle", "voteskip"}))
def test_what_is_not_in_the_queue_is_unknown(kind):
    assert refusal(queued("a", votes=kind == "vote"), kind, entry="nope") == "unknown"


WITHOUT = {"control": "host", "queue": "host"}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("add", {"entries": (entry("x"),)}),
        ("play", {"entry": "a"}),
        ("skip", {}),
        ("move", {"entry": "b", "before": "a"}),
        ("remove", {"entry": "a"}),
        ("clear", {}),
        ("shuffle", {}),
        ("start", {"entry": "a", "start": 3.0}),
        ("replace", {"entry": "a", "entries": (entry("x"),)}),
    ],
)
def test_without_remote_and_queue_nobody_changes_anything(kind, fields):
    of = queued("a", "b", **WITHOUT)
    assert refusal(of, kind, user=VIEWER, **fields) == "not-allowed"
    assert refusal(of, kind, user=HELPER, **fields) == "not-allowed"
    assert do(of, kind, **fields).queue_v + do(of, kind, **fields).playback.v > of.queue_v + of.playback.v


def test_who_may_add_changes_their_own_entries_and_no_others():
    of = queued("a", control="host")
    assert ids(do(of, "remove", user=VIEWER, entry="a")) == ["e1"]
    assert refusal(of, "remove", user=OTHER, entry="a") == "not-allowed"
    assert refusal(of, "add", user=VIEWER, entries=(entry("x"),), where="next") == "not-allowed"


def test_whoever_took_something_out_takes_it_back_and_others_need_the_remote():
    removed = do(queued("a", control="host"), "remove", user=VIEWER, entry="a")
    assert refusal(removed, "back", user=OTHER, op="op-00002") == "not-allowed"
    assert ids(do(removed, "back", user=VIEWER, op="op-00002")) == ["e1", "a"]

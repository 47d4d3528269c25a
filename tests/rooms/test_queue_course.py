"""The course of a queue: votes, the end of a film, videos that don't play, and what no sequence of acts can do to it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.domain.errors import Refused
from rooms.domain.playback import Act, Playback, position_at
from rooms.domain.playback import apply as play
from rooms.domain.queue import COUNTDOWN, ENTRIES, broken, ended, following, mended
from rooms.domain.queue_acts import KINDS
from tests.rooms.queues import AHEAD, END, do, entry, ids, queued, refusal
from tests.rooms.worlds import HELPER, HOST, NOW, OTHER, VIEWER


def test_votes_decide_what_comes_next_and_equals_keep_their_order():
    of = queued("a", "b", "c", votes=True)
    one = do(of, "vote", user=VIEWER, entry="c")
    assert ids(one) == ["e1", "c", "a", "b"]
    two = do(do(one, "vote", user=OTHER, entry="b", op="op-00002"), "vote", user=HOST, entry="b", op="op-00003")
    assert ids(two) == ["e1", "b", "c", "a"]
    assert ids(do(two, "vote", user=HOST, entry="b", on=False, op="op-00004")) == ["e1", "b", "c", "a"]


def test_a_vote_counts_once_a_person():
    voted = do(queued("a", votes=True), "vote", user=VIEWER, entry="a")
    assert refusal(voted, "vote", user=VIEWER, entry="a", op="op-00002") == "already"
    assert len(voted.queue[1].votes) == 1


def test_votes_are_used_up_when_their_entry_plays():
    voted = do(queued("a", "b", votes=True), "vote", user=VIEWER, entry="b")
    after = do(voted, "skip", op="op-00002")
    assert (after.playback.entry, after.current.votes) == ("b", ())


def test_a_jump_over_entries_with_fewer_votes_keeps_them_to_come():
    after = do(queued("a", "b", "c", votes=True), "play", entry="c")
    assert (ids(after), after.playback.entry) == (["e1", "c", "a", "b"], "c")


def test_without_the_rule_nobody_votes_and_with_it_nobody_moves():
    assert refusal(queued("a"), "vote", user=VIEWER, entry="a") == "no-votes"
    assert refusal(queued("a"), "voteskip", user=VIEWER) == "no-votes"
    assert refusal(queued("a", "b", votes=True), "move", entry="b", before="a") == "by-votes"


def test_more_than_half_of_those_here_skip_and_who_left_does_not_count():
    here = frozenset({HOST, HELPER, VIEWER})
    of = queued("a", votes=True, control="host")
    one = do(of, "voteskip", user=VIEWER, present=here)
    assert (one.playback.entry, one.skips) == ("e1", (VIEWER,))
    left = do(one, "voteskip", user=OTHER, present=frozenset({HOST, HELPER, OTHER}), op="op-00002")
    assert left.skips == (OTHER,)
    two = do(one, "voteskip", user=HELPER, present=here, op="op-00002")
    assert (two.playback.entry, two.skips, two.playback.by.kind) == ("a", (), "skip")


def test_a_vote_to_skip_is_taken_back():
    here = frozenset({HOST, HELPER, VIEWER})
    one = do(queued("a", votes=True), "voteskip", user=VIEWER, present=here)
    assert do(one, "voteskip", user=VIEWER, on=False, present=here, op="op-00002").skips == ()


def test_after_the_end_the_next_one_comes_with_a_countdown():
    after = ended(queued("a"), "e1", END, AHEAD).playback
    assert (after.entry, after.pos, after.playing, after.t) == ("a", 0.0, True, END + COUNTDOWN)
    assert (after.by.kind, after.by.user, after.by.entry) == ("next", None, "e1")


def test_an_end_that_is_told_twice_goes_on_once():
    once = ended(queued("a", "b"), "e1", END, AHEAD)
    assert ended(once, "e1", END + 10, AHEAD) is None
    assert ended(once, "a", END + 10, AHEAD) is None


def test_a_countdown_can_be_stopped_or_cut_short():
    coming = ended(queued("a"), "e1", END, AHEAD).playback
    stopped = play(coming, Act(VIEWER, "op-00002", coming.v, "a", "pause", pos=0.0), END + 1000, 60.0, AHEAD)
    assert (stopped.playing, stopped.entry, stopped.pos) == (False, "a", 0.0)
    now = play(coming, Act(VIEWER, "op-00002", coming.v, "a", "play"), END + 1000, 60.0, AHEAD)
    assert (now.playing, now.t) == (True, END + 1000 + AHEAD)


@pytest.mark.parametrize("rules", [{"autoplay": False}, {"autoplay": True}])
def test_at_the_end_of_the_queue_or_without_autoplay_the_film_rests_at_its_end(rules):
    after = ended(queued(*([] if rules["autoplay"] else ["a"]), **rules), "e1", END, AHEAD).playback
    assert (after.entry, after.pos, after.playing) == ("e1", 100.0, False)


def test_one_in_a_loop_begins_again_and_all_in_a_loop_go_round():
    assert ended(queued("a", loop="one"), "e1", END, AHEAD).playback.entry == "e1"
    alone = ended(queued(loop="all"), "e1", END, AHEAD).playback
    assert (alone.entry, alone.t, position_at(alone, END, 100.0)) == ("e1", END + AHEAD, 0.0)
    last = replace(queued("a", loop="all"), playback=Playback("a", v=9, pos=59.0, playing=True, t=END))
    assert ended(last, "a", END, AHEAD).playback.entry == "e1"


def test_what_plays_for_nobody_is_marked_and_skipped_only_if_the_host_wants_so():
    marked = broken(queued("a"), "e1", "not-found", NOW, AHEAD)
    assert (marked.current.fault, marked.playback.entry) == ("not-found", "e1")
    assert broken(marked, "e1", "not-found", NOW, AHEAD) is None
    skipped = broken(queued("a", broken="skip"), "e1", "not-found", NOW, AHEAD)
    assert (skipped.queue[0].fault, skipped.playback.entry) == ("not-found", "a")


def test_a_round_of_broken_videos_ends():
    of = queued("a", broken="skip", loop="all")
    first = broken(of, "e1", "not-found", NOW, AHEAD)
    second = broken(first, "a", "not-found", NOW, AHEAD)
    assert (second.playback.entry, [one.fault for one in second.queue]) == ("a", ["not-found"] * 2)
    assert following(second, lambda one: not one.fault) is None


def test_a_mark_goes_once_it_plays():
    marked = broken(queued("a"), "e1", "network", NOW, AHEAD)
    assert mended(marked, "e1").current.fault == ""
    assert mended(queued("a"), "e1") is None


STEPS = st.tuples(
    st.sampled_from([*sorted(KINDS), "end", "broken", "undo"]),
    st.sampled_from([HOST, HELPER, VIEWER, OTHER]),
    st.integers(0, 8),
    st.integers(0, 8),
    st.sampled_from(["end", "next", "now"]),
    st.booleans(),
    st.integers(0, 40_000),
)
RULES = st.fixed_dictionaries(
    {
        "control": st.sampled_from(["everyone", "helpers", "host"]),
        "queue": st.sampled_from(["everyone", "helpers", "host"]),
        "loop": st.sampled_from(["off", "one", "all"]),
        "autoplay": st.booleans(),
        "votes": st.booleans(),
        "broken": st.sampled_from(["ask", "skip"]),
    }
)


@settings(max_examples=300)
@given(RULES, st.lists(STEPS, max_size=25))
def test_no_sequence_of_acts_loses_or_doubles_an_entry_or_leaves_the_queue_without_what_plays(rules, steps):
    of, now, out = queued("a", "b", **rules), NOW, set()
    for number, step in enumerate(steps):
        now += step[-1]
        after = _tried(of, number, step, now)
        had, has = set(ids(of)), set(ids(after))
        assert len(ids(after)) == len(has) <= ENTRIES
        assert after.playback.entry in has
        came, went = has - had, had - has
        assert not went or step[0] in {"remove", "clear", "replace"}
        assert not came or step[0] in {"add", "back", "replace"}
        assert came <= {f"x{number}"} or (step[0] == "back" and came <= out)
        out = (out | went) - came
        assert after.playback.v >= of.playback.v
        assert after.queue_v > of.queue_v or after.queue == of.queue
        assert 0 <= position_at(after.playback, now, after.current.duration) <= after.current.duration
        of = after


def _tried(of, number, step, now):
    kind, user, one, other, where, on, _ = step
    chosen, before = [of.queue[place % len(of.queue)].id for place in (one, other)]
    try:
        if kind == "end":
            return ended(of, chosen, now, AHEAD) or of
        if kind == "broken":
            return broken(of, chosen, "network", now, AHEAD) or of
        if kind == "undo":
            undo = Act(user, f"op-{number:05}", of.playback.v, of.playback.entry, "undo")
            back = play(of.playback, undo, now, of.current.duration, AHEAD)
            return replace(of, playback=back) if back.entry in ids(of) else of
        fields = {"entry": chosen, "before": before if on else None, "where": where, "on": on, "start": float(one)}
        new = (entry(f"x{number}", by=user),)
        here = frozenset({HOST, VIEWER, OTHER})
        return do(of, kind, user, now, f"op-{number:05}", entries=new, seed=str(other), present=here, **fields)
    except Refused:
        return of

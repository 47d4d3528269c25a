"""The rules of playback: a table of acts, and properties that hold for any sequence of them."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.playback import Act, By, Playback, Refused, apply, at_end, is_over, lead, position_at, settle

NOW = 1_000_000.0
PAUSED = Playback("e1", v=5, pos=10.0, t=NOW - 60_000)
RUNNING = Playback("e1", v=5, pos=10.0, playing=True, t=NOW - 5_000)  # at 15.0 now
OWNER, GUEST = 1, 2


def act(kind, user=OWNER, v=5, entry="e1", op="op-00001", **fields):
    return Act(user, op, v, entry, kind, **fields)


def do(playback, what, now=NOW, duration=100.0, ahead=200.0):
    return apply(playback, what, now, duration, ahead)


@pytest.mark.parametrize(
    ("playback", "now", "duration", "expected"),
    [
        (PAUSED, NOW, None, 10.0),
        (RUNNING, NOW, None, 15.0),
        (RUNNING, NOW - 5_000, None, 10.0),
        (RUNNING, NOW - 9_000, None, 10.0),
        (RUNNING, NOW + 200_000, 100.0, 100.0),
        (replace(RUNNING, rate=2.0), NOW, None, 20.0),
        (replace(RUNNING, hold={"reason": "wait"}), NOW, None, 10.0),
    ],
)
def test_position_at_extrapolates_only_what_runs(playback, now, duration, expected):
    assert position_at(playback, now, duration) == pytest.approx(expected)


@pytest.mark.parametrize(("one_way", "ahead"), [(0, 150), (45, 150), (100, 260), (270, 600), (5000, 600)])
def test_the_lead_of_a_start_follows_the_lag_within_bounds(one_way, ahead):
    assert lead(one_way) == ahead


def test_play_is_scheduled_ahead_from_where_the_film_rests():
    after = do(PAUSED, act("play"))
    assert (after.playing, after.pos, after.t, after.v) == (True, 10.0, NOW + 200, 6)


def test_play_at_the_end_starts_over():
    assert do(replace(PAUSED, pos=100.0), act("play")).pos == 0.0


def test_play_after_the_film_ran_out_unnoticed_starts_over():
    after = do(RUNNING, act("play"), now=NOW + 500_000)
    assert (after.pos, after.t) == (0.0, NOW + 500_200)


def test_pause_carries_the_frame_of_the_actor():
    after = do(RUNNING, act("pause", pos=14.6))
    assert (after.playing, after.pos, after.t) == (False, 14.6, NOW)


def test_pause_keeps_the_position_of_the_room_where_the_actor_is_far_off():
    assert do(RUNNING, act("pause", pos=80.0)).pos == pytest.approx(15.0)


def test_seek_while_playing_is_scheduled():
    after = do(RUNNING, act("seek", pos=50.0))
    assert (after.playing, after.pos, after.t) == (True, 50.0, NOW + 200)


def test_seek_in_pause_holds_at_once():
    after = do(PAUSED, act("seek", pos=50.0))
    assert (after.playing, after.pos, after.t) == (False, 50.0, NOW)


def test_a_seek_just_past_the_end_goes_to_the_end():
    assert do(PAUSED, act("seek", pos=100.9)).pos == 100.0


def test_a_new_rate_goes_on_from_here():
    after = do(RUNNING, act("rate", rate=1.5))
    assert (after.rate, after.pos, after.t) == (1.5, 15.0, NOW)


def test_a_new_rate_leaves_a_start_that_is_still_to_come():
    coming = replace(RUNNING, t=NOW + 150)
    assert do(coming, act("rate", rate=1.5)).t == NOW + 150


def test_the_act_that_made_a_version_stands_in_it():
    assert do(PAUSED, act("play", user=GUEST)).by == By(GUEST, "op-00001", "play")


@pytest.mark.parametrize(
    ("playback", "what", "reason"),
    [
        (PAUSED, act("play", entry="e2"), "stale-entry"),
        (RUNNING, act("play"), "already"),
        (PAUSED, act("pause", pos=10.0), "already"),
        (PAUSED, act("seek", pos=10.0), "already"),
        (PAUSED, act("rate", rate=1.0), "already"),
        (RUNNING, act("seek", pos=102.0), "bad-position"),
        (RUNNING, act("seek", pos=-0.1), "bad-position"),
        (RUNNING, act("seek", pos=float("nan")), "bad-position"),
        (RUNNING, act("seek", pos=float("inf")), "bad-position"),
        (RUNNING, act("seek"), "bad-position"),
        (RUNNING, act("pause", pos=1e12), "bad-position"),
    ],
)
def test_what_is_refused_and_why(playback, what, reason):
    with pytest.raises(Refused, match=reason):
        do(playback, what)


def test_without_a_duration_two_days_are_the_limit():
    assert do(PAUSED, act("seek", pos=48 * 3600), duration=None).pos == 48 * 3600
    with pytest.raises(Refused):
        do(PAUSED, act("seek", pos=48 * 3600 + 1), duration=None)


PAUSED_BY_GUEST = replace(PAUSED, v=6, t=NOW - 300, by=By(GUEST, "op-guest", "pause"))


@pytest.mark.parametrize(
    ("playback", "what"),
    [
        (PAUSED_BY_GUEST, act("play", v=6)),  # seen it
        (PAUSED_BY_GUEST, act("play", v=5, user=GUEST)),  # their own pause
        (replace(PAUSED_BY_GUEST, t=NOW - 501), act("play", v=5)),  # long ago
        (replace(PAUSED_BY_GUEST, by=By(GUEST, "op-guest", "seek")), act("play", v=5)),  # no pause
    ],
)
def test_a_play_after_a_pause_is_taken(playback, what):
    assert do(playback, what).playing


def test_a_play_that_crossed_someone_elses_pause_is_refused():
    with pytest.raises(Refused, match="stale-play"):
        do(PAUSED_BY_GUEST, act("play", v=5))


def test_an_end_near_the_end_is_believed_and_the_film_rests_there():
    near = replace(RUNNING, pos=92.5)
    assert is_over(near, "e1", NOW, 100.0)
    after = at_end(near, NOW, 100.0)
    assert (after.playing, after.pos, after.v, after.by) == (False, 100.0, 6, None)


def test_a_short_film_that_began_again_is_not_over_twice():
    again = replace(RUNNING, pos=0.0, t=NOW + 150)
    assert not is_over(again, "e1", NOW, 2.0)


def test_play_cuts_the_countdown_to_the_next_film_short():
    coming = replace(RUNNING, pos=0.0, t=NOW + 4_000, by=By(None, "", "next", 100.0, "e0"))
    after = do(coming, act("play"))
    assert (after.playing, after.pos, after.t) == (True, 0.0, NOW + 200)


@pytest.mark.parametrize(
    ("playback", "entry", "duration"),
    [
        (RUNNING, "e1", 100.0),  # 85 s too early
        (replace(RUNNING, pos=92.5), "e2", 100.0),
        (replace(PAUSED, pos=99.0), "e1", 100.0),
        (replace(RUNNING, pos=92.5), "e1", None),
    ],
)
def test_an_end_that_cannot_be_is_not_believed(playback, entry, duration):
    assert not is_over(playback, entry, NOW, duration)


def test_an_empty_room_rests_where_the_last_one_left():
    after = settle(RUNNING, NOW - 2_000, 100.0)
    assert (after.playing, after.pos, after.v) == (False, 13.0, 6)


def test_settling_what_rests_changes_nothing():
    assert settle(PAUSED, NOW, 100.0) is None


ACTS = st.tuples(
    st.sampled_from(["play", "pause", "seek", "rate"]),
    st.integers(1, 3),
    st.floats(allow_nan=True, allow_infinity=True, width=64),
    st.sampled_from([0.25, 1.0, 1.5, 2.0]),
    st.floats(0, 30_000),
)


@given(st.lists(ACTS, max_size=30))
def test_any_acts_keep_the_film_within_itself_and_the_order_total(acts):
    playback, now, versions = PAUSED, NOW, [PAUSED.v]
    for kind, user, pos, rate, later in acts:
        now += later
        playback = _tried(playback, act(kind, user=user, v=playback.v, pos=pos, rate=rate), now)
        assert 0 <= position_at(playback, now, 100.0) <= 100.0
        versions.append(playback.v)
    assert all(b - a in (0, 1) for a, b in pairwise(versions))


@given(st.lists(ACTS, max_size=20), st.floats(0, 60_000))
def test_a_pause_rests_for_ever_wherever_it_came(acts, later):
    playback, now = PAUSED, NOW
    for kind, user, pos, rate, gap in acts:
        now += gap
        playback = _tried(playback, act(kind, user=user, v=playback.v, pos=pos, rate=rate), now)
    rested = _tried(playback, act("pause", v=playback.v, pos=position_at(playback, now, 100.0)), now)
    assert position_at(rested, now + later, 100.0) == pytest.approx(position_at(playback, now, 100.0))


def _tried(playback, what, now):
    try:
        return do(playback, what, now=now)
    except Refused:
        return playback

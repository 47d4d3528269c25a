"""Waiting for slow viewers, ready checks, and who acts as host: pure rules."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.errors import Refused
from rooms.domain.playback import COUNTDOWN, UNDO, Act, Hold, Playback, apply, position_at
from rooms.domain.succession import PATIENCE, succeeded
from rooms.domain.waiting import EXCUSED, arrived, checked, excused, is_excused, reviewed, stalled
from tests.rooms.worlds import HELPER, HOST, NOW, OTHER, VIEWER, room, with_hold

AHEAD = 200.0  # ms
LATER = NOW + 5_000


def waiting(*users, until=None):
    return with_hold(room(wait="all"), Hold("wait", users, until))


def test_by_default_nobody_waits():
    assert stalled(room(), VIEWER, LATER) is None


def test_a_room_that_waits_rests_where_it_was():
    held = stalled(room(wait="all"), VIEWER, LATER).playback
    assert (held.hold, held.pos, held.t, held.v) == (Hold("wait", (VIEWER,)), 15.0, LATER, 6)
    assert position_at(held, LATER + 60_000) == 15.0


def test_a_wait_of_some_seconds_has_an_end():
    held = stalled(room(wait="some", seconds=5), VIEWER, LATER)
    assert held.playback.hold.until == LATER + 5_000
    assert reviewed(held, {VIEWER}, LATER + 4_999, AHEAD) is None
    gone_on = reviewed(held, {VIEWER}, LATER + 5_000, AHEAD).playback
    assert (gone_on.hold, gone_on.t) == (None, LATER + 5_000 + AHEAD)


def test_nobody_waits_in_a_room_that_is_paused():
    paused = replace(room(wait="all"), playback=Playback("e1", v=5, pos=10.0, t=NOW))
    assert stalled(paused, VIEWER, LATER) is None


def test_all_who_stall_are_waited_for_and_the_last_to_arrive_ends_it():
    both = stalled(waiting(VIEWER), OTHER, LATER)
    assert both.playback.hold.users == (VIEWER, OTHER)
    one = arrived(both, "wait", VIEWER, LATER, AHEAD)
    assert one.playback.hold.users == (OTHER,)
    none = arrived(one, "wait", OTHER, LATER, AHEAD).playback
    assert (none.hold, none.playing, none.t, none.pos) == (None, True, LATER + AHEAD, 10.0)


def test_who_is_not_waited_for_ends_nothing():
    assert arrived(waiting(VIEWER), "wait", OTHER, LATER, AHEAD) is None
    assert arrived(waiting(VIEWER), "ready", VIEWER, LATER, AHEAD) is None


def test_who_leaves_is_no_longer_waited_for():
    assert reviewed(waiting(VIEWER), set(), LATER, AHEAD).playback.hold is None
    assert reviewed(waiting(VIEWER, OTHER), {OTHER}, LATER, AHEAD).playback.hold.users == (OTHER,)


def test_two_holds_in_a_minute_and_a_viewer_stops_counting_for_two():
    once = stalled(room(wait="all"), VIEWER, NOW)
    over = arrived(once, "wait", VIEWER, NOW + 1_000, AHEAD)
    twice = arrived(stalled(over, VIEWER, NOW + 30_000), "wait", VIEWER, NOW + 31_000, AHEAD)
    assert stalled(twice, VIEWER, NOW + 60_000) is None
    assert stalled(twice, OTHER, NOW + 60_000) is not None
    assert stalled(twice, VIEWER, NOW + 30_000 + EXCUSED + 1) is not None


def test_two_holds_far_apart_are_no_reason():
    assert not is_excused({VIEWER: (NOW, NOW + 60_001)}, VIEWER, NOW + 61_000)


def test_going_on_without_someone_excuses_them():
    held = waiting(VIEWER)
    waits = excused(held, LATER)
    assert is_excused(waits, VIEWER, LATER)
    assert not is_excused(waits, OTHER, LATER)


def test_a_ready_check_counts_down_when_all_are_ready():
    called = checked(room(), (VIEWER, OTHER), LATER)
    assert (called.playback.hold.kind, called.playback.pos) == ("ready", 15.0)
    one = arrived(called, "ready", VIEWER, LATER, AHEAD)
    started = arrived(one, "ready", OTHER, LATER + 900, AHEAD).playback
    assert (started.hold, started.playing, started.t) == (None, True, LATER + 900 + COUNTDOWN)


def test_a_ready_check_at_the_end_starts_over():
    ended = Playback("e1", v=5, pos=100.0, t=NOW)
    assert checked(replace(room(), playback=ended), (VIEWER,), LATER).playback.pos == 0.0


def test_a_stall_does_not_join_a_ready_check():
    assert stalled(with_hold(room(wait="all"), Hold("ready", (OTHER,))), VIEWER, LATER) is None


def act(kind, playback, **fields):
    return apply(playback, Act(HOST, "op-00001", playback.v, "e1", kind, **fields), LATER, 100.0, AHEAD)


@pytest.mark.parametrize("kind", ["go", "play"])
def test_go_and_play_end_a_hold(kind):
    gone_on = act(kind, waiting(VIEWER).playback)
    assert (gone_on.hold, gone_on.playing, gone_on.t) == (None, True, LATER + AHEAD)


def test_a_pause_ends_a_hold_in_pause():
    paused = act("pause", waiting(VIEWER).playback, pos=10.0)
    assert (paused.hold, paused.playing, paused.pos) == (None, False, 10.0)


def test_go_where_nobody_waits_changes_nothing():
    with pytest.raises(Refused, match="already"):
        act("go", room().playback)


def test_a_seek_can_be_taken_back_for_ten_seconds():
    sought = act("seek", room().playback, pos=80.0)
    assert sought.by.was == 15.0
    back = apply(sought, Act(VIEWER, "op-00002", 6, "e1", "undo"), LATER + UNDO, 100.0, AHEAD)
    assert (back.pos, back.by.kind, back.playing) == (15.0, "undo", True)
    with pytest.raises(Refused, match="too-late"):
        apply(sought, Act(VIEWER, "op-00002", 6, "e1", "undo"), LATER + UNDO + AHEAD + 1, 100.0, AHEAD)


def test_nothing_but_a_seek_is_taken_back():
    with pytest.raises(Refused, match="too-late"):
        act("undo", act("pause", room().playback, pos=15.0))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["stall", "arrive", "look", "go", "pause", "play"]),
        st.sampled_from([HOST, HELPER, VIEWER, OTHER]),
        st.integers(0, 20_000),
    ),
    max_size=40,
)


@given(STEPS, st.sampled_from(["never", "some", "all"]))
def test_a_hold_always_names_somebody_and_the_film_never_jumps(steps, wait):
    now_room, now = room(wait=wait), NOW
    for what, who, passed in steps:
        now += passed
        before = now_room
        here = position_at(before.playback, now, 100.0)
        now_room = _step(what, who, before, now) or before
        after = now_room.playback
        assert position_at(after, now, 100.0) == pytest.approx(here, abs=1e-6)
        assert after.hold is None or (after.hold.users and after.playing)
        assert wait != "never" or after.hold is None
        assert now_room is before or after.v == before.playback.v + 1


def _step(what, who, now_room, now):
    if what == "stall":
        return stalled(now_room, who, now)
    if what == "arrive":
        return arrived(now_room, "wait", who, now, AHEAD)
    if what == "look":
        return reviewed(now_room, {HOST, HELPER}, now, AHEAD)
    try:
        here = position_at(now_room.playback, now, 100.0)
        done = Act(who, "op-00001", now_room.playback.v, "e1", what, pos=here)
        return replace(now_room, playback=apply(now_room.playback, done, now, None, AHEAD))
    except Refused:
        return None


def test_the_hosts_place_goes_to_the_longest_present_helper_after_a_minute_and_back():
    away = succeeded(room(helpers=(HELPER, OTHER)), (VIEWER, OTHER, HELPER), NOW)
    assert (away.rules.away, away.rules.acting) == (NOW, None)
    assert succeeded(away, (VIEWER, OTHER, HELPER), NOW + PATIENCE - 1) is None
    acting = succeeded(away, (VIEWER, OTHER, HELPER), NOW + PATIENCE)
    assert acting.rules.acting == OTHER
    back = succeeded(acting, (VIEWER, HOST), NOW + PATIENCE + 1)
    assert (back.rules.acting, back.rules.away) == (None, None)


def test_without_a_helper_it_goes_to_a_viewer_and_on_when_that_one_leaves():
    away = succeeded(room(helpers=()), (VIEWER, OTHER), NOW)
    acting = succeeded(away, (VIEWER, OTHER), NOW + PATIENCE)
    assert acting.rules.acting == VIEWER
    assert succeeded(acting, (OTHER,), NOW + PATIENCE + 1).rules.acting == OTHER


def test_while_the_host_is_here_nothing_changes():
    assert succeeded(room(), (VIEWER, HOST), NOW) is None


def test_who_left_asks_no_more():
    assert succeeded(room(asking=(VIEWER, OTHER)), (HOST, OTHER), NOW).rules.asking == (OTHER,)


def test_who_seems_to_be_at_the_door_goes_on_asking():
    assert succeeded(room(asking=(VIEWER,)), (HOST,), NOW, door=(VIEWER,)) is None

"""What hosts and helpers do with a room: each act, its undo, and its limits."""

from dataclasses import replace

import pytest

from rooms.domain.door import BANS, INVITES, KICK, Door, NamedInvite, is_banned, lets_in, opened, used
from rooms.domain.errors import Refused
from rooms.domain.manage import NOW_AND_AGAIN, Manage, ask, manage
from rooms.domain.permissions import standing
from rooms.domain.rules import NAMED
from tests.rooms.worlds import HELPER, HOST, NOW, OTHER, VIEWER, room

INVITE = NamedInvite("i1", "Family", "viewer", "h1", "n1")


def done(now_room, kind, actor=HOST, now=NOW, **fields):
    return manage(now_room, actor, Manage(kind, **fields), now)


@pytest.mark.parametrize(
    ("field", "value"),
    [("control", "host"), ("queue", "helpers"), ("chat", "host"), ("wait", "all"), ("seconds", 60), ("slow", 300)],
)
def test_a_setting_is_set(field, value):
    assert getattr(done(room(), "set", field=field, value=value).rules, field) == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("control", "nobody"),
        ("control", 1),
        ("wait", "everyone"),
        ("seconds", 0),
        ("seconds", 61),
        ("seconds", True),
        ("slow", -1),
        ("slow", 301),
        ("slow", "5"),
        ("locked", 1),
        ("locked", None),
    ],
)
def test_a_value_that_makes_no_sense_changes_nothing(field, value):
    with pytest.raises(Refused, match="bad-value"):
        done(room(), "set", field=field, value=value)


@pytest.mark.parametrize("field", ["helpers", "v", "acting", "", "__class__"])
def test_only_settings_can_be_set(field):
    with pytest.raises(Refused, match="bad-value"):
        done(room(), "set", field=field, value="host")


def test_a_helper_slows_and_locks_but_sets_no_mode():
    assert done(room(), "set", HELPER, field="slow", value=10).rules.slow == 10
    assert done(room(), "set", HELPER, field="locked", value=True).rules.locked
    with pytest.raises(Refused, match="not-allowed"):
        done(room(), "set", HELPER, field="control", value="helpers")


def test_the_remote_is_granted_for_now_or_for_good_and_taken_back():
    for_now = done(room(), "grant", user=VIEWER)
    for_good = done(room(), "grant", user=VIEWER, good=True)
    assert for_now.rules.remotes == {VIEWER: NOW + NOW_AND_AGAIN}
    assert for_good.rules.remotes == {VIEWER: None}
    assert done(for_good, "take", user=VIEWER).rules.remotes == {}


def test_a_grant_answers_the_asking():
    asking = ask(room(control="host"), VIEWER, NOW)
    assert asking.rules.asking == (VIEWER,)
    assert done(asking, "grant", user=VIEWER).rules.asking == ()
    assert done(asking, "take", user=VIEWER).rules.asking == ()


def test_who_has_the_remote_or_asks_already_does_not_ask():
    with pytest.raises(Refused, match="already"):
        ask(room(), VIEWER, NOW)
    asking = ask(room(control="host"), VIEWER, NOW)
    with pytest.raises(Refused, match="already"):
        ask(asking, VIEWER, NOW)


def test_muting_and_its_undo():
    muted = done(room(), "mute", HELPER, user=VIEWER)
    assert standing(HOST, muted.rules, VIEWER, NOW).muted
    assert not standing(HOST, done(muted, "mute", user=VIEWER, on=False).rules, VIEWER, NOW).muted


def test_a_kick_keeps_out_for_ten_minutes():
    kicked = done(room(), "kick", HELPER, user=VIEWER, ban="b1")
    assert is_banned(kicked.door, VIEWER, "", NOW)
    assert is_banned(kicked.door, VIEWER, "", NOW + KICK - 1)
    assert not is_banned(kicked.door, VIEWER, "", NOW + KICK)


def test_a_ban_holds_for_good_and_against_a_new_cookie_from_the_same_network():
    banned = done(room(), "ban", user=VIEWER, ban="b1", network="home", newest=20)
    assert is_banned(banned.door, VIEWER, "elsewhere", NOW * 1000)
    assert is_banned(banned.door, 21, "home", NOW)
    assert not is_banned(banned.door, 21, "elsewhere", NOW)
    assert not is_banned(banned.door, OTHER, "home", NOW)  # a neighbour who was known before


def test_a_ban_takes_the_places_away_and_is_lifted():
    held = room(remotes={HELPER: None}, acting=HELPER)
    banned = done(held, "ban", user=HELPER, ban="b1", network="home", newest=20)
    assert (banned.rules.helpers, banned.rules.remotes, banned.rules.acting) == ((), {}, None)
    assert not is_banned(done(banned, "lift", ban="b1").door, HELPER, "home", NOW)


def test_to_lift_what_is_not_there_is_refused():
    with pytest.raises(Refused, match="unknown"):
        done(room(), "lift", ban="b1")


@pytest.mark.parametrize("kind", ["mute", "kick", "ban", "helper", "grant", "take"])
def test_nobody_acts_on_the_host(kind):
    with pytest.raises(Refused, match="protected"):
        done(room(acting=OTHER, helpers=(HELPER,)), kind, HOST, user=HOST)


def test_places_and_bans_are_bounded():
    full = room(muted=tuple(range(100, 100 + NAMED)))
    assert len(done(full, "mute", user=VIEWER).rules.muted) == NAMED
    crowded = room()
    for number in range(BANS + 5):
        crowded = done(crowded, "ban", user=1000 + number, ban=f"b{number}")
    assert len(crowded.door.bans) == BANS


def test_an_invite_is_made_and_revoked():
    made = done(room(), "invite", made=INVITE)
    assert opened(made.door, "h1", VIEWER, NOW) == INVITE
    assert opened(done(made, "revoke", invite="i1").door, "h1", VIEWER, NOW) is None


def test_revoking_a_helpers_invite_ends_the_role_of_those_who_came_by_it():
    invite = replace(INVITE, role="helper", users=(OTHER,))
    made = replace(room(helpers=(HELPER, OTHER)), door=Door((invite,)))
    assert done(made, "revoke", invite="i1").rules.helpers == (HELPER,)


def test_a_room_has_only_so_many_invites():
    full = replace(room(), door=Door(tuple(replace(INVITE, id=f"i{n}", hash=f"h{n}") for n in range(INVITES))))
    with pytest.raises(Refused, match="too-many"):
        done(full, "invite", made=INVITE)
    left = done(full, "revoke", invite="i3")
    assert len(done(left, "invite", made=replace(INVITE, id="new", hash="new")).door.invites) == INVITES + 1


@pytest.mark.parametrize(
    ("changes", "user", "expected"),
    [
        ({}, VIEWER, True),
        ({"revoked": True}, VIEWER, False),
        ({"revoked": True, "users": (VIEWER,)}, VIEWER, False),
        ({"until": NOW + 1}, VIEWER, True),
        ({"until": NOW}, VIEWER, False),
        ({"until": NOW, "users": (VIEWER,)}, VIEWER, True),  # came in time: a broken line must not throw them out
        ({"uses": 1}, VIEWER, True),
        ({"uses": 1, "users": (OTHER,)}, VIEWER, False),
        ({"uses": 1, "users": (VIEWER,)}, VIEWER, True),
    ],
)
def test_whom_an_invite_lets_in(changes, user, expected):
    assert lets_in(replace(INVITE, **changes), user, NOW) is expected


def test_an_invite_counts_each_person_once():
    door = Door((replace(INVITE, uses=5),))
    twice = used(used(door, "i1", VIEWER), "i1", VIEWER)
    assert twice.invites[0].users == (VIEWER,)

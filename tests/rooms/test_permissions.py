"""Who may do what: the whole table, and that nobody reaches beyond it by any sequence of acts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.domain.errors import Refused
from rooms.domain.manage import KINDS, PERSONAL, Manage, ask, manage
from rooms.domain.permissions import WORDS, allowed, may, over, standing
from rooms.domain.rules import MODES
from rooms.domain.succession import succeeded
from tests.rooms.worlds import HELPER, HOST, NOW, OTHER, VIEWER, room

MODED = ("control", "queue", "chat")
# who × mode of the word: may they?
TABLE = {
    "host": {"everyone": True, "helpers": True, "host": True},
    "acting": {"everyone": True, "helpers": True, "host": True},
    "helper": {"everyone": True, "helpers": True, "host": False},
    "viewer": {"everyone": True, "helpers": False, "host": False},
}
# who × word whatever the modes
FIXED = {
    "host": {"moderate": True, "grant": True, "rules": True, "invite": True, "check": True},
    "acting": {"moderate": False, "grant": True, "rules": False, "invite": False, "check": True},
    "helper": {"moderate": True, "grant": False, "rules": False, "invite": False, "check": True},
    "viewer": {"moderate": False, "grant": False, "rules": False, "invite": False, "check": False},
}
WHO = {"host": HOST, "acting": OTHER, "helper": HELPER, "viewer": VIEWER}


def asked(who: str, word: str, **rules) -> bool:
    made = room(acting=OTHER, **rules).rules
    return may(made, standing(HOST, made, WHO[who], NOW), word)


@pytest.mark.parametrize("word", MODED)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("who", TABLE)
def test_modes_decide_who_controls_queues_and_chats(who, mode, word):
    assert asked(who, word, **{word: mode}) is TABLE[who][mode]


@pytest.mark.parametrize(("who", "word", "expected"), [(w, x, e) for w, row in FIXED.items() for x, e in row.items()])
@pytest.mark.parametrize("mode", MODES)
def test_other_rights_depend_on_the_role_alone(who, word, expected, mode):
    assert asked(who, word, control=mode, queue=mode, chat=mode) is expected


def test_the_table_covers_every_word():
    assert {*MODED, *FIXED["host"]} == set(WORDS)


@pytest.mark.parametrize(("until", "expected"), [(None, True), (NOW + 1, True), (NOW, False), (NOW - 1, False)])
def test_a_granted_remote_lasts_as_long_as_it_was_granted(until, expected):
    rules = room(control="host", remotes={VIEWER: until}).rules
    assert may(rules, standing(HOST, rules, VIEWER, NOW), "control") is expected
    assert not may(rules, standing(HOST, rules, VIEWER, NOW), "moderate")


@pytest.mark.parametrize("who", [HELPER, VIEWER])
def test_the_muted_say_nothing_whatever_the_mode(who):
    rules = room(muted=(who,)).rules
    assert "chat" not in allowed(rules, standing(HOST, rules, who, NOW))


@pytest.mark.parametrize(
    ("actor", "target", "expected"),
    [
        (HOST, HELPER, True),
        (HOST, VIEWER, True),
        (HOST, HOST, False),
        (HELPER, HOST, False),
        (HELPER, OTHER, True),
        (HELPER, HELPER, False),
        (VIEWER, HOST, False),
    ],
)
def test_nobody_moderates_the_host_or_their_like(actor, target, expected):
    assert over(HOST, room().rules, actor, target) is expected


def test_helpers_do_not_moderate_each_other():
    assert not over(HOST, room(helpers=(HELPER, OTHER)).rules, HELPER, OTHER)


PEOPLE = st.sampled_from([HOST, HELPER, VIEWER, OTHER])
ACTS = st.builds(
    Manage,
    kind=st.sampled_from(sorted(set(KINDS) - {"invite", "renew"})),
    user=PEOPLE,
    field=st.sampled_from(["control", "queue", "chat", "wait", "seconds", "slow", "locked", "owner", "v", ""]),
    value=st.sampled_from([*MODES, "never", "some", 5, 0, 10_000, True, False, None, "x"]),
    on=st.booleans(),
    good=st.booleans(),
    ban=st.sampled_from(["b1", "b2"]),
    invite=st.sampled_from(["i1"]),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("manage"), PEOPLE, ACTS),
        st.tuples(st.just("ask"), PEOPLE, st.none()),
        st.tuples(st.just("look"), st.just(HOST), st.lists(PEOPLE, unique=True, min_size=1)),
    ),
    max_size=25,
)


def needed(act: Manage) -> str:
    """The right that an act needs, said once more and independently of the code."""
    if act.kind == "set":
        return "moderate" if act.field in {"slow", "locked"} else "rules"
    by_kind = {"helper": "rules", "grant": "grant", "take": "grant", "check": "check", "revoke": "invite"}
    return by_kind.get(act.kind, "moderate")


@settings(max_examples=400)
@given(STEPS)
def test_no_sequence_of_acts_lets_anybody_do_what_the_table_forbids(steps):
    now_room, now = room(), NOW
    for what, who, detail in steps:
        now += 30_000
        before = now_room
        had = allowed(before.rules, standing(HOST, before.rules, who, now))
        try:
            now_room = _step(what, who, detail, before, now)
        except Refused:
            continue
        if what == "manage":
            assert needed(detail) in had
            assert detail.kind not in PERSONAL or over(HOST, before.rules, who, detail.user)
        assert now_room.owner == HOST
        assert HOST not in {*now_room.rules.muted, *(ban.user for ban in now_room.door.bans)}
        assert allowed(now_room.rules, standing(HOST, now_room.rules, HOST, now)) == list(WORDS)
        assert now_room is before or now_room.rules.v == before.rules.v + 1


def _step(what, who, detail, now_room, now):
    if what == "manage":
        return manage(now_room, who, detail, now)
    if what == "ask":
        return ask(now_room, who, now)
    return succeeded(now_room, detail, now) or now_room

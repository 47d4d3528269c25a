"""Rosters: the difference between two looks turns the one into the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.presence import SHOWN, Person, Roster, best, difference, shown, written

PEOPLE = st.builds(Person, st.integers(1, 8), st.sampled_from(["Ada", "Ben"]), st.sampled_from(["teal", "rose"]))
ROSTERS = st.lists(PEOPLE, max_size=8, unique_by=lambda person: person.id).map(
    lambda people: Roster(len(people), tuple(people))
)


def test_two_equal_looks_make_no_message():
    roster = Roster(1, (Person(1, "Ada", "teal"),))
    assert difference(roster, roster) is None


def test_a_new_name_is_told_as_an_addition():
    before, after = Roster(1, (Person(1, "Ada", "teal"),)), Roster(1, (Person(1, "Eve", "teal"),))
    assert difference(before, after).add == (Person(1, "Eve", "teal"),)


def test_beyond_the_named_ones_only_the_count_is_told():
    named = (Person(1, "Ada", "teal"),)
    change = difference(Roster(60, named), Roster(61, named))
    assert (change.count, change.add, change.gone) == (61, (), ())


@given(ROSTERS, ROSTERS)
def test_the_difference_turns_one_look_into_the_next(before, after):
    shown = {person.id: person for person in before.people}
    change = difference(before, after)
    gone, add = (change.gone, change.add) if change else ((), ())
    shown = {i: person for i, person in shown.items() if i not in gone} | {person.id: person for person in add}
    assert set(shown.values()) == set(after.people)


def test_a_new_state_is_told_as_an_addition():
    before, after = Roster(1, (Person(1, "Ada", "teal"),)), Roster(1, (Person(1, "Ada", "teal", "behind", 3),))
    assert difference(before, after).add == after.people


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([""], ("ready", None)),
        (["stalled", ""], ("ready", None)),
        (["offline", "stalled"], ("stalled", None)),
        (["behind 3"], ("behind", 3)),
        (["behind 3", "muted"], ("muted", None)),
        (["joining", "muted"], ("muted", None)),
        (["something a newer program wrote", "offline"], ("offline", None)),
    ],
)
def test_a_person_gets_on_as_the_best_of_their_tabs(reports, expected):
    assert best(reports) == expected


@pytest.mark.parametrize(
    ("state", "seconds", "expected"),
    [("ready", None, ""), ("muted", None, "muted"), ("behind", 2.6, "behind 3"), ("behind", 1e300, "behind 9999")],
)
def test_a_state_is_written_as_words(state, seconds, expected):
    assert written(state, seconds) == expected


def test_those_with_a_place_are_named_first_and_no_more_than_fifty():
    named = shown(range(100), (99, 98, 500))
    assert (named[:3], len(named)) == ([99, 98, 0], SHOWN)

"""Differences between two versions of a queue: short, and always the way from the one to the other."""

import json

from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.delta import Delta, applied, difference

ROWS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 2)), max_size=30, unique_by=lambda row: row[0])


def rows(*names, title="A film"):
    return [{"id": name, "title": title} for name in names]


@given(ROWS, ROWS)
def test_a_delta_leads_from_any_list_to_any_other(before, after):
    before, after = [[{"id": f"e{name}", "votes": votes} for name, votes in some] for some in (before, after)]
    delta = difference(before, after)
    assert (applied(before, delta) if delta else before) == after


@given(st.permutations(range(40)))
def test_a_shuffle_is_told_as_an_order_of_all(places):
    before = rows(*(f"e{place:03}" for place in range(40)))
    after = [before[place] for place in places]
    delta = difference(before, after)
    assert (applied(before, delta) if delta else before) == after
    assert delta is None or len(json.dumps(delta.put)) < 1000


def test_equal_lists_have_no_difference():
    assert difference(rows("a", "b"), rows("a", "b")) is None


def test_one_that_moves_is_the_only_one_that_is_told():
    before = rows("a", "b", "c", "d")
    assert difference(before, rows("d", "a", "b", "c")) == Delta(put=((0, before[3]),))
    assert difference(before, rows("b", "c", "a", "d")) == Delta(put=((2, before[0]),))


def test_what_comes_goes_and_changes_is_told_in_one():
    changed = {"id": "b", "title": "Another title"}
    new = {"id": "n", "title": "New"}
    delta = difference(rows("a", "b", "c"), [changed, new, rows("c")[0]])
    assert delta == Delta(gone=("a",), put=((0, changed), (1, new)))

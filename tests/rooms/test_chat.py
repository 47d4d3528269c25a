"""The chat as values: who may do what with a message, and what goes over the wire."""

from dataclasses import replace

import pytest

from rooms.domain import chat
from rooms.domain.chat import KINDS, REACTIONS, Message
from rooms.domain.errors import Refused

ADA, BEN = 7, 8
HELLO = Message(4, "message-1", ADA, "Ada", "teal", 1000.0, 12.5, "Hello", re=2, at=(BEN,), marks={"👍": (BEN,)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello", ("Hello", False)),
        ("/me waves", ("waves", True)),
        ("/ME waves", ("waves", True)),
        ("/mean things", ("/mean things", False)),
        ("say /me waves", ("say /me waves", False)),
    ],
)
def test_what_is_said_and_what_is_done(text, expected):
    assert chat.said(text) == expected


@pytest.mark.parametrize("text", ["", "/me", "/me "])
def test_nothing_said_is_refused(text):
    with pytest.raises(Refused, match="empty"):
        chat.said(text)


def test_an_author_edits_and_it_shows():
    edited = chat.edit(HELLO, ADA, "/me greets")
    assert (edited.text, edited.me, edited.edited) == ("greets", True, True)
    assert (edited.n, edited.t, edited.marks) == (HELLO.n, HELLO.t, HELLO.marks)


@pytest.mark.parametrize(("message", "user"), [(HELLO, BEN), (replace(HELLO, gone="mod"), ADA)])
def test_nobody_else_edits_and_nothing_that_is_gone(message, user):
    with pytest.raises(Refused, match="not-allowed"):
        chat.edit(message, user, "Bye")


@pytest.mark.parametrize(("user", "moderates", "gone"), [(ADA, False, "own"), (ADA, True, "own"), (BEN, True, "mod")])
def test_a_deleted_message_keeps_nothing_of_what_it_said(user, moderates, gone):
    left = chat.delete(HELLO, user, moderates)
    assert (left.text, left.marks, left.at, left.gone) == ("", {}, (), gone)


@pytest.mark.parametrize(("first", "second", "gone"), [(BEN, ADA, "mod"), (ADA, BEN, "own")])
def test_who_deleted_first_stays_on_record(first, second, gone):
    left = chat.delete(HELLO, first, moderates=first == BEN)
    assert chat.delete(left, second, moderates=second == BEN) == left
    assert left.gone == gone


def test_others_delete_nothing():
    with pytest.raises(Refused, match="not-allowed"):
        chat.delete(HELLO, BEN, moderates=False)


def test_a_reaction_counts_once_a_person_and_is_taken_back():
    twice = chat.mark(chat.mark(HELLO, ADA, "👍", True), ADA, "👍", True)
    assert twice.marks == {"👍": (BEN, ADA)}
    assert chat.mark(chat.mark(twice, ADA, "👍", False), BEN, "👍", False).marks == {}


@pytest.mark.parametrize("symbol", ["", "a", "👍👍", "<b>", "1", "👍 ", "\u202e", "x" * 200, "\ud800", "#"])
def test_a_reaction_is_one_emoji(symbol):
    with pytest.raises(Refused, match="bad-value"):
        chat.mark(HELLO, ADA, symbol, True)


@pytest.mark.parametrize("symbol", ["👍", "❤️", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "🇩🇪", "#️⃣"])
def test_emoji_of_every_make_are_emoji(symbol):
    assert chat.is_emoji(symbol)


def test_reactions_are_bounded_in_kinds_and_number():
    kinds = {chr(0x1F600 + i): (i,) for i in range(KINDS)}
    with pytest.raises(Refused, match="too-many"):
        chat.mark(replace(HELLO, marks=kinds), ADA, "👍", True)
    with pytest.raises(Refused, match="too-many"):
        chat.mark(replace(HELLO, marks={"👍": tuple(range(100, 100 + REACTIONS))}), ADA, "👍", True)


def test_what_is_gone_gets_no_reactions():
    with pytest.raises(Refused, match="unknown"):
        chat.mark(replace(HELLO, gone="own"), BEN, "👍", True)


@pytest.mark.parametrize("n", [-1, 0, HELLO.n, HELLO.n + 1, 10**14])
def test_a_message_answers_only_what_was_said_before(n):
    assert "re" not in chat.item(replace(HELLO, re=n))


def test_the_wire_leaves_out_what_does_not_apply():
    plain = replace(HELLO, re=None, at=(), marks={})
    assert set(chat.item(plain)) == {"n", "id", "user", "name", "color", "t", "pos", "text"}
    assert set(chat.item(HELLO)) - set(chat.item(plain)) == {"re", "at", "marks"}

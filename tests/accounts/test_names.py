"""What a name may be, and the names that newcomers get."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.names import FIRST, LENGTH, SECOND, BadName, checked, generated

GRAVE, ZERO_WIDTH = "\u0300", "\u200b"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Ada \n\t Lovelace ", "Ada Lovelace"),
        ("Zoe\u0308", "Zoë"),
        ("Zoe\u200d\u0308", "Zoë"),
        ("نور", "نور"),
        ("李小龙", "李小龙"),
        ("🦦", "🦦"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("\u202eAda\u2066", "Ada"),
        ("A\u3164da\u2800", "Ada"),
        ("x" * LENGTH, "x" * LENGTH),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),  # text, and shown as text
    ],
)
def test_a_name_is_kept_as_it_will_be_shown(text, name):
    assert checked(text) == name


@pytest.mark.parametrize("text", ["The staff", "  the STAFF\u200b ", "The room"])
def test_nobody_is_called_as_who_is_no_user(text):
    with pytest.raises(BadName, match="somebody else"):
        checked(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b\u202e", "\u3164", "\u2800", "\u115f\u1160", "\ufe0f", "\u034f", GRAVE * 3, "\x00"]
)
def test_what_nobody_could_see_is_no_name(text):
    with pytest.raises(BadName, match="visible"):
        checked(text)


def test_a_name_that_is_too_long_is_refused_and_not_cut():
    with pytest.raises(BadName, match="40 characters; this one has 41"):
        checked("x" * 41)


@pytest.mark.parametrize("between", ["", ZERO_WIDTH, "\u202e", "\u3164"])
def test_combining_marks_do_not_pile_up_whatever_stands_between_them(between):
    assert checked("q" + (GRAVE * 3 + between) * 5) == "q" + GRAVE * 3


@given(st.text(max_size=60))
def test_whatever_comes_in_is_a_fair_name_or_refused(text):
    try:
        name = checked(text)
    except BadName:
        return
    assert 1 <= len(name) <= LENGTH
    assert name.isprintable()
    assert name == unicodedata.normalize("NFC", name) == checked(name)


def test_a_newcomers_name_is_two_plain_words():
    first, second = generated().split()
    assert first in FIRST
    assert second in SECOND
    assert all(len(word) == len(set(words)) for word, words in [(FIRST, FIRST), (SECOND, SECOND)])

"""Text from outside: what stays, and what is taken out."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wewatch.text import LOOSE, clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain title", "Plain title"),
        ("  a \n\t b  ", "a b"),
        ("Cafe\u0301", "Café"),
        ("a\u202eb\u2066c\u200bd", "abcd"),
        ("nul\x00l", "nul l"),
        ("Z" + "\u0301\u0302\u0303\u0304\u0305\u0306", "Ź\u0302\u0303\u0304"),
        ("Z" + "\u0301\u200b" * 30, "Ź\u0301\u0301\u0301"),
        ("e\u200d\u0301", "é"),
        ("\u3164\u2800", ""),
        ("日本語 🎬", "日本語 🎬"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_clean(text, expected):
    assert clean(text, 100) == expected


@given(st.text(max_size=400))
def test_whatever_comes_in_is_one_short_line(text):
    cleaned = clean(text, 40)
    assert len(cleaned) <= 40
    assert cleaned == cleaned.strip()
    assert cleaned.isprintable()


@pytest.mark.parametrize("text", ["👩‍👩‍👧‍👦", "می‌خواهم", "❤️‍🔥 yes"])
def test_joiners_stay_where_they_join(text):
    assert clean(text, 100, joiners=True) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u200d\u200da", "a"),
        ("a\u200d", "a"),
        ("a\u200d b", "a b"),
        ("a \u200db", "a b"),
        ("a\u200d\u200c\u200db", "a\u200db"),
        ("\u200d", ""),
        ("a\u0301\u0302\u0303\u200d\u0304\u0305", "á\u0302\u0303\u200d\u0304"),
        ("a\u0301\u0302\u0303\u0304\u200d\u0305", "á\u0302\u0303\u0304"),
        ("a\u200d\x00b", "a b"),
        ("a\x00\u200db", "a b"),
        ("x" * 99 + "\u200db", "x" * 99),
    ],
)
def test_joiners_that_join_nothing_go(text, expected):
    assert clean(text, 100, joiners=True) == expected


@given(st.text(st.sampled_from("aé👩ی \n\x00\u200b\u200c\u200d\u202e\u0301\u0302\ufe0f\u3164")), st.booleans())
def test_what_is_clean_stays_as_it_is_and_joiners_stand_between_what_shows(text, joiners):
    cleaned = clean(text, 20, joiners)
    assert clean(cleaned, 20, joiners) == cleaned
    assert not LOOSE.search(cleaned)


def test_names_have_no_joiners():
    assert clean("A\u200dda", 40) == "Ada"

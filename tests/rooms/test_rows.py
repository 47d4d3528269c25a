"""Figures and people in words, as the pages of the library show them."""

import json

import pytest

from rooms.domain.library import Saved
from rooms.pages import clock_text, length_text, moment, with_text
from rooms.rows import pick, video
from rooms.store.shelves import Row


@pytest.mark.parametrize(
    ("names", "others", "text"),
    [
        ((), 0, ""),
        ((), 1, "with 1 other"),
        ((), 3, "with 3 others"),
        (("Ben",), 1, "with Ben"),
        (("Ben", "Cleo"), 2, "with Ben and Cleo"),
        (("Ben", "Cleo", "Dan"), 3, "with Ben, Cleo and Dan"),
        (("Ben",), 4, "with Ben and 3 more"),
        (("Ben", "Cleo", "Dan", "Eve", "Fay"), 9, "with Ben, Cleo, Dan and 6 more"),
    ],
)
def test_company_is_a_sentence(names, others, text):
    assert with_text(names, others) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.0, ""), (20, "1 min"), (3540, "59 min"), (3600, "1 h"), (7500, "2 h 5 min")]
)
def test_a_length_is_in_hours_and_minutes(seconds, text):
    assert length_text(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(None, ""), (0, "0:00"), (61.9, "1:01"), (3723, "1:02:03")])
def test_a_position_is_a_clock(seconds, text):
    assert clock_text(seconds) == text


def test_a_time_is_for_people_and_for_programs():
    assert moment(1_790_000_000_000)["iso"].startswith("2026-09-21T")
    assert moment(1_790_000_000_000, clock=True)["when"] == "21 Sep 2026, 14:13"


def test_a_row_says_which_video_is_meant_and_when_it_was_saved():
    row = video(Row(1.5e12, Saved("file", "https://x.y/a.mp4", 'A "film"', 61.5)))
    meant = {"link": "https://x.y/a.mp4", "title": 'A "film"', "duration": 61.5, "at": 1.5e12}
    assert json.loads(row["pick"]) == meant
    assert pick("l", "t", None) == '{"link": "l", "title": "t"}'

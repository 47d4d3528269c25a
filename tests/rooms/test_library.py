"""Saved videos and the history as values: how titles are searched, and when a film counts as seen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.library import Look, Saved, Seen, Watched, look, matches, normalised, remembered, saved, to_continue
from rooms.domain.sources import Video, link_of, parse

FILM = Watched(7, "e1", "file", "https://media.example/a.mp4", "A film", 6000.0, 600.0, ("Ben",), 1)
SEEN = Seen(7, "e1", "file", "https://x.y/a.mp4", "A", 60.0, 30.04, {1: "Ada", 2: "Ben", 3: "Cleo"}, 9)


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Amélie", "amelie"),
        ("STRASSE", "straße"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("The long  night", "night the"),
        ("Čapkova Žížala", "zizala"),
        ("الفيلم", "فيلم"),
        ("100% [sic] .* a+b", ".* a+b ["),
    ],
)
def test_a_title_is_found_without_marks_and_case_by_all_words_in_any_order(title, query):
    assert matches(title, "file", look(q=query))
    assert not matches(title, "file", look(q=f"{query} missing"))


def test_a_source_leaves_the_others_out():
    assert matches("A", "youtube", look(source="youtube"))
    assert not matches("A", "file", look(source="youtube"))


@given(q=st.text(), source=st.text(), sort=st.text(), page=st.text())
def test_whatever_an_address_asks_for_is_a_look(q, source, sort, page):
    wanted = look(q, source, sort, page)
    assert 1 <= wanted.page <= 10_000
    assert wanted.sort in {"new", "old", "title"}
    assert len(wanted.words) <= 8


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "²", "٣", "1e3", "9" * 30, "1.5"])
def test_a_page_that_is_none_is_the_first(page):
    assert look(page=page) == Look()


@given(st.text(max_size=300))
def test_a_title_as_it_is_searched_stands_on_one_line(title):
    assert "\n" not in normalised(title)


@pytest.mark.parametrize(
    ("duration", "position", "unfinished"),
    [
        (6000, 5, False),  # hardly begun
        (6000, 600, True),
        (6000, 5699, True),
        (6000, 5700, False),  # five minutes of credits
        (60, 56.9, True),
        (60, 57, False),  # of a clip the last twentieth
        (None, 600, True),  # nobody knows its end
        (20, 25, False),
    ],
)
def test_a_film_is_unfinished_from_ten_seconds_to_the_credits(duration, position, unfinished):
    assert replace(FILM, duration=duration, position=position).unfinished is unfinished


def test_a_room_is_continued_where_its_newest_row_is_unfinished():
    done = replace(FILM, position=6000.0)
    other = replace(FILM, room=8)
    again = replace(FILM, entry="e0")
    assert to_continue([other, done, again, other]) == [other]


def test_the_history_names_the_others_and_counts_all_of_them():
    row = remembered(SEEN, 2)
    assert (row.names, row.others, row.position) == (("Ada", "Cleo"), 8, 30.0)


def test_the_history_names_five_at_most():
    seen = replace(SEEN, people={user: f"P{user}" for user in range(9)})
    assert remembered(seen, 0).names == ("P1", "P2", "P3", "P4", "P5")


def test_who_was_alone_was_with_nobody():
    row = remembered(replace(SEEN, people={1: "Ada"}, count=1), 1)
    assert (row.names, row.others) == ((), 0)


@pytest.mark.parametrize("duration", [float("nan"), float("inf"), -1.0, 0.0, 1e9, None])
def test_a_duration_that_is_none_is_not_kept(duration):
    assert saved(Video("file", "https://x.y/a.mp4", "A"), "", duration).duration is None


def test_a_title_from_outside_is_made_safe_and_an_empty_one_is_not_kept():
    video = Video("file", "https://x.y/a.mp4", "A")
    assert saved(video, "B\u202e\n\x00C").title == "B C"
    assert saved(video, " \u200b ").title == "A"


@pytest.mark.parametrize(
    "link",
    [
        "https://youtu.be/dQw4w9WgXcQ?t=90",
        "https://x.y/a.mp4?b=c#t=1h",
        "https://x.y/%C3%A9%20.webm",
        "http://[::1]:8/a.ogg",
    ],
)
def test_the_link_of_a_video_leads_to_the_same_video(link):
    video = parse(link)
    assert parse(link_of(video.source, video.ref, video.start)) == video


def test_the_same_video_has_the_same_id():
    assert Saved("youtube", "dQw4w9WgXcQ", "A").id == Saved("youtube", "dQw4w9WgXcQ", "B", 3.0).id

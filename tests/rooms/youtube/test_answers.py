"""Reading YouTube's answers: durations, and what is not as it must be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.youtube import answers

REF = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("length", "seconds"),
    [
        ("PT4M13S", 253),
        ("PT13S", 13),
        ("PT1H", 3600),
        ("PT1H2M3S", 3723),
        ("PT90M", 5400),
        ("P1DT1S", 86401),
        ("P2D", 172800),
    ],
)
def test_a_duration_is_read_in_seconds(length, seconds):
    assert answers.seconds(length) == seconds


@pytest.mark.parametrize(
    "length",
    [
        "",
        "P",
        "PT",
        "P0D",
        "PT0S",
        "PT1.5S",
        "PT-4S",
        "4:13",
        "pt4m",
        "PT4M13",
        "PT13S4M",
        "P2DT1S",
        "P1W",
        "PT٣S",
        "P1Y",
    ],
)
def test_what_is_no_duration_of_a_film_is_none(length):
    assert answers.seconds(length) is None


@pytest.mark.parametrize("length", [None, 253, ["PT4M"], {"duration": "PT4M"}, True])
def test_a_duration_that_is_no_text_is_none(length):
    assert answers.seconds(length) is None


def test_a_page_that_asks_for_a_strange_next_one_is_the_last():
    assert answers.page({"items": [], "nextPageToken": "x&key=y"}) == ([], "")


def test_no_page_has_more_than_50_videos():
    item = {"snippet": {"title": "x", "resourceId": {"videoId": REF}}}
    assert len(answers.page({"items": [item] * 60})[0]) == 50


def test_a_video_without_a_title_is_listed_all_the_same():
    (video,) = answers.page({"items": [{"snippet": {"title": 7, "resourceId": {"videoId": REF}}}]})[0]
    assert (video.ref, video.title) == (REF, "YouTube video")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from([REF, "public", "PT4M", "x\u202e"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["items", "snippet", "title", "channelTitle", "resourceId", "videoId", "id", "status", "privacyStatus",
             "contentDetails", "duration", "error", "errors", "reason", "nextPageToken"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=30,
)  # fmt: skip


@settings(max_examples=500)
@given(st.dictionaries(st.sampled_from(["title", "items", "nextPageToken", "error"]), JSON))
def test_any_object_is_read_without_a_fault(data):
    videos, token = answers.page(data)
    refs = {video.ref for video in videos} | {each.id for each in answers.found(data)} | set(answers.lengths(data))
    assert refs <= {REF}
    assert {type(answers.title(data)), type(token)} == {str}
    assert isinstance(answers.reasons(data), set)

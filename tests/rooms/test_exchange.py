"""Playlists as text: what is exported comes back, and bad lines are named while good ones are kept."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.errors import BadText
from rooms.domain.exchange import LINES, read, write
from rooms.domain.library import saved, sound
from rooms.domain.playlists import ABOUT, NAME, New, Playlist, add
from rooms.domain.sources import parse
from wewatch.text import clean

HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ['a,b', '#EXTINF:5,x', '"quoted, twice"', "</script>", "\u202eright to left", "الفيلم العربي", "https://x.y/z.mp4", "{", "[", "\ufeffx", "-1", "a\u2028b\x85c", "#PLAYLIST:x"]
    ),
)  # fmt: skip
LINKS = st.sampled_from(
    ["https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ?t=90", "https://x.y/a.mp4", "https://x.y/a,b%20c.webm?d=e,f#t=61", "http://x.y/é/ü.ogg"]
)  # fmt: skip
DURATIONS = st.one_of(st.none(), st.floats(0.001, 172_800).map(sound), st.integers(1, 9999).map(float))


@st.composite
def videos(draw):
    video = parse(draw(LINKS))
    kept = saved(video, draw(HOSTILE), draw(DURATIONS))
    return New(kept.source, kept.ref, kept.title, kept.duration, video.start)


@st.composite
def playlists(draw):
    name = clean(draw(HOSTILE), NAME, joiners=True) or "x"
    empty = Playlist("p", name, clean(draw(HOSTILE), ABOUT, joiners=True))
    return add(empty, draw(st.lists(videos(), max_size=8)))[0]


def taken(items):
    return [(item.source, item.ref, item.title, item.duration, item.start) for item in items]


@pytest.mark.parametrize("ending", ["json", "m3u8"])
@given(playlist=playlists())
def test_what_is_exported_comes_back_with_titles_and_durations(ending, playlist):
    draft = read(write(playlist, ending))
    assert not draft.bad
    assert (draft.name, draft.about) == (playlist.name, playlist.about)
    assert taken(draft.videos) == taken(playlist.items)


@given(playlist=playlists())
def test_plain_links_come_back_as_the_same_videos(playlist):
    draft = read(write(playlist, "txt"))
    assert not draft.bad
    assert [(one.source, one.ref, one.start) for one in draft.videos] == [
        (item.source, item.ref, item.start) for item in playlist.items
    ]


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        draft = read(text)
    except BadText as error:
        assert str(error).endswith(".")
        return
    assert all(line.reason.endswith(".") for line in draft.bad)


def test_bad_lines_are_named_by_number_text_and_reason_and_good_ones_are_kept():
    draft = read("https://x.y/a.mp4\r\n\r\nhello\nhttps://x.y/b.mp4\n# a remark\njavascript:alert(1)\n")
    assert [video.title for video in draft.videos] == ["a", "b"]
    assert [(line.number, line.text) for line in draft.bad] == [(3, "hello"), (6, "javascript:alert(1)")]
    assert "not a link" in draft.bad[0].reason


def test_a_list_of_another_program_is_read():
    text = '#EXTM3U\n#EXTINF:12.5 tvg-name="a, b" group="c",The title, with a comma\nhttps://x.y/a.mp4\n#EXTINF:nonsense\nhttps://x.y/b.mp4\n'
    assert [(video.title, video.duration) for video in read(text).videos] == [
        ("The title, with a comma", 12.5),
        ("b", None),
    ]


@pytest.mark.parametrize(
    "whole", [["https://x.y/a.mp4"], {"videos": [{"url": "https://x.y/a.mp4"}]}, [{"link": "https://x.y/a.mp4"}]]
)
def test_json_of_several_shapes_is_read(whole):
    assert read(json.dumps(whole)).videos[0].title == "a"


@pytest.mark.parametrize("entry", [None, 5, [], {}, {"link": 5}, {"link": None}, True])
def test_an_entry_without_a_link_is_a_bad_line(entry):
    draft = read(json.dumps(["https://x.y/a.mp4", entry]))
    assert [line.number for line in draft.bad] == [2]
    assert len(draft.videos) == 1


@pytest.mark.parametrize("duration", [True, "60", -5, 10**40, [], {}, float("nan"), float("inf")])
def test_a_duration_that_is_none_is_left_out(duration):
    draft = read(json.dumps([{"link": "https://x.y/a.mp4", "duration": duration}]))
    assert draft.videos[0].duration is None


@pytest.mark.parametrize(
    "text", ["{", "[1", '{"videos": 5}', "{}", "[" * 100_000, '{"a": ' * 5000, "[" + "9" * 5000 + "]x"]
)
def test_broken_json_is_refused_with_what_to_do(text):
    with pytest.raises(BadText, match="JSON"):
        read(text)


def test_what_is_too_long_is_refused_or_named():
    with pytest.raises(BadText, match="Split"):
        read("x" * 1_000_001)
    draft = read("hello\n" * (LINES + 5))
    assert (len(draft.bad), draft.bad[-1].number) == (LINES + 1, LINES + 1)


def test_on_a_secure_page_links_without_encryption_are_bad_lines():
    assert "https://" in read("http://x.y/a.mp4", https_only=True).bad[0].reason

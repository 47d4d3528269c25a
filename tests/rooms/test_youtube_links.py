"""Links to YouTube playlists: which list they name, and that a list alone is not a video."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.errors import NotAVideo
from rooms.domain.sources import YOUTUBE_LIST_ID, parse, playlist_id

ID = "dQw4w9WgXcQ"
LIST = "PLFgquLnL59alCl_2TQvOiD5Vgm1hCaGSI"


@pytest.mark.parametrize(
    "link",
    [
        f"https://www.youtube.com/playlist?list={LIST}",
        f"  youtube.com/playlist?list={LIST}&si=abc\n",
        f"http://m.youtube.com/playlist?app=desktop&list={LIST}",
        f"https://music.youtube.com/playlist?list={LIST}",
        f"https://www.youtube.com/watch?v={ID}&list={LIST}&index=2",
        f"https://www.youtube.com/watch?list={LIST}&v={ID}&t=42",
        f"https://youtu.be/{ID}?list={LIST}",
        f"https://www.youtube.com/embed/videoseries?list={LIST}",
    ],
)
def test_every_common_form_of_a_playlist_link_names_its_list(link):
    assert playlist_id(link) == LIST


@pytest.mark.parametrize("length", [10, 64])
def test_the_shortest_and_the_longest_id_are_read(length):
    assert playlist_id(f"https://www.youtube.com/playlist?list={'x' * length}") == "x" * length


@pytest.mark.parametrize(
    "link",
    [
        "",
        "hello",
        f"https://www.youtube.com/watch?v={ID}",
        f"https://www.youtube.com/playlist?list={'x' * 9}",
        f"https://www.youtube.com/playlist?list={'x' * 65}",
        "https://www.youtube.com/playlist?list=PL12345678%26key",
        "https://www.youtube.com/playlist?list=PL12345678%0A",
        "https://www.youtube.com/playlist?list=PL1234567é",
        "https://www.youtube.com/playlist?list=WL",
        f"https://www.youtube.com/watch?v={ID}&list=RD{ID}",
        f"https://www.youtube.com/watch?v={ID}&list=RDCLAK5uy_kmPRjHDECIcuVwnKsx",
        f"https://example.com/playlist?list={LIST}",
        f"https://youtube.com.evil.org/playlist?list={LIST}",
        f"https://user@youtube.com/playlist?list={LIST}",
        f"javascript://youtube.com/playlist?list={LIST}",
        f"https://www.youtube.com/playlist?list={LIST}&{'x' * 2048}",
        "https://[::1/playlist?list=x",
    ],
)
def test_what_names_no_list_that_can_be_listed_is_none(link):
    assert playlist_id(link) is None


@pytest.mark.parametrize(
    "link",
    [
        f"https://www.youtube.com/playlist?list={LIST}",
        f"https://www.youtube.com/watch?list={LIST}",
        f"https://www.youtube.com/embed/videoseries?list={LIST}",
    ],
)
def test_a_list_alone_is_told_to_be_one(link):
    with pytest.raises(NotAVideo, match=r"^This is a YouTube playlist, .*\.$"):
        parse(link)


@pytest.mark.parametrize("end", [f"list={LIST}", f"list={LIST}&index=3", f"list=RD{ID}&start_radio=1"])
def test_a_video_in_a_list_stays_one_video(end):
    assert parse(f"https://www.youtube.com/watch?v={ID}&{end}").ref == ID


@pytest.mark.parametrize("name", ["videoseries", "live_stream"])
def test_a_word_of_youtubes_that_looks_like_an_id_is_none(name):
    with pytest.raises(NotAVideo, match="no single video"):
        parse(f"https://www.youtube.com/embed/{name}")


@given(st.text(max_size=80), st.sampled_from(["", "https://www.youtube.com/playlist?list=", "youtu.be/"]))
def test_any_text_names_a_sound_list_or_none(text, start):
    found = playlist_id(start + text)
    assert found is None or YOUTUBE_LIST_ID.fullmatch(found)

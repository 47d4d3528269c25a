"""Links that people paste: which video they lead to, and what is said of those that lead to none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.domain.errors import NotAVideo
from rooms.domain.sources import parse, seconds

ID = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("link", "start"),
    [
        (f"https://www.youtube.com/watch?v={ID}", 0),
        (f"http://youtube.com/watch?v={ID}&list=PL123&index=2", 0),
        (f"https://m.youtube.com/watch?app=desktop&v={ID}", 0),
        (f"https://music.youtube.com/watch?v={ID}&si=abc", 0),
        (f"https://youtu.be/{ID}?t=42", 42),
        (f"youtu.be/{ID}?si=xyz&t=1h2m3s", 3723),
        (f"https://www.youtube.com/shorts/{ID}", 0),
        (f"https://www.youtube.com/embed/{ID}?start=90", 90),
        (f"https://www.youtube-nocookie.com/embed/{ID}", 0),
        (f"https://www.youtube.com/live/{ID}?feature=share", 0),
        (f"https://www.youtube.com/v/{ID}", 0),
        (f"https://www.youtube.com/watch?v={ID}#t=1m30s", 90),
        (f"  www.youtube.com/watch?v={ID}&t=90s\n", 90),
        (f"HTTPS://WWW.YOUTUBE.COM/watch?v={ID}", 0),
        (f"https://www.youtube.com/watch/{ID}", 0),
    ],
)
def test_every_common_form_of_a_youtube_link_is_the_same_video(link, start):
    video = parse(link)
    assert (video.source, video.ref, video.start) == ("youtube", ID, start)


@pytest.mark.parametrize(
    ("link", "ref", "title", "start"),
    [
        ("https://example.com/film.mp4", "https://example.com/film.mp4", "film", 0),
        (
            "http://example.com:8080/a/b/My_great.film.WEBM",
            "http://example.com:8080/a/b/My_great.film.WEBM",
            "My great film",
            0,
        ),
        ("example.com/x.ogv?token=1", "https://example.com/x.ogv?token=1", "x", 0),
        ("https://example.com/x.mp4#t=30", "https://example.com/x.mp4", "x", 30),
        ("https://example.com/Caf%C3%A9.mp4", "https://example.com/Caf%C3%A9.mp4", "Café", 0),
        ("https://example.com/Café.m4v", "https://example.com/Caf%C3%A9.m4v", "Café", 0),
        ("http://localhost:9000/clip.ogg", "http://localhost:9000/clip.ogg", "clip", 0),
        ("http://[::1]:9000/clip.mp4", "http://[::1]:9000/clip.mp4", "clip", 0),
    ],
)
def test_a_link_to_a_file_is_a_video_named_as_the_file(link, ref, title, start):
    video = parse(link)
    assert (video.source, video.ref, video.title, video.start) == ("file", ref, title, start)


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("", "Paste a link"),
        ("   ", "Paste a link"),
        ("hello", "not a link"),
        ("javascript:alert(1)", "not a link"),
        ("javascript://example.com/x.mp4", "http:// or https://"),
        ("data:video/mp4;base64,AAAA", "not a link"),
        ("file:///etc/passwd.mp4", "not a link"),
        ("ftp://example.com/x.mp4", "http:// or https://"),
        ("blob:https://example.com/x.mp4", "not a link"),
        ("https://user:pass@example.com/x.mp4", "user name"),
        ("https://example.com/", "can be played here"),
        ("https://example.com/.mp4", "can be played here"),
        ("https://example.com/film.mkv", "can be played here"),
        ("https://example.com/page.html?x=.mp4", "can be played here"),
        ("https://www.youtube.com/@somebody", "no single video"),
        ("https://www.youtube.com/playlist?list=PL123", "no single video"),
        ("https://www.youtube.com/watch?v=short", "no single video"),
        ("https://youtu.be/", "no single video"),
        (f"https://youtu.be/{ID}x", "no single video"),
        ("https://exa mple.com/x.mp4", "characters"),
        ('https://example.com/"><script>.mp4', "characters"),
        ("https://example.com/x\x00.mp4", "characters"),
        ("https://example.com/\u202ex.mp4", "characters"),
        ("https://example.com:99999/x.mp4", "not a link"),
        ("https://[::1/x.mp4", "not a link"),
        ("https://x/" + "a" * 2048 + ".mp4", "too long"),
    ],
)
def test_what_is_no_video_is_told_what_to_do(link, said):
    with pytest.raises(NotAVideo, match=said):
        parse(link)


@pytest.mark.parametrize("host", ["evil-youtube.com", "youtube.com.evil.org", "notyoutu.be"])
def test_a_host_that_only_looks_like_youtube_is_none(host):
    with pytest.raises(NotAVideo, match="can be played here"):
        parse(f"https://{host}/watch?v={ID}")


def test_a_secure_page_takes_no_film_from_http():
    with pytest.raises(NotAVideo, match="https://"):
        parse("http://example.com/x.mp4", https_only=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90", 90),
        ("90s", 90),
        ("1m30s", 90),
        ("1h", 3600),
        ("1h2m3s", 3723),
        ("", 0),
        ("x", 0),
        ("-5", 0),
        ("١", 0),
        ("999999", 0),
    ],
)
def test_start_times_as_links_write_them(text, expected):
    assert seconds(text) == expected


PIECES = st.sampled_from(
    ["http", "https", "javascript", ":", "//", "/", "@", "?", "#", "&", "=", ".", "%00", "%2e", "\\", "\t", "\n", " ", "[", "]", "::1",
     "youtube.com", "youtu.be", "watch", "v", ID, "localhost", "example.com", ".mp4", "<", '"', "\u202e", "é", "t=1h", "0", "😀"]
)  # fmt: skip


@settings(max_examples=3000)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join)))
def test_any_text_is_a_safe_video_or_a_sentence(text):
    try:
        video = parse(text)
    except NotAVideo as error:
        assert str(error).endswith(".")
        return
    assert video.source == "youtube" or video.ref.startswith(("http://", "https://"))
    assert not set(video.ref) & set("\"'<>` \\\n\t@") - {"'", "@"}
    assert video.title
    assert 0 <= video.start <= 48 * 3600

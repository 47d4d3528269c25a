"""A playlist as a value: any row of acts keeps ids apart, the bounds, and what was in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.errors import BadText, ItemUnknown, PlaylistFull, RoomError
from rooms.domain.playlists import (
    NAME,
    REMOVED,
    VIDEOS,
    New,
    Playlist,
    add,
    copy,
    copy_name,
    describe,
    move,
    remove,
    rename,
    restore,
    step,
)


def of(count: int) -> Playlist:
    return add(Playlist("p", "Mine"), [New("file", f"https://x.y/{n}.mp4", f"Film {n}", 60.0) for n in range(count)])[0]


def order(playlist: Playlist) -> str:
    return " ".join(item.id for item in playlist.items)


ACTS = st.one_of(
    st.tuples(st.just(move), st.integers(1, 30), st.integers(0, 30)),
    st.tuples(st.just(step), st.integers(1, 30), st.integers(-40, 40)),
    st.tuples(st.just(remove), st.integers(1, 30)),
    st.tuples(st.just(restore), st.integers(1, 30)),
    st.tuples(st.just(add), st.integers(0, 3)),
)


def applied(playlist: Playlist, act) -> Playlist:
    rule, first, *rest = act
    if rule is add:
        return add(playlist, [New("file", "https://x.y/a.mp4", "A")] * first)[0]
    second = [str(rest[0] or "") if rule is move else rest[0]] if rest else []
    try:
        return rule(playlist, str(first), *second)
    except RoomError:
        return playlist


@given(st.lists(ACTS, max_size=60))
def test_any_acts_keep_ids_apart_and_lose_nothing_that_could_be_put_back(acts):
    playlist = of(10)
    for act in acts:
        playlist = applied(playlist, act)
        here, gone = [item.id for item in playlist.items], [one.item.id for one in playlist.removed]
        assert len({*here, *gone}) == len(here) + len(gone)
        assert len(here) + len(gone) == playlist.made or len(gone) == REMOVED


@given(st.integers(1, 12), st.lists(st.integers(1, 12), max_size=12))
def test_what_is_removed_and_put_back_in_turn_leaves_the_list_as_it_was(count, picks):
    before = of(count)
    playlist = before
    removed = [str(pick) for pick in dict.fromkeys(picks) if pick <= count]
    for item in removed:
        playlist = remove(playlist, item)
    for item in reversed(removed):
        playlist = restore(playlist, item)
    assert playlist == before


@pytest.mark.parametrize(
    ("item", "before", "after"),
    [("3", "1", "3 1 2"), ("1", "", "2 3 1"), ("1", "3", "2 1 3"), ("2", "2", "1 2 3"), ("2", "3", "1 2 3")],
)
def test_an_item_moves_before_another_or_to_the_end(item, before, after):
    assert order(move(of(3), item, before)) == after


@pytest.mark.parametrize(("by", "after"), [(-1, "2 1 3"), (-9, "2 1 3"), (1, "1 3 2"), (9, "1 3 2"), (0, "1 2 3")])
def test_an_item_steps_up_and_down_and_no_farther_than_the_ends(by, after):
    assert order(step(of(3), "2", by)) == after


def test_what_is_not_there_cannot_be_moved_removed_or_put_back():
    for act in (
        lambda: move(of(3), "9", "1"),
        lambda: move(of(3), "1", "9"),
        lambda: remove(of(3), "9"),
        lambda: restore(of(3), "1"),
    ):
        with pytest.raises(ItemUnknown):
            act()


def test_a_full_playlist_takes_what_fits_and_then_nothing():
    playlist, taken = add(of(VIDEOS - 1), [New("file", "https://x.y/a.mp4", "A")] * 3)
    assert (taken, len(playlist.items)) == (1, VIDEOS)
    with pytest.raises(PlaylistFull, match="another playlist"):
        add(playlist, [New("file", "https://x.y/a.mp4", "A")])


def test_what_was_removed_stays_to_be_put_back_while_the_playlist_is_full():
    playlist = add(remove(of(VIDEOS), "1"), [New("file", "https://x.y/a.mp4", "A")])[0]
    with pytest.raises(PlaylistFull):
        restore(playlist, "1")
    assert order(restore(remove(playlist, "2"), "1")).startswith("1 3 ")


def test_a_video_may_be_in_it_twice():
    assert order(add(of(1), [New("file", "https://x.y/0.mp4", "Film 0")])[0]) == "1 2"


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\u202e\x00"])
def test_a_name_needs_something_to_see(name):
    with pytest.raises(BadText, match="visible"):
        rename(of(0), name)


def test_names_and_descriptions_are_cut_and_made_safe():
    assert rename(of(0), "x" * 300).name == "x" * NAME
    assert describe(of(0), "a\nb\u202e").about == "a b"


def test_a_copy_has_the_same_videos_and_is_shared_with_nobody():
    made = copy(remove(of(3), "1"), "q", copy_name("Mine"))
    assert (made.name, order(made), made.removed, made.share) == ("Mine (copy)", "1 2", (), None)
    assert [item.title for item in made.items] == ["Film 1", "Film 2"]


def test_the_name_of_a_copy_fits():
    assert len(copy_name("x" * NAME)) == NAME
    assert copy_name(copy_name("x")) == "x (copy)"

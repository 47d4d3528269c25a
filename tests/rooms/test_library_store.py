"""Shelves in a real store: paged, searched, bounded, and nothing lost."""

import asyncio
from dataclasses import replace

import pytest

from rooms.domain.library import PAGE, Look, Saved, Watched, look
from rooms.store import keys, shelves
from rooms.store.shelves import HISTORY, LATER, LIKED
from tests.stores import names
from wewatch.redis import client

ADA, BEN = 7, 8
ROW = Watched(7, "e1", "file", "https://x.y/a.mp4", "A film", 60.0, 30.0, ("Ben",), 1, "hash")
pytestmark = pytest.mark.usefixtures("store")


def film(number: int, title: str = "") -> Saved:
    return Saved("file", f"https://x.y/{number}.mp4", title or f"Film {number:03}")


async def fill(count: int, shelf: str = LIKED) -> None:
    for number in range(count):
        await shelves.put(ADA, shelf, film(number), at=1000.0 + number)


async def titles(shelf: str = LIKED, user: int = ADA, **wanted) -> list[str]:
    page = await shelves.page(user, shelf, look(**wanted))
    return [row.video.title for row in page.rows]


async def test_a_saved_video_comes_back_as_it_was_kept():
    kept = Saved("youtube", "dQw4w9WgXcQ", "Ünï\u2028\U0001f600 \"'<b>", 12.5)
    assert await shelves.put(ADA, LIKED, kept)
    page = await shelves.page(ADA, LIKED, Look())
    assert [row.video for row in page.rows] == [kept]
    assert (page.total, page.more) == (1, False)


async def test_shelves_and_users_are_apart():
    await shelves.put(ADA, LIKED, film(1))
    assert await titles(LATER) == []
    assert await titles(LIKED, BEN) == []
    assert await shelves.standing(ADA, film(1).id) == {LIKED: True, LATER: False}


async def test_the_newest_comes_first_and_saving_again_keeps_the_place():
    await fill(3)
    await shelves.put(ADA, LIKED, film(0, "Renamed"))
    assert await titles() == ["Film 002", "Film 001", "Renamed"]
    assert await titles(sort="old") == ["Renamed", "Film 001", "Film 002"]
    assert await titles(sort="title") == ["Film 001", "Film 002", "Renamed"]


async def test_what_is_taken_off_leaves_nothing_and_goes_back_to_its_place(store):
    await fill(3)
    assert await shelves.take(ADA, LIKED, film(1).id)
    assert not await shelves.take(ADA, LIKED, film(1).id)
    assert await titles() == ["Film 002", "Film 000"]
    await shelves.put(ADA, LIKED, film(1), at=1001.0)
    assert await titles() == ["Film 002", "Film 001", "Film 000"]
    await asyncio.gather(*(shelves.take(ADA, LIKED, film(number).id) for number in range(3)))
    assert await names(store, "*") == []


async def test_nothing_can_be_put_into_the_future():
    await shelves.put(ADA, LIKED, film(0), at=9e15)
    await shelves.put(ADA, LIKED, film(1))
    now = (await client().time())[0] * 1000
    assert all(row.at < now + 5000 for row in (await shelves.page(ADA, LIKED, Look())).rows)


async def test_pages_follow_each_other_without_gap_or_repetition():
    await fill(2 * PAGE + 1)
    pages = [await shelves.page(ADA, LIKED, Look(page=number)) for number in (1, 2, 3, 4)]
    assert [(len(page.rows), page.more) for page in pages] == [(PAGE, True), (PAGE, True), (1, False), (0, False)]
    assert len({row.video.id for page in pages for row in page.rows}) == pages[0].total == 2 * PAGE + 1


async def test_a_search_pages_over_what_it_finds():
    await fill(130)
    assert await titles(q="film 02") == ["Film 102", *(f"Film 0{number}" for number in range(29, 19, -1)), "Film 002"]
    first, second = [await shelves.page(ADA, LIKED, look(q="1", page=number)) for number in ("1", "2")]
    assert (len(first.rows), first.more) == (PAGE, True)
    assert not {row.video.id for row in first.rows} & {row.video.id for row in second.rows}
    assert await titles(q="nothing like it") == []


async def test_a_search_goes_on_from_step_to_step(monkeypatch):
    monkeypatch.setattr(shelves, "STEP", 7)
    await fill(60)
    assert await titles(q="05", sort="title") == ["Film 005", *(f"Film 05{number}" for number in range(10))]
    assert await titles(q="000") == ["Film 000"]
    assert len((await shelves.page(ADA, LIKED, look(q="film", page="3"))).rows) == 60 - 2 * PAGE


async def test_a_search_looks_at_titles_alone_and_at_no_pattern():
    await shelves.put(ADA, LIKED, film(1, "100% [sic]"))
    assert await titles(q="% [") == ["100% [sic]"]
    assert await titles(q="mp4") == []
    assert await titles(q=".*") == []


async def test_a_source_is_filtered():
    await fill(2)
    await shelves.put(ADA, LIKED, Saved("youtube", "dQw4w9WgXcQ", "Tube"))
    assert await titles(source="youtube") == ["Tube"]
    assert await titles(source="youtube", q="film") == []


async def test_a_full_shelf_takes_nothing_new_and_what_is_there_can_change(monkeypatch):
    monkeypatch.setattr(shelves, "SAVED", 2)
    await fill(2)
    assert not await shelves.put(ADA, LIKED, film(2))
    assert await shelves.put(ADA, LIKED, film(1, "Renamed"))
    assert sorted(await titles()) == ["Film 000", "Renamed"]


async def test_a_hundred_at_once_fill_a_shelf_exactly(monkeypatch):
    monkeypatch.setattr(shelves, "SAVED", 50)
    put = await asyncio.gather(*(shelves.put(ADA, LIKED, film(number)) for number in range(100)))
    assert sum(put) == (await shelves.page(ADA, LIKED, Look())).total == 50


@pytest.fixture
async def there(store):
    await store.hset(keys.profile(ADA), "name", "Ada")
    await store.hset(keys.profile(BEN), "name", "Ben")


@pytest.mark.usefixtures("there")
async def test_what_was_watched_is_noted_for_all_and_its_newest_time_wins():
    await shelves.watched({ADA: ROW, BEN: ROW})
    await shelves.watched({ADA: replace(ROW, entry="e2", title="Other")})
    await shelves.watched({ADA: replace(ROW, position=45.0)})
    page = await shelves.page(ADA, HISTORY, Look())
    assert [(row.video.entry, row.video.position) for row in page.rows][:1] == [("e1", 45.0)]
    assert page.total == 2
    assert [row.video for row in (await shelves.page(BEN, HISTORY, Look())).rows] == [ROW]


async def test_who_is_gone_gets_no_history(store):
    await shelves.watched({ADA: ROW})
    await shelves.watched({})
    assert await names(store, "*") == []


@pytest.mark.usefixtures("there")
async def test_who_wants_no_history_gets_none_and_keeps_what_was_there():
    await shelves.watched({ADA: ROW})
    await shelves.switch_history(ADA, False)
    await shelves.watched({ADA: replace(ROW, entry="e2")})
    assert not await shelves.keeps_history(ADA)
    assert (await shelves.page(ADA, HISTORY, Look())).total == 1
    await shelves.switch_history(ADA, True)
    await shelves.watched({ADA: replace(ROW, entry="e2")})
    assert (await shelves.page(ADA, HISTORY, Look())).total == 2


@pytest.mark.usefixtures("there")
async def test_the_oldest_rows_of_a_full_history_give_way(monkeypatch):
    monkeypatch.setattr(shelves, "WATCHED", 3)
    for number in range(6):
        await shelves.watched({ADA: replace(ROW, entry=f"e{number}", title=f"T{number}")})
    assert sorted(await titles(HISTORY)) == ["T3", "T4", "T5"]
    assert await titles(HISTORY, sort="title") == ["T3", "T4", "T5"]


@pytest.mark.usefixtures("there")
async def test_a_cleared_history_leaves_nothing(store):
    await shelves.watched({ADA: ROW})
    await shelves.clear_history(ADA)
    assert sorted(await names(store, "*")) == sorted([keys.profile(ADA), keys.profile(BEN)])


@pytest.mark.usefixtures("there")
async def test_a_store_that_forgot_its_scripts_is_told_them_again(store):
    await store.script_flush()
    await shelves.watched({ADA: ROW, BEN: ROW})
    assert [await titles(HISTORY, user) for user in (ADA, BEN)] == [["A film"], ["A film"]]

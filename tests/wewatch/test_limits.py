"""Rate limits over the real cache."""

import asyncio

import pytest
from django_redis import get_redis_connection

from wewatch.limits import allow

pytestmark = pytest.mark.usefixtures("store")


async def test_so_many_are_allowed_and_no_more():
    assert [await allow("x", "me", 3, 60) for _ in range(5)] == [True, True, True, False, False]


async def test_each_counts_for_itself():
    await allow("x", "me", 1, 60)
    assert await allow("x", "you", 1, 60)
    assert await allow("y", "me", 1, 60)


async def test_many_at_once_are_counted_each():
    answers = await asyncio.gather(*(allow("x", "me", 10, 60) for _ in range(30)))
    assert sum(answers) == 10


async def test_the_count_ends_with_its_window_and_names_nobody():
    await allow("x", "203.0.113.9", 3, 60)
    await allow("x", "203.0.113.9", 3, 3600)  # the window is the first one's
    (key,) = get_redis_connection().keys("*limit*")
    assert 0 < get_redis_connection().ttl(key) <= 60
    assert b"203.0.113.9" not in key

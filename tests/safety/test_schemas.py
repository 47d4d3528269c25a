"""A store tells which schemas its records may have; a program that does not know them all does not start on it."""

import pytest

from wewatch.preflight import Trouble
from wewatch.safety import schemas


async def test_a_store_tells_which_schemas_are_written(store):
    await schemas.check({"room": 3, "account": 1})
    await schemas.check({"room": 4, "account": 1})
    assert await store.hgetall(schemas.KEY) == {"room": "4", "account": "1"}


@pytest.mark.parametrize("known", [{"room": 3, "account": 1}, {"account": 1}])
async def test_a_store_in_which_a_newer_program_has_written_is_refused_and_left_alone(store, known):
    await schemas.check({"room": 4, "account": 1})
    with pytest.raises(Trouble, match=r"newer We Watch .*room has schema 4, known is [03]"):
        await schemas.check(known)
    assert await store.hget(schemas.KEY, "room") == "4"

"""People for the tests of the admin."""

import asyncio

import pytest

from tests.people import Person


@pytest.fixture
async def owner(live):
    person = Person(live.url)
    yield person
    await person.go()


@pytest.fixture
async def guest(live):
    person = Person(live.url)
    await asyncio.to_thread(person.get, "/")
    yield person
    await person.go()

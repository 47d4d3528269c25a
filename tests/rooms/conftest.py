"""People for the tests of rooms: the owner, an invited guest, a stranger; and a room of the owner's."""

import asyncio

import pytest

from tests.people import Person, Room


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


@pytest.fixture
async def stranger(live):
    person = Person(live.url)
    await asyncio.to_thread(person.get, "/")
    yield person
    await person.go()


@pytest.fixture
async def room(owner) -> Room:
    return await asyncio.to_thread(owner.add)


@pytest.fixture
async def pair(live, owner, guest, room):
    """The owner's viewer on the first worker, the guest's on the second."""
    live.prefer(0)
    first = await owner.enter(room.owner_socket)
    live.prefer(1)
    return first, await guest.enter(room.guest_socket)


@pytest.fixture
async def three(live, pair, stranger, room):
    """The owner on the first worker, the guest on the second, and a third person on the first."""
    live.prefer(0)
    return *pair, await stranger.enter(room.guest_socket)


@pytest.fixture
def ids(owner, guest, stranger, room) -> dict[str, int]:
    """The user ids of the three, from their cookies."""
    people = {"owner": owner, "guest": guest, "stranger": stranger}
    return {name: int(person.jar["wewatch"].split(".")[1]) for name, person in people.items()}

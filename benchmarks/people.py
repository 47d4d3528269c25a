"""Users for the load: rooms made and pages opened over real HTTP, each user with a cookie and an address."""

import asyncio
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import TypeVar
from urllib.parse import urlsplit

from tests.people import Person, Room

AT_ONCE = 4  # pages under way at a time
PASTED = 100  # links added to a queue at once
LOOPBACK = int(IPv4Address("127.1.0.0"))

Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Ticket:
    """What a user needs to open a room's socket: where it is, from which address, with which cookie."""

    host: str
    path: str
    address: str
    cookie: str


def make_rooms(urls: list[str], count: int, entries: int = 1) -> list[tuple[Person, Room]]:
    """So many owners, each with a room that has so many entries in the queue."""
    return _each(range(count), lambda number: _make_room(_person(urls, number), entries))


def _make_room(owner: Person, entries: int) -> tuple[Person, Room]:
    room = owner.add()
    if entries > 1:
        asyncio.run(_fill(owner, room, [f"https://media.example/Film_{number}.mp4" for number in range(1, entries)]))
    return owner, room


async def _fill(owner: Person, room: Room, links: list[str]) -> None:
    viewer = await owner.enter(room.owner_socket)
    for start in range(0, len(links), PASTED):
        answer = await viewer.add(*links[start : start + PASTED])
        if answer["type"] != "done":
            raise RuntimeError(f"the queue could not be filled: {answer}")
    await owner.go()


def open_pages(urls: list[str], made: list[tuple[Person, Room]], viewers: int) -> tuple[list[Ticket], float]:
    """Open each room as so many people, spread over the workers; returns their tickets, and the seconds.

    The first of each room is its owner (a room without a host soon gets another, which all are told); the others are
    new and come by the invite.
    """

    def visit(number: int) -> Ticket:
        person, room = made[number % len(made)]
        path, socket = room.watch, room.owner_socket
        if number >= len(made):
            person, path, socket = _person(urls, number), room.join, room.guest_socket
        page = person.get(path)
        if page.status != 200:
            raise RuntimeError(f"the room page answered {page.status}: {page.text[:300]}")
        person.get("/me/", Accept="application/json")  # as the page does once: that confirms its token
        return Ticket(urlsplit(person.url).netloc, socket, person.address, person.cookie)

    began = time.perf_counter()
    tickets = _each(range(viewers * len(made)), visit)
    return tickets, time.perf_counter() - began


def _each(given: Iterable[Given], do: Callable[[Given], Made]) -> list[Made]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(do, given))


def _person(urls: list[str], number: int) -> Person:
    return Person(urls[number % len(urls)], address=str(IPv4Address(LOOPBACK + number)))

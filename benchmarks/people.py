"""Users for the load: rooms made and pages opened over real HTTP, each user with a cookie and an address."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import TypeVar
from urllib.parse import urlsplit

from tests.people import Person, Room

AT_ONCE = 4  # pages under way at a time
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


def make_rooms(urls: list[str], count: int) -> list[Room]:
    """Rooms, each of its own owner."""
    return _each(range(count), lambda number: _person(urls, number).add())


def open_pages(urls: list[str], rooms: list[Room], viewers: int) -> tuple[list[Ticket], float]:
    """Open the invite as so many new users a room, spread over the workers; returns their tickets, and the seconds."""

    def visit(number: int) -> Ticket:
        room, person = rooms[number % len(rooms)], _person(urls, len(rooms) + number)
        page = person.get(room.join)
        if page.status != 200:
            raise RuntimeError(f"the room page answered {page.status}: {page.text[:300]}")
        person.get("/me/", Accept="application/json")  # as the page does once: that confirms its token
        return Ticket(urlsplit(person.url).netloc, room.guest_socket, person.address, person.cookie)

    began = time.perf_counter()
    tickets = _each(range(viewers * len(rooms)), visit)
    return tickets, time.perf_counter() - began


def _each(given: Iterable[Given], do: Callable[[Given], Made]) -> list[Made]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(do, given))


def _person(urls: list[str], number: int) -> Person:
    return Person(urls[number % len(urls)], address=str(IPv4Address(LOOPBACK + number)))

"""People of a window's room who have no window: they are heard over sockets."""

import asyncio
import secrets
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from tests.browser.window import Window
from tests.people import Person

AT_ONCE = 20  # acts of a socket before it has to slow down


def socket_path(link: str) -> str:
    """Where the socket of a room's page is."""
    return f"/ws{urlsplit(link).path}"


async def newcomer(live, address: str = "127.0.0.1", **fields: str | bytes) -> Person:
    """Somebody with a cookie, and a name where one is given."""
    person = Person(live.url, address)
    await asyncio.to_thread(person.get, "/")
    if fields:
        await asyncio.to_thread(person.post, "/me/", **fields)
    return person


@asynccontextmanager
async def beside(live, window: Window, count: int = 1):
    """So many more sockets of the person at this window, beside the page's own."""
    jar = {cookie["name"]: cookie["value"] for cookie in await window.page.context.cookies()}
    person = Person(live.url, jar=jar)
    yield [await person.enter(socket_path(window.page.url)) for _ in range(count)]
    await silent(person)


async def silent(person: Person) -> None:
    """Let somebody leave. What they have not read yet is read first: a line that is full of frames closes late."""
    for line in person.viewers:
        await line.echo()
    await person.go()


async def spoken(live, window: Window, texts: list[str]) -> None:
    """Let somebody else say all this in the window's room, in this order, and leave."""
    person = await newcomer(live)
    path = socket_path(await window.invite())
    for first in range(0, len(texts), AT_ONCE):
        line = await person.enter(path)
        *others, last = texts[first : first + AT_ONCE]
        for text in others:
            await line.send("say", id=secrets.token_urlsafe(9), text=text, re=None, at=[])
        await line.say(last)
    await silent(person)

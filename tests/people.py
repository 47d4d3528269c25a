"""People for tests: a browser's cookie jar over real HTTP, and a viewer's socket, both without a browser."""

import asyncio
import http.client
import json
import re
import secrets
import ssl
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE = 10  # seconds a test waits for what must come
AGAIN = 0.2  # seconds until somebody tries again what could not be done for the moment


@dataclass
class Reply:
    """What a page answered."""

    status: int
    headers: http.client.HTTPMessage
    text: str


@dataclass
class Person:
    """Somebody with a cookie jar who visits the site at `url`, from an address of the loopback range."""

    url: str
    address: str = "127.0.0.1"
    jar: dict[str, str] = field(default_factory=dict)
    viewers: list["Viewer"] = field(default_factory=list)
    trust: ssl.SSLContext | None = None  # for https

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.jar.items())

    def get(self, path: str, **headers: str) -> Reply:
        return self._request("GET", path, None, headers)

    def head(self, path: str) -> Reply:
        return self._request("HEAD", path, None, {})

    def post(self, path: str, **fields: str) -> Reply:
        page = self.get("/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
        body = urlencode({**fields, "csrfmiddlewaretoken": token})
        return self._request(
            "POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.url}
        )

    def add(self, link: str = "https://media.example/film.mp4") -> "Room":
        """Make a room; returns where it is."""
        made = self.post("/", url=link)
        assert made.status == 302, made.text
        page = self.get(made.headers["Location"])
        data = re.search(r'id="room-data" type="application/json">(.*?)</script>', page.text)[1]
        return Room(json.loads(data))

    def socket(self, path: str, origin: str | None = None) -> connect:
        """A socket to be, as an async context manager or awaitable."""
        headers = {"Cookie": self.cookie} if self.jar else {}
        return connect(
            f"ws{self.url.removeprefix('http')}{path}",
            origin=origin or self.url,
            additional_headers=headers,
            compression=None,
            ssl=self.trust,
            max_queue=None,  # a line that is full of frames would close late
            proxy=None,
            local_addr=(self.address, 0),
        )

    async def enter(self, path: str) -> "Viewer":
        """Open the socket and read the first frames: the state, the rules, my place, who is here, the chat, the queue."""
        viewer = Viewer(await self.socket(path))
        self.viewers.append(viewer)
        viewer.state = await viewer.next("st")
        viewer.rules, viewer.you = await viewer.next("rules"), await viewer.next("you")
        viewer.roster = await viewer.next("who")
        viewer.chat = await viewer.next("chat")
        viewer.queue_now = await viewer.next("queue")
        return viewer

    async def go(self) -> None:
        """Leave all rooms."""
        for viewer in self.viewers:
            await viewer.close()

    def _request(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Reply:
        parts = urlsplit(self.url)
        options = {"timeout": PATIENCE, "source_address": (self.address, 0)}
        if self.trust:
            connection = http.client.HTTPSConnection(parts.hostname, parts.port, context=self.trust, **options)
        else:
            connection = http.client.HTTPConnection(parts.hostname, parts.port, **options)
        try:
            sent = {**({"Cookie": self.cookie} if self.jar else {}), **headers}
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, value = line.split(";")[0].partition("=")
            self.jar[name] = value.strip('"') if name == "csrftoken" else value
        return Reply(response.status, response.headers, text)


class Room:
    """Where a room is, from the data on its page."""

    def __init__(self, data: dict) -> None:
        self.data = data
        self.id = data["room"]["id"]
        self.entry = data["entry"]["id"]
        self.watch = f"/watch/{self.id}/"
        self.join = urlsplit(data["room"]["invite"]).path
        self.owner_socket, self.guest_socket = f"/ws{self.watch}", f"/ws{self.join}"


class Viewer:
    """A viewer's open socket."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.state: dict = {}
        self.roster: dict = {}
        self.rules: dict = {}
        self.you: dict = {}
        self.chat: dict = {}
        self.queue_now: dict = {}
        self.count = 0

    async def send(self, type_: str, **fields) -> None:
        await self.connection.send(json.dumps({"type": type_, **fields}))

    async def op(self, kind: str, op_id: str = "", **fields) -> str:
        """Send an op on top of the newest state seen; returns its id."""
        op_id = op_id or secrets.token_urlsafe(9)
        await self.send("op", id=op_id, v=self.state["v"], entry=self.state["entry"], kind=kind, **fields)
        return op_id

    async def manage(self, kind: str, **fields) -> dict:
        """Do a host's act; returns the answer, `done` or `refused`."""
        return await self._asked("manage", kind=kind, **fields)

    async def queue(self, kind: str, **fields) -> dict:
        """Do something with the queue; returns the answer, `done` or `refused`."""
        return await self._asked("queue", kind=kind, **fields)

    async def add(self, *links: str, where: str = "end") -> dict:
        """Put links into the queue; returns the answer."""
        return await self.queue("add", links=list(links), where=where)

    async def say(self, text: str, message_id: str = "", **fields) -> dict:
        """Say something, again while the store is out of reach; returns it as it came back, or `refused`."""
        message_id = message_id or secrets.token_urlsafe(9)
        said = {"id": message_id, "text": text, "re": None, "at": [], **fields}
        await self.send("say", **said)
        while True:
            message = await self.take()
            if found := told(message, message_id):
                return found
            if message["type"] != "refused" or message["id"] != message_id:
                continue
            if message["reason"] != "unavailable":
                return message
            await asyncio.sleep(AGAIN)
            await self.send("say", **said)

    async def _asked(self, type_: str, **fields) -> dict:
        request = secrets.token_urlsafe(9)
        await self.send(type_, id=request, **fields)
        while (message := await self.take()).get("id") != request:
            pass
        return message

    async def change(self, type_: str, **fields) -> dict:
        """Edit, delete or mark a message; returns the answer, `done` or `refused`."""
        return await self._asked(type_, **fields)

    async def when(self, holds) -> dict:
        """The next message for which `holds(message)`; what comes before it is passed over."""
        while not holds(message := await self.take()):
            pass
        return message

    async def take(self) -> dict:
        """The next message, whatever it is; the newest state and count of people are kept."""
        async with asyncio.timeout(PATIENCE):
            message = json.loads(await self.connection.recv())
        if message["type"] == "st":
            self.state = message
        if message["type"] in {"rules", "you"}:
            setattr(self, message["type"], message)
        if message["type"] == "who":
            self.count = message["n"]
        return message

    async def next(self, type_: str) -> dict:
        """The next message of a type; what comes before it is passed over."""
        while (message := await self.take())["type"] != type_:
            pass
        return message

    async def until(self, v: int) -> list[dict]:
        """All messages up to the state of version `v`, that one included."""
        seen = [await self.take()]
        while self.state["v"] < v:
            seen.append(await self.take())
        return seen

    async def people(self, count: int) -> None:
        """Wait until the room has so many people."""
        while self.count != count:
            await self.take()

    async def echo(self) -> list[dict]:
        """What has come so far: everything before the answer to a clock ping sent now."""
        await self.send("ck", seq=0, c0=0, rtt=None, v=0)
        seen = [await self.take()]
        while seen[-1]["type"] != "ck":
            seen.append(await self.take())
        return seen[:-1]

    async def closed(self) -> int:
        """The code with which the server closes; what comes before it is passed over."""
        async with asyncio.timeout(PATIENCE):
            try:
                while True:
                    await self.connection.recv()
            except ConnectionClosed as end:
                return end.rcvd.code if end.rcvd else 1006

    async def close(self) -> None:
        await self.connection.close()


def told(message: dict, message_id: str) -> dict | None:
    """The chat message of an id, where a message of the server brings it: as news, or in the whole chat if news was lost."""
    items = [message["item"]] if message["type"] == "msg" else message.get("items", [])
    return next((item for item in items if item["id"] == message_id), None)

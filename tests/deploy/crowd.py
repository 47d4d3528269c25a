"""People who chat and seek without a pause, come back when they are sent away, and know what they did."""

import asyncio
import random
import secrets
from dataclasses import dataclass, field
from zlib import crc32

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.people import Person, Viewer

PACE = 0.5  # seconds between two acts of one person
MESSAGES = 45  # of one person: a room keeps 500
RETURN = 0.5  # seconds over which people come back; pages take up to 2


@dataclass
class Fan:
    """One person in one room."""

    person: Person
    socket: str  # the path of the room's socket
    seeks: bool = False  # whether they seek besides
    said: list[str] = field(default_factory=list)  # ids of the messages that came back
    sought: float | None = None  # the last position that was confirmed
    breaks: list[int] = field(default_factory=list)  # the codes with which lines ended
    viewer: Viewer | None = None

    async def enter(self) -> None:
        """Come in."""
        self.viewer = await self.person.enter(self.socket)

    async def act(self, going: asyncio.Event) -> None:
        """Act while `going`; each act is repeated on a new line until it is confirmed."""
        while going.is_set():
            if len(self.said) < MESSAGES:
                await self._surely(self._say, secrets.token_urlsafe(9))
            if self.seeks:
                await self._surely(self._seek, secrets.token_urlsafe(9))
            await asyncio.sleep(PACE)

    async def _surely(self, act, act_id: str) -> None:
        while True:
            try:
                return await act(act_id)
            except ConnectionClosed as end:
                self.breaks.append(end.rcvd.code if end.rcvd else 1006)
                await asyncio.sleep(random.uniform(0, RETURN))
                await self._come_back()

    async def _come_back(self) -> None:
        while True:
            try:
                return await self.enter()
            except (ConnectionClosed, InvalidHandshake, OSError) as error:
                self.breaks.append(getattr(getattr(error, "response", None), "status_code", 0))
                await asyncio.sleep(random.uniform(0, RETURN))

    async def _say(self, act_id: str) -> None:
        answer = await self.viewer.say(f"{act_id} was here", act_id)
        assert answer.get("type") != "refused", answer
        self.said.append(act_id)

    async def _seek(self, act_id: str) -> None:
        pos = float(crc32(act_id.encode()) % 90)  # the same each time it is sent
        await self.viewer.op("seek", act_id, pos=pos)
        answer = await self.viewer.when(lambda one: act_id in (one.get("id"), (one.get("by") or {}).get("op")))
        assert answer["type"] == "st" or answer["reason"] == "already", answer
        self.sought = pos


async def chat_of(viewer: Viewer) -> list[str]:
    """The ids of all messages of the room, as somebody finds them who comes in and scrolls up."""
    items = viewer.chat["items"]
    while items and items[0]["n"] > viewer.chat["first"]:
        await viewer.send("past", before=items[0]["n"])
        items = (await viewer.next("past"))["items"] + items
    return [item["id"] for item in items]

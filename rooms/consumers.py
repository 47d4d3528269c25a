"""The door of the WebSocket: connect, receive, disconnect. No rules live here.

A plain ASGI application and not a Channels consumer class: those visit a shared thread before each
message and keep a channel and two tasks a socket. The room's group is joined once a process, in `broadcast`.
"""

import logging
import secrets
import time
from collections import Counter

from django.conf import settings

from rooms import broadcast, protocol
from rooms.domain.bucket import Bucket
from rooms.domain.errors import RoomFull, RoomUnknown
from rooms.domain.playback import Act
from rooms.domain.room import Room
from rooms.hub import Viewer
from rooms.services import playback, presence, upkeep
from rooms.services import rooms as services
from wewatch.address import client_address
from wewatch.clock import clock
from wewatch.limits import allow
from wewatch.line import text_frame
from wewatch.record import Contended
from wewatch.redis import OUT_OF_REACH

log = logging.getLogger(__name__)
CLOSE_FLOOD, CLOSE_NO_USER, CLOSE_GONE, CLOSE_FULL = 1008, 4401, 4404, 4429
CLEAN = {1000, 1001, CLOSE_NO_USER, CLOSE_GONE}  # close codes after which nobody comes back
MESSAGES = (20, 40)  # frames a second, and at once
ACTS = (10, 20)  # acts a second and at once, a socket
WRONG_INVITES = (20, 600)  # wrong keys from one address, in seconds

_sockets: Counter = Counter()  # open sockets of this process by address and by user


class RoomSocket:
    """One WebSocket of one viewer, from handshake to close."""

    def __init__(self, scope, receive, send) -> None:
        self.scope, self.receive, self.send = scope, receive, send
        self.line = scope["extensions"]["wewatch.line"]
        self.account = scope["account"]
        self.address = client_address(scope)
        self.frames, self.acts = Bucket(*MESSAGES), Bucket(*ACTS)
        self.viewer: Viewer | None = None

    @classmethod
    def as_asgi(cls):
        """The ASGI application, for the routing."""

        async def application(scope, receive, send):
            await cls(scope, receive, send).run()

        return application

    async def run(self) -> None:
        """Admit the viewer, then answer frame by frame until the line ends."""
        await self.receive()  # websocket.connect
        places = [("address", self.address), ("user", self.account and self.account.id)]
        limits = [settings.MAX_SOCKETS_PER_ADDRESS, settings.MAX_SOCKETS_PER_USER]
        if any(_sockets[place] >= limit for place, limit in zip(places, limits, strict=True)):
            self.line.deny(429, "Too many sockets")
            return
        _sockets.update(places)
        try:
            await self._serve()
        finally:
            _sockets.subtract(places)
            for place in places:
                if not _sockets[place]:
                    del _sockets[place]

    async def _serve(self) -> None:
        room = await self._admit()
        if room is None:
            return
        code = 1012  # where the server itself ends, the lease outlives the line
        try:
            if await self._enter(room):
                code = await self._listen()
        finally:
            await self._leave(code)

    async def _admit(self) -> Room | None:
        refused = CLOSE_NO_USER
        if self.account:
            try:
                return await self._open()
            except RoomUnknown:
                refused = CLOSE_GONE
                if not await allow("invite", self.address, *WRONG_INVITES):
                    self.line.deny(429, "Too many wrong invites")
                    return None
        await self.send({"type": "websocket.accept"})
        await self.send({"type": "websocket.close", "code": refused})
        return None

    async def _open(self) -> Room:
        where = self.scope["url_route"]["kwargs"]
        if "key" in where:
            return await services.open_invited(where["key"])
        return await services.open_own(self.account.id, where["room_id"])

    async def _enter(self, room: Room) -> bool:
        """Join first, then read the state, so that no change falls between the two."""
        await clock().ready()
        upkeep.ensure()
        member = f"{clock().now():.0f}:{self.account.id}:{secrets.token_hex(4)}"
        self.viewer = Viewer(self.line, room.id, self.account.id, self.account.family, member)
        here = await broadcast.local().join(self.viewer)
        refused = 0
        try:
            await presence.enter(room.id, member)
            now = await playback.snapshot(room.id)
            if not here.roster.count:
                here.roster = await presence.roster(room.id)
        except RoomFull:
            refused = CLOSE_FULL
        except RoomUnknown:
            refused = CLOSE_GONE
        await self.send({"type": "websocket.accept"})
        if refused:
            self.line.close(refused)
            return False
        frame = text_frame(protocol.state(now.playback, now.epoch))
        self.line.write(here.adopt(now.epoch, now.playback.v, frame))
        self.line.write(text_frame(upkeep.who(here.roster)))
        self.viewer.ready = True
        return True

    async def _leave(self, code: int) -> None:
        if self.viewer is None:
            return
        try:
            await broadcast.local().leave(self.viewer)
            if code != 1012:
                await presence.leave(self.viewer.room_id, self.viewer.member, clean=code in CLEAN or self.viewer.silent)
        except OUT_OF_REACH:
            pass  # the lease runs out by itself

    async def _listen(self) -> int:
        while True:
            message = await self.receive()
            arrived = clock().now()
            if message["type"] == "websocket.disconnect":
                return message.get("code") or 1006
            if not self.frames.take(time.monotonic()):
                self.line.close(CLOSE_FLOOD)
                continue
            await self._answer(message.get("text"), arrived)

    async def _answer(self, text: str | None, arrived: float) -> None:
        try:
            message = protocol.parse(text or "")
            if type(message) is protocol.Ck:
                self._on_ck(message, arrived)
                return
            await HANDLERS[type(message)](self, message)
        except protocol.BadMessage as error:
            self._write("error", code="bad-message", detail=f"Not understood: {error}.")
        except RoomUnknown:
            self.line.close(CLOSE_GONE)
        except (*OUT_OF_REACH, Contended) as error:
            log.warning("a frame was answered with `unavailable`: %s", error)
            self._write("error", code="unavailable", detail="The server cannot reach its store. Try again.")

    def _write(self, type_: str, **fields) -> None:
        self.line.write(text_frame(protocol.dump(type_, **fields)))

    def _on_ck(self, message: protocol.Ck, arrived: float) -> None:
        if message.rtt is not None:
            self.viewer.one_way = min(max(message.rtt, 0.0), 5000.0) / 2
        self._write("ck", seq=message.seq, c0=message.c0, s1=round(arrived, 3), s2=round(clock().now(), 3))

    async def _on_op(self, message: protocol.Op) -> None:
        act = Act(self.account.id, message.id, message.v, message.entry, message.kind, message.pos, message.rate)
        try:
            if not self.acts.take(time.monotonic()):
                raise playback.Nak("too-fast", await playback.snapshot(self.viewer.room_id))
            await playback.apply(self.viewer.room_id, act)
        except playback.Nak as nak:
            state = protocol.vector(nak.room.playback, nak.room.epoch)
            self._write("nak", id=message.id, reason=nak.reason, st=state)

    async def _on_end(self, message: protocol.End) -> None:
        await playback.end(self.viewer.room_id, message.entry)

    async def _on_meta(self, message: protocol.Meta) -> None:
        await playback.learn_about(self.viewer.room_id, message.entry, message.duration, message.live, message.title)

    async def _on_get(self, message: protocol.Get) -> None:
        room = await playback.snapshot(self.viewer.room_id)
        self.line.write(text_frame(protocol.state(room.playback, room.epoch)))

    async def _on_me(self, message: protocol.Me) -> None:
        await broadcast.publish_roster(self.viewer.room_id)


HANDLERS = {
    protocol.Op: RoomSocket._on_op,
    protocol.End: RoomSocket._on_end,
    protocol.Meta: RoomSocket._on_meta,
    protocol.Get: RoomSocket._on_get,
    protocol.Me: RoomSocket._on_me,
}

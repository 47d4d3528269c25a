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
from rooms.broadcast import CLOSE_CLOSED, CLOSE_GONE, CLOSE_LOCKED, CLOSE_NO_USER, CLOSE_REMOVED, CLOSE_REVOKED
from rooms.domain.bucket import Bucket
from rooms.domain.errors import Closed, Locked, NoSpace, Refused, Removed, RoomFull, RoomUnknown
from rooms.domain.room import Room
from rooms.handlers import HANDLERS
from rooms.hub import Viewer
from rooms.protocol import messages
from rooms.services import presence, standing, upkeep, watching
from rooms.services import rooms as services
from wewatch import metrics, pulse
from wewatch.address import client_address, network
from wewatch.clock import clock
from wewatch.limits import allow
from wewatch.line import text_frame
from wewatch.record import Contended
from wewatch.redis import OUT_OF_REACH

log = logging.getLogger(__name__)
CLOSE_FLOOD, CLOSE_FULL = 1008, 4429
# Close codes after which nobody comes back.
CLEAN = {1000, 1001, CLOSE_NO_USER, CLOSE_REMOVED, CLOSE_GONE, CLOSE_REVOKED, CLOSE_LOCKED, CLOSE_CLOSED}
BACK = b"back"  # the query of a page that had an open socket before
MESSAGES = (20, 40)  # frames a second, and at once
ACTS = (10, 20)  # acts a second and at once, a socket: all frames but clock pings
COUNTED = {
    messages.Op,
    messages.Manage,
    messages.Queue,
    messages.Say,
    messages.Edit,
    messages.Del,
    messages.Mark,
}
WRONG_INVITES = (20, 600)  # wrong keys from one address, in seconds

_sockets: Counter = Counter()  # open sockets of this process by address and by user


class RoomSocket:
    """One WebSocket of one viewer, from handshake to close."""

    def __init__(self, scope, receive, send) -> None:
        self.scope, self.receive, self.send = scope, receive, send
        self.line = scope["extensions"]["wewatch.line"]
        self.account = scope["account"]
        self.address = client_address(scope)
        self.network = services.hidden(network(self.address))
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
        opened = await self._admit()
        if opened is None:
            return
        code = 1012  # where the server itself ends, the lease outlives the line
        try:
            if await self._enter(*opened):
                code = await self._listen()
        finally:
            metrics.closed(code)
            await self._leave(code)

    async def _admit(self) -> tuple[Room, str] | None:
        """The room, and the hash of the key that opened it; None for a line that was refused."""
        refused = CLOSE_NO_USER
        if self.account:
            try:
                return await self._open()
            except RoomUnknown:
                refused = CLOSE_GONE
                if not await allow("invite", self.address, *WRONG_INVITES):
                    self.line.deny(429, "Too many wrong invites")
                    return None
            except Removed:
                refused = CLOSE_REMOVED
            except Locked:
                refused = CLOSE_LOCKED
            except Closed:
                refused = CLOSE_CLOSED
        await self.send({"type": "websocket.accept"})
        await self.send({"type": "websocket.close", "code": refused})
        metrics.closed(refused)
        return None

    async def _open(self) -> tuple[Room, str]:
        where = self.scope["url_route"]["kwargs"]
        if "key" not in where:
            return await services.open_own(self.account.id, where["room_id"]), ""
        invited = await services.open_invited(where["key"], self.account.id, self.network)
        await services.come_in(invited, self.account.id)
        return invited.room, invited.key_hash

    async def _enter(self, room: Room, key_hash: str) -> bool:
        """Join first, then read the state, so that no change falls between the two."""
        await clock().ready()
        upkeep.ensure()
        member = f"{clock().now():.0f}:{self.account.id}:{secrets.token_hex(4)}"
        self.viewer = Viewer(self.line, room.id, self.account.id, self.account.family, member, self.network, key_hash)
        here = await broadcast.local().join(self.viewer)
        refused = 0
        try:
            await presence.enter(self.viewer)
            await standing.prime(here)
            refused = standing.shut(here.known, self.viewer, clock().now())
        except RoomFull:
            refused = CLOSE_FULL
        except RoomUnknown:
            refused = CLOSE_GONE
        await self.send({"type": "websocket.accept"})
        if refused:
            self.line.close(refused)
            return False
        self.line.write(standing.welcome(here, self.viewer))
        self.viewer.ready = True
        if self.scope["query_string"] == BACK:
            metrics.RECONNECTS.inc()
        return True

    async def _leave(self, code: int) -> None:
        if self.viewer is None:
            return
        room = broadcast.local().rooms.get(self.viewer.room_id)
        try:
            await broadcast.local().leave(self.viewer)
            if code != 1012:
                await presence.leave(self.viewer, clean=code in CLEAN or self.viewer.silent)
            await watching.left(room, self.viewer)
        except OUT_OF_REACH:
            pass  # the lease runs out by itself

    async def _listen(self) -> int:
        while True:
            message = await self.receive()
            arrived = clock().now()
            if message["type"] == "websocket.disconnect":
                return message.get("code") or 1006
            if not self.frames.take(time.monotonic()):
                metrics.LIMITED.labels("flood").inc()
                self.line.close(CLOSE_FLOOD)
                continue
            await self._answer(message.get("text"), arrived)

    async def _answer(self, text: str | None, arrived: float) -> None:
        try:
            message = protocol.parse(text or "")
            if type(message) is messages.Ck:
                self._on_ck(message, arrived)
                return
            if type(message) is not messages.Op and not self.acts.take(time.monotonic()):
                metrics.LIMITED.labels("acts").inc()
                raise Refused("too-fast")
            metrics.ACTS.labels(type(message).__name__.lower(), getattr(message, "kind", "")).inc()
            await HANDLERS[type(message)](self, message)
            pulse.counts["acts"] += type(message) in COUNTED
        except protocol.BadMessage as error:
            self.write("error", code="bad-message", detail=f"Not understood: {error}.")
        except Refused as refusal:
            self._refuse(message, refusal.reason, refusal.wait)
        except NoSpace:
            self._refuse(message, "no-space")
        except RoomUnknown:
            self.line.close(CLOSE_GONE)
        except (*OUT_OF_REACH, Contended) as error:
            log.warning("a frame was answered with `unavailable`: %s", error)
            self._refuse(message, "unavailable")

    def _refuse(self, message, reason: str, wait: float | None = None) -> None:
        metrics.REFUSED.labels(reason).inc()
        self.write("refused", id=getattr(message, "id", None), reason=reason, wait=wait)

    def write(self, type_: str, **fields) -> None:
        """Send one message to this viewer alone."""
        self.line.write(text_frame(protocol.dump(type_, **fields)))

    def _on_ck(self, message: messages.Ck, arrived: float) -> None:
        if message.rtt is not None:
            self.viewer.one_way = min(max(message.rtt, 0.0), 5000.0) / 2
        if message.drift is not None:
            metrics.DRIFT.observe(abs(message.drift) / 1000)
        self.write("ck", seq=message.seq, c0=message.c0, s1=round(arrived, 3), s2=round(clock().now(), 3))

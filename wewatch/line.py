"""One WebSocket as the room hub writes to it: whole frames, built once for all, straight to the socket.

The only module that touches the inside of Daphne, Autobahn and Twisted. Where a transport is not what
it relies on (TLS, another Twisted), frames go through the transport's public `write`.
"""

import time

from autobahn.twisted.websocket import ConnectionDeny
from twisted.internet import tcp

UNSENT_LIMIT = 256 * 1024  # bytes; Daphne buffers without bound, so one that never reads is dropped
PING = b"\x89\x00"  # a ping frame; browsers answer it by themselves
STATE_OPEN = 3  # autobahn.websocket.protocol.WebSocketProtocol.STATE_OPEN


def text_frame(payload: bytes) -> bytes:
    """The payload as one unmasked WebSocket text frame (RFC 6455, section 5.2)."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


class Line:
    """What the hub and the consumers need of a connection: write, deny, drop.

    `heard` is when the last ping was answered, in seconds of the monotonic clock.
    """

    __slots__ = ("_direct", "_protocol", "heard")

    def __init__(self, protocol) -> None:
        self._protocol = protocol
        self._direct = can_write_straight(protocol.transport)
        self.heard = time.monotonic()
        protocol.onPong = self._on_pong

    def _on_pong(self, payload: bytes) -> None:
        self.heard = time.monotonic()

    def write(self, frame: bytes) -> None:
        """Send a whole frame: at once where nothing waits before it, else behind what waits.

        Does nothing on a line that is closing. A line with too much unsent is dropped: the
        client comes back and gets the newest state instead of all that it missed.
        """
        if self._protocol.state != STATE_OPEN:
            return
        transport = self._protocol.transport
        if self._direct and not transport.dataBuffer and not transport._tempDataBuffer:
            try:
                sent = transport.socket.send(frame)
            except OSError:  # full, or broken: the transport notices which
                sent = 0
            if sent == len(frame):
                return
            frame = frame[sent:]
        transport.write(frame)
        if self._direct and unsent(transport) > UNSENT_LIMIT:
            self.drop()

    def drop(self) -> None:
        """Cut the line without waiting for what is unsent."""
        self._protocol.dropConnection(abort=True)

    def close(self, code: int) -> None:
        """Close an open line with any code; Autobahn's `sendClose` refuses those below 3000, as for a browser."""
        if self._protocol.state == STATE_OPEN:
            self._protocol.sendCloseFrame(code=code)

    def deny(self, status: int, reason: str) -> None:
        """Answer the handshake with an HTTP status instead of accepting it."""
        protocol = self._protocol
        if hasattr(protocol, "handshake_deferred"):
            deferred = protocol.handshake_deferred
            del protocol.handshake_deferred
            deferred.errback(ConnectionDeny(code=status, reason=reason))
            protocol.server.protocol_disconnected(protocol)


def can_write_straight(transport) -> bool:
    """Whether this is plain TCP with the buffers of a Twisted that we know."""
    return type(transport) is tcp.Server and all(
        hasattr(transport, name) for name in ("socket", "dataBuffer", "offset", "_tempDataBuffer", "_tempDataLen")
    )


def unsent(transport) -> int:
    """Bytes that wait in the transport's own buffers."""
    return len(transport.dataBuffer) - transport.offset + transport._tempDataLen

"""How a worker leaves on SIGTERM, so that nobody notices: it takes no more lines, sends its sockets elsewhere,
finishes what is under way, and stops.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress

from daphne.http_protocol import WebRequest
from twisted.internet.error import ReactorNotRunning

log = logging.getLogger(__name__)
RESTARTING = 1012  # close code: the client comes back after a random moment
LOOK = 0.05  # seconds between two looks at what is under way
GRACE = 8.0  # seconds for that; less than the supervisor's, which kills after 10


class Departure:
    """The leaving of one worker; a second `begin` makes it stop at once."""

    def __init__(self, server, reactor, announce: Callable[[], None], notice: float) -> None:
        """`announce` tells that it leaves; for `notice` seconds it still serves after that."""
        self._server, self._reactor, self._announce, self._notice = server, reactor, announce, notice
        self._begun = False

    def begin(self) -> None:
        """Leave; returns at once, and the reactor stops when nothing is under way any more."""
        if self._begun:
            self._stop()
            return
        self._begun = True
        self._announce()
        self._reactor.callLater(self._notice, self._close_doors)
        self._reactor.callLater(self._notice + GRACE, self._give_up)

    def _close_doors(self) -> None:
        for port in self._server.ports:
            port.doRead()  # who has called already is served: a port of its own goes with us
            port.stopListening()
        self._finish()

    def _finish(self) -> None:
        for protocol in self._server.connections:  # again and again: some were only about to open
            if hasattr(protocol, "wewatch_line"):
                protocol.wewatch_line.close(RESTARTING)
            elif getattr(protocol, "channel", None) and isinstance(protocol, WebRequest):
                protocol.channel.persistent = False  # its line must not bring another request
        if any(self._under_way()):
            self._reactor.callLater(LOOK, self._finish)
        else:
            self._stop()

    def _under_way(self) -> Iterator[object]:
        """The requests that wait for their answer, and all whose application has not ended."""
        for protocol, details in self._server.connections.items():
            application = details.get("application_instance")
            asked = isinstance(protocol, WebRequest) and "disconnected" not in details
            if asked or (application and not application.done()):
                yield protocol

    def _give_up(self) -> None:
        kinds = Counter(type(protocol).__name__ for protocol in self._under_way())
        log.warning("stops, though this is still under way: %s", dict(kinds))
        self._stop()

    def _stop(self) -> None:
        with suppress(ReactorNotRunning):  # it stops already
            self._reactor.stop()

"""How a worker leaves on SIGTERM, so that nobody notices: it takes no more lines, sends its sockets elsewhere,
finishes what is under way, and stops.
"""

import os
from contextlib import suppress

from daphne.http_protocol import WebRequest
from twisted.internet.error import ReactorNotRunning

from wewatch import probes

INHERITED = "fd:fileno="  # how Daphne names a socket that it got from its parent
RESTARTING = 1012  # close code: the client comes back after a random moment
LOOK = 0.05  # seconds between two looks at what is under way
GRACE = 8.0  # seconds for that; less than the supervisor's, which kills after 10


class Departure:
    """The leaving of one worker; a second `begin` makes it stop at once."""

    def __init__(self, server, reactor, notice: float) -> None:
        """`notice`: seconds in which it says at /readyz that it leaves, and still serves."""
        self._server, self._reactor, self._notice = server, reactor, notice

    def begin(self) -> None:
        """Leave; returns at once, and the reactor stops when nothing is under way any more."""
        if probes.leaving:
            self._stop()
            return
        probes.leaving = True
        self._reactor.callLater(self._notice, self._close_doors)
        self._reactor.callLater(self._notice + GRACE, self._stop)  # come what may

    def _close_doors(self) -> None:
        for port in self._server.ports:
            port.doRead()  # who has called already is served: a port of its own goes with us
            port.stopListening()
        for endpoint in self._server.endpoints:  # the port above was only a copy of what was inherited
            if endpoint.startswith(INHERITED):
                os.close(int(endpoint.removeprefix(INHERITED)))
        self._finish()

    def _finish(self) -> None:
        for protocol in self._server.connections:  # again and again: some were only about to open
            if hasattr(protocol, "wewatch_line"):
                protocol.wewatch_line.close(RESTARTING)
            elif isinstance(protocol, WebRequest) and protocol.channel:
                protocol.channel.persistent = False  # its line must not bring another request
        if self._under_way():
            self._reactor.callLater(LOOK, self._finish)
        else:
            self._stop()

    def _under_way(self) -> bool:
        """Whether a request waits for its answer, or an application for its end."""
        connections = self._server.connections.items()
        return any(_runs(details) or _unanswered(protocol, details) for protocol, details in connections)

    def _stop(self) -> None:
        with suppress(ReactorNotRunning):  # it stops already
            self._reactor.stop()


def _runs(details: dict) -> bool:
    application = details.get("application_instance")
    return application is not None and not application.done()


def _unanswered(protocol, details: dict) -> bool:
    return isinstance(protocol, WebRequest) and "disconnected" not in details

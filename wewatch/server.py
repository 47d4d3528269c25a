"""A worker: Daphne's command line with our bounds, and a server that hands each socket's line to the application.

`python -m wewatch.server --fd N` serves wewatch.asgi on a socket that is bound already.
"""

import gc
import logging
import os
import signal
import sys

from autobahn.websocket import protocol as autobahn
from daphne.cli import CommandLineInterface
from daphne.server import Server
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from twisted.internet import reactor  # after daphne.server, which chooses it

from wewatch import counting, notify
from wewatch.leaving import RESTARTING, Departure
from wewatch.line import STATE_OPEN, Line

FRAME_LIMIT = 8192  # bytes; the consumer refuses from 4096 on with a message, this closes the line
TIMEOUTS = 2  # seconds between two looks at connections
NEVER = 10**9  # seconds: the upkeep of rooms pings, for less
YOUNG = 20_000  # new objects between two collections; by default, 700, a full room stands still for 0.3 s at times


class LineServer(Server):
    """Daphne's server; a WebSocket's scope carries its line, and a stop says goodbye first."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ports = []  # that it listens on

    def listen_success(self, port):
        self.ports.append(port)
        super().listen_success(port)

    def run(self):
        """Serve. What was imported until now stays: the garbage collector need not look through it again."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(YOUNG)
        # Autobahn pretty-prints all settings of each connection for a debug log that is off: a fifth of a handshake.
        autobahn.pformat = _nothing
        reactor.callWhenRunning(self._started)
        super().run()

    def _started(self):
        """It listens; from now on SIGTERM is ours and not the reactor's, which would cut requests off."""
        from wewatch import probes  # not before `counting` has begun

        departure = Departure(self, reactor, probes.leave, settings.LEAVE_NOTICE)
        signal.signal(signal.SIGTERM, lambda *_: reactor.callFromThread(departure.begin))
        notify.ready()

    def create_application(self, protocol, scope):
        if scope["type"] == "websocket":
            scope.setdefault("extensions", {})["wewatch.line"] = Line(protocol)
            protocol.wewatch_line = scope["extensions"]["wewatch.line"]
        return super().create_application(protocol, scope)

    def timeout_checker(self):
        """Look after what is not an open socket yet; open ones the upkeep of rooms pings."""
        for protocol in list(self.connections):
            if getattr(protocol, "state", None) != STATE_OPEN:
                protocol.check_timeouts()
        reactor.callLater(TIMEOUTS, self.timeout_checker)

    def kill_all_applications(self):
        for protocol, details in self.connections.items():
            details.setdefault("application_instance", _done())
            if hasattr(protocol, "wewatch_line"):
                protocol.wewatch_line.close(RESTARTING)
        return super().kill_all_applications()


def _nothing(_) -> str:
    return ""


def _done():
    """A finished future: Daphne's stop expects one of every connection, and some have no application yet."""
    import asyncio

    future = asyncio.get_event_loop().create_future()
    future.set_result(None)
    return future


class Worker(CommandLineInterface):
    """Daphne's command line with safe arguments before those given."""

    description = "A worker of We Watch"
    server_class = LineServer

    def run(self, args: list[str]) -> None:
        """Serve until stopped. Daphne's own access log is off: it would print invite keys."""
        bounds = ["--verbosity", "0", "--no-server-name"]
        bounds += ["--ping-interval", str(NEVER)]
        bounds += ["--websocket-max-message-size", str(FRAME_LIMIT), "--websocket-max-frame-size", str(FRAME_LIMIT)]
        bounds += ["--websocket_timeout", "-1"]
        super().run([*bounds, *args, "wewatch.asgi:application"])


def main() -> None:
    """Run a worker; a wrong setting is one line, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wewatch.settings")
    logging.captureWarnings(True)
    try:
        if settings.METRICS_TOKEN:
            counting.begin(settings.DATA_DIR / "metrics")
        Worker().run(sys.argv[1:])
    except ImproperlyConfigured as error:
        sys.exit(f"We Watch cannot start: {error}")


if __name__ == "__main__":
    main()

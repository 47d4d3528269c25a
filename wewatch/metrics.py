"""What We Watch counts, for Prometheus; docs/operations.md says how to read it.

Values of labels come from tables of the program, never from people: so their number is bounded. `counting` says where
the processes of one machine keep their numbers, and must have been asked before this is imported.
"""

import logging

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
QUICK = (0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)  # seconds
DRIFTS = (0.005, 0.01, 0.02, 0.03, 0.04, 0.06, 0.1, 0.2, 0.5, 1, 5, 30)  # seconds; within 0.04 nothing is corrected
CODES = (
    *(1000, 1001, 1005, 1006, 1008, 1009, 1012, 1013),
    *(4401, 4403, 4404, 4408, 4410, 4423, 4429),
)  # close codes; a client may send any of thousands
EVENTS = ("new", "rotated", "repeat", "replay", "suspect", "ahead", "forged", "ended")


def _gauge(name: str, text: str) -> Gauge:
    return Gauge(f"wewatch_{name}", text, registry=REGISTRY, multiprocess_mode="livesum")


def _counter(name: str, text: str, *labels: str, known: tuple = ()) -> Counter:
    """A counter; with the `known` values of its one label it begins at 0: else a rate would not see the first."""
    counter = Counter(f"wewatch_{name}", text, labels, registry=REGISTRY)
    for value in known:
        counter.labels(value)
    return counter


def _histogram(name: str, text: str, buckets: tuple[float, ...]) -> Histogram:
    return Histogram(f"wewatch_{name}_seconds", text, registry=REGISTRY, buckets=buckets)


VIEWERS = _gauge("viewers", "Open sockets in rooms")
ROOMS = _gauge("rooms", "Rooms with viewers, counted once in each worker that has some of them")
ACTS = _counter("acts", "Messages of clients that were understood, clock pings left out", "type", "kind")
REFUSED = _counter("refused", "Acts that changed nothing, by the protocol's reason", "reason")
LIMITED = _counter(
    "limited",
    "Messages that the token bucket refused: flood (closes the line) or acts",
    "bucket",
    known=("flood", "acts"),
)
RECONNECTS = _counter("reconnects", "Sockets of pages that had an open one before")
CLOSED = _counter("closed", "Sockets that ended, by close code", "code", known=(*CODES, "other"))
TOKENS = _counter("tokens", "What happened to tokens of identity", "event", known=EVENTS)
ERRORS = _counter("errors", "Records of the log of level ERROR and above", "logger")
FANOUT = _histogram("fanout", "From the stamp of an act to the last write of its state in a worker", QUICK)
STORE = _histogram("store", "A script's round trip to the store", QUICK)
DRIFT = _histogram("drift", "How far films are from where they should be, either way, as viewers report", DRIFTS)


def closed(code: int) -> None:
    """Count the end of a socket."""
    CLOSED.labels(code if code in CODES else "other").inc()


class Errors(logging.Handler):
    """Counts records by their logger."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        ERRORS.labels(record.name).inc()

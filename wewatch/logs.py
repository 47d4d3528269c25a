"""Log lines, for people or as JSON, with their request or socket; without what opens a room or tells who somebody is.

Nothing here could take titles, chat or cookies out of a line: nobody may put them in. Keys of invites and addresses
come in by paths and by errors of libraries, so they are masked whatever line they stand in.
"""

import ipaddress
import json
import logging
import re
from datetime import UTC, datetime

from wewatch.address import network
from wewatch.trace import current

KEY = re.compile(r"((?:/|%2F)(?:join|shared)(?:/|%2F))[^/\s\"'?&%]+", re.IGNORECASE)
ADDRESSES = (
    re.compile(r"(?<![\w.:])(?=[0-9a-f]*:)[0-9a-f:.]{6,}", re.IGNORECASE),
    re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)"),
)


def masked(text: str) -> str:
    """The text with each invite and share key as `…`, and of each address only its network."""
    text = KEY.sub(r"\1…", text)
    for pattern in ADDRESSES:
        text = pattern.sub(_network, text)
    return text


def _network(found: re.Match) -> str:
    shown = found[0].rstrip(".:") if "::" not in found[0][-2:] else found[0]
    try:
        masked = network(str(ipaddress.ip_address(shown)))
    except ValueError:  # a version, a time of day
        return found[0]
    if masked == shown + found.string[found.end() :][:3]:
        return found[0]  # it is masked already
    return masked + found[0][len(shown) :]


class Line(logging.Formatter):
    """A record as a line for people, a traceback below it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        trace = current.get()
        record.trace = f" [{trace[0]} {trace[1]}]" if trace else ""
        return masked(super().format(record))


class Json(logging.Formatter):
    """A record as one line of JSON: time, level, logger, request or socket, message, and what else it brings."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        fields |= dict([current.get()]) if current.get() else {}
        fields |= {"message": masked(record.getMessage())}
        if record.exc_info:
            fields["traceback"] = masked(self.formatException(record.exc_info))
        more = getattr(record, "fields", {})
        fields |= {name: masked(value) if isinstance(value, str) else value for name, value in more.items()}
        return json.dumps(fields, ensure_ascii=False, default=str)

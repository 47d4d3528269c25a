"""Log lines without what opens a room: whoever reads a log may not watch."""

import logging
import re

INVITE = re.compile(r"(/join/)[^/\s\"'?]+")


class Masked(logging.Formatter):
    """Writes every invite key in a line, traceback included, as `…`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return INVITE.sub(r"\1…", super().format(record))

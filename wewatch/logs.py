"""Log lines without what opens a room: whoever reads a log may not watch."""

import logging
import re

KEY = re.compile(r"(/(?:join|shared)/)[^/\s\"'?]+")


class Masked(logging.Formatter):
    """Writes every invite and share key in a line, traceback included, as `…`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return KEY.sub(r"\1…", super().format(record))

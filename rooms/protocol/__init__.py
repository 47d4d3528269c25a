"""Every message of a room's WebSocket, in both directions; docs/protocol.md says what each is for.

`messages` are what clients say, `client` checks and parses them, `server` writes what the server says. A test compares
all of it with the page and with the JavaScript twin.
"""

from rooms.protocol.client import FROM_CLIENT, BadMessage, parse
from rooms.protocol.server import FROM_SERVER, dump, entry, person, rows, rules, state, vector

__all__ = [
    "FROM_CLIENT",
    "FROM_SERVER",
    "BadMessage",
    "dump",
    "entry",
    "parse",
    "person",
    "rows",
    "rules",
    "state",
    "vector",
]

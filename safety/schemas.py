"""The schema numbers of all records: what this program writes, and the newest that it reads."""

from accounts import store as accounts
from rooms.store import codec, playlists

SCHEMAS = {"account": accounts.SCHEMA, "room": codec.SCHEMA, "playlist": playlists.SCHEMA}

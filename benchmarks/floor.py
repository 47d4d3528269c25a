"""The floor to compare with: a bare asyncio server that answers an op with one frame to all, and does nothing else.

`python -m benchmarks.floor SIZE` prints its port and serves; SIZE is the bytes of a state.
"""

import asyncio
import json
import sys
from collections import defaultdict

from benchmarks import wire

ACCEPT = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"


class Line(asyncio.Protocol):
    """One socket; those that asked for the same path hear the same."""

    rooms: dict[bytes, set[asyncio.Transport]] = defaultdict(set)
    versions: dict[bytes, int] = defaultdict(int)
    size = 200

    def connection_made(self, transport) -> None:
        self.transport = transport
        self.path = b""

    def connection_lost(self, error) -> None:
        self.rooms[self.path].discard(self.transport)

    def data_received(self, data: bytes) -> None:
        if not self.path:
            self.path = data.split(b" ", 2)[1]
            self.rooms[self.path].add(self.transport)
            self.transport.write(ACCEPT + self._state(None))
            return
        op = json.loads(wire.unmasked(data))
        if op["type"] == "op":
            self.versions[self.path] += 1
            frame = self._state(op["id"])
            for transport in self.rooms[self.path]:
                transport.write(frame)

    def _state(self, op: str | None) -> bytes:
        by = {"op": op} if op else None
        fields = {"type": "st", "v": self.versions[self.path] + 1, "by": by}
        payload = json.dumps(fields, separators=(",", ":")).encode().ljust(self.size)
        return b"\x81\x7e" + len(payload).to_bytes(2, "big") + payload


async def main() -> None:
    """Serve until ended."""
    Line.size = int(sys.argv[1])
    server = await asyncio.get_running_loop().create_server(Line, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())

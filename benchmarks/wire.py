"""The client's side of a WebSocket (RFC 6455) by hand, cheap: a load client must not be the bottleneck."""

import json
import os

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10  # opcodes


def handshake(host: str, path: str, headers: dict[str, str]) -> bytes:
    """The request that opens a WebSocket, from a page of the same site."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {host}",
        f"Origin: http://{host}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def masked(opcode: int, payload: bytes) -> bytes:
    """A whole frame of a client, up to 64 KiB."""
    size = len(payload)
    head = bytes((0x80 | opcode, 0x80 | size)) if size < 126 else bytes((0x80 | opcode, 0xFE)) + size.to_bytes(2, "big")
    key = os.urandom(4)
    stream = (key * (size // 4 + 1))[:size]
    return head + key + (int.from_bytes(payload, "big") ^ int.from_bytes(stream, "big")).to_bytes(size, "big")


def unmasked(frame: bytes) -> bytes:
    """The payload of one whole frame of a client: what `masked` made."""
    start = 2 if frame[1] & 0x7F < 126 else 4
    payload, key = frame[start + 4 :], frame[start : start + 4]
    return bytes(byte ^ key[number % 4] for number, byte in enumerate(payload))


def message(type_: str, **fields: object) -> bytes:
    """A message of the protocol as a frame."""
    return masked(TEXT, json.dumps({"type": type_, **fields}, separators=(",", ":")).encode())


def frames(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The whole frames of a server in `data` as (opcode, payload), and the rest."""
    found, at = [], 0
    while len(data) >= at + 2:
        size, start = data[at + 1], at + 2
        if size > 125:
            width = 2 if size == 126 else 8
            size, start = int.from_bytes(data[start : start + width], "big"), start + width
        if len(data) < start + size:
            break
        found.append((data[at] & 0x0F, data[start : start + size]))
        at = start + size
    return found, data[at:]

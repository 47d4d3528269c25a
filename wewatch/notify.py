"""Tell systemd that a service of Type=notify serves (sd_notify(3))."""

import os
import socket


def ready() -> None:
    """Say so, where somebody waits for it."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.connect("\0" + address[1:] if address.startswith("@") else address)
        line.sendall(b"READY=1")

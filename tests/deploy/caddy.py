"""A real Caddy on loopback with deploy/Caddyfile, before the workers of a test; its certificate is of its own making."""

import contextlib
import os
import socket
import ssl
import subprocess
from pathlib import Path

from tests.deploy.door import HOST, ROOT, Door, eventually, filled, program

FILE = ROOT / "deploy" / "Caddyfile"


class Caddy(Door):
    """Caddy with the file of deploy/, told to stay on loopback and to change nothing on this machine."""

    network = "127.1"

    @property
    def certificate(self) -> Path:
        """Of the authority that it makes for names that are local."""
        return self.folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"

    def lead_to(self, workers: list[int]) -> None:
        """Write its configuration; `workers` are the ports of the workers."""
        own = f"{{\n\tadmin off\n\tskip_install_trust\n\thttp_port {self.plain}\n\thttps_port {self.port}\n"
        changes = {"\n{\n\t#": f"\n{own}\t#", "\tencode ": "\tbind 127.0.0.1\n\tencode ", "lb_try_duration 30s": ""}
        (self.folder / "Caddyfile").write_text(filled(FILE, changes))
        self.workers = " ".join(f"127.0.0.1:{port}" for port in workers)

    def start(self) -> None:
        """Start it; returns when it listens."""
        folders = {"XDG_DATA_HOME": self.folder, "XDG_CONFIG_HOME": self.folder, "HOME": self.folder}
        own = {"PUBLIC_HOST": HOST, "WORKERS_AT": self.workers} | {name: str(path) for name, path in folders.items()}
        command = [program("caddy"), "run", "--config", self.folder / "Caddyfile", "--adapter", "caddyfile"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log, env={**os.environ, **own})
        self.wait()
        eventually(self._has_certificate, self.log)

    def _has_certificate(self) -> bool:
        """Its authority's file is there before the certificate of the name is, which it makes once it listens."""
        with (
            contextlib.suppress(FileNotFoundError, ssl.SSLError),
            socket.create_connection(("127.0.0.1", self.port)) as line,
        ):
            self.trust.wrap_socket(line, server_hostname=HOST).close()
            return True
        return False

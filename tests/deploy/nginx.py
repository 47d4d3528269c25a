"""A real nginx on loopback with deploy/nginx.conf, before the workers of a test."""

import contextlib
import datetime
import ipaddress
import os
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).parents[2]
SITE = ROOT / "deploy" / "nginx.conf"
HOST = "localhost"
PATIENCE = 10  # seconds
AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def program() -> str | None:
    """Where nginx is, if it is there; /usr/sbin is not on everybody's PATH."""
    return shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"]))


class Nginx:
    """nginx with the site of deploy/, its names, ports and folders put in place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plain, self.port = _free_port(), _free_port()
        _make_certificate(folder)

    @property
    def url(self) -> str:
        """Where people find it."""
        return f"https://{HOST}:{self.port}"

    @property
    def trust(self) -> ssl.SSLContext:
        """What a client needs to believe its certificate."""
        return ssl.create_default_context(cafile=self.folder / "cert.pem")

    @property
    def access_log(self) -> str:
        return (self.folder / "access.log").read_text()

    def lead_to(self, workers: list[int]) -> None:
        """Write its configuration; `workers` are the ports of the workers."""
        (self.folder / "site.conf").write_text(self._site(workers))
        (self.folder / "nginx.conf").write_text(AROUND.format(folder=self.folder))

    def check(self) -> subprocess.CompletedProcess:
        """What `nginx -t` says of it."""
        return subprocess.run([*self._command, "-t"], capture_output=True, text=True)

    def start(self) -> None:
        """Start it; returns when it listens."""
        self.process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for port in (self.plain, self.port):
            _eventually(lambda port=port: self._listens(port), self.folder / "error.log")

    def _listens(self, port: int) -> bool:
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection((HOST, port)):
            return True
        return False

    def logs(self, text: str) -> None:
        """Wait until the access log holds the text: a line is written when its answer is on the way already."""
        _eventually(lambda: text in self.access_log, self.folder / "access.log")

    def stop(self) -> None:
        """Stop it."""
        self.process.terminate()
        self.process.wait()

    @property
    def _command(self) -> list[str]:
        return [
            program(),
            "-p",
            str(self.folder),
            "-c",
            str(self.folder / "nginx.conf"),
            "-e",
            str(self.folder / "error.log"),
        ]

    def _site(self, workers: list[int]) -> str:
        text = SITE.read_text()
        servers = "\n".join(f"server 127.0.0.1:{port} max_fails=0;" for port in workers)
        for old, new in {
            "server 127.0.0.1:8000 max_fails=0;": servers,
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen [::]:80;": "",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.port} ssl http2;",
            "listen [::]:443 ssl http2;": "",
            "server_name watch.example;": f"server_name {HOST};",
            "/etc/letsencrypt/live/watch.example/fullchain.pem": f"{self.folder}/cert.pem",
            "/etc/letsencrypt/live/watch.example/privkey.pem": f"{self.folder}/key.pem",
            "/var/log/nginx/wewatch.log": f"{self.folder}/access.log",
            "/srv/wewatch/build/collected/": f"{ROOT}/build/collected/",
        }.items():
            assert old in text, old
            text = text.replace(old, new)
        return text


def _eventually(holds, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(log.read_text())
        time.sleep(0.02)


def _make_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName(HOST), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(secret)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]

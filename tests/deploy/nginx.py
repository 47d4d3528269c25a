"""A real nginx on loopback with deploy/nginx.conf, before the workers of a test."""

import datetime
import ipaddress
import subprocess
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.deploy.door import HOST, ROOT, Door, eventually, filled, program

SITE = ROOT / "deploy" / "nginx.conf"
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


class Nginx(Door):
    """nginx with the site of deploy/, its names, ports and folders put in place."""

    network = "127.0"

    def __init__(self, folder: Path, plain: int, port: int) -> None:
        super().__init__(folder, plain, port)
        _make_certificate(folder)

    @property
    def certificate(self) -> Path:
        """Its own."""
        return self.folder / "cert.pem"

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
        self.wait()

    def logs(self, text: str) -> None:
        """Wait until the access log holds the text: a line is written when its answer is on the way already."""
        eventually(lambda: text in self.access_log, self.folder / "access.log")

    @property
    def _command(self) -> list[str | Path]:
        return [program("nginx"), "-p", self.folder, "-c", self.folder / "nginx.conf", "-e", self.log]

    def _site(self, workers: list[int]) -> str:
        return filled(
            SITE,
            {
                "server 127.0.0.1:8000 max_fails=0;": "\n".join(
                    f"server 127.0.0.1:{port} max_fails=0;" for port in workers
                ),
                "listen 80;": f"listen 127.0.0.1:{self.plain};",
                "listen [::]:80;": "",
                "listen 443 ssl http2;": f"listen 127.0.0.1:{self.port} ssl http2;",
                "listen [::]:443 ssl http2;": "",
                "server_name watch.example;": f"server_name {HOST};",
                "/etc/letsencrypt/live/watch.example/fullchain.pem": f"{self.folder}/cert.pem",
                "/etc/letsencrypt/live/watch.example/privkey.pem": f"{self.folder}/key.pem",
                "/var/log/nginx/wewatch.log": f"{self.folder}/access.log",
                "/var/log/nginx/error.log": str(self.log),
                "/srv/wewatch/build/collected/": f"{ROOT}/build/collected/",
            },
        )


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

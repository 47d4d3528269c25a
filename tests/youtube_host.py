"""YouTube for tests, as it answers servers: oEmbed and the Data API v3 on loopback, well-behaved or in a bad manner."""

import contextlib
import gzip
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.youtube_answers import PATHS, Kept, Refusal, error, oembed, select

KEY = "AIzaSy-a-key-for-tests_0123456789"


@dataclass
class Host(Kept):
    """YouTube at `url`; `asked` is the address of every request, `headers` theirs, `manner` how it answers."""

    asked: list[str] = field(default_factory=list)
    manner: str = "well"
    size: int = 0  # bytes to which an answer is filled up
    spent: set[str] = field(default_factory=set)  # calls of the API for which no quota is left
    crowd: int = 0  # the most requests that were answered at once
    headers: list[dict[str, str]] = field(default_factory=list)

    def __enter__(self) -> "Host":
        self.closing = threading.Event()
        self.lock, self.here = threading.Lock(), 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.host = self
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *error) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """What YOUTUBE_URL is to be."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def api_url(self) -> str:
        """What YOUTUBE_API_URL is to be."""
        return f"{self.url}/youtube/v3"

    def count(self, path: str) -> int:
        """How many requests there were for a path."""
        return sum(urlsplit(asked).path == path for asked in self.asked)


DEEP = b"[" * 30_000 + b"]" * 30_000
BODIES = {  # bad manners that are but a body: its headers, the body
    "prose": ({"Content-Type": "text/html"}, b"<html>Before you continue to YouTube</html>"),
    "list": ({}, b'["title"]'),
    "deep": ({}, b'{"title": ' + DEEP + b"}"),
    "latin": ({}, '{"title": "Café"}'.encode("latin-1")),
    "zipped": ({"Content-Encoding": "gzip"}, gzip.compress(b'{"title": "' + b"a" * 9_000_000 + b'"}')),
    "types": ({}, b'{"title": {"$ne": 1}, "items": [null, 7, {"id": ["x"], "snippet": "x"}], "nextPageToken": {}}'),
    "nothing": ({}, b""),
}


class Handler(BaseHTTPRequestHandler):
    """GET, answered in the manner that the host has."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Note the request, and answer."""
        host = self.server.host
        host.asked.append(self.path)
        host.headers.append(dict(self.headers))
        if host.manner in BODIES:
            headers, body = BODIES[host.manner]
            return self.answer(200, body, **headers)
        return getattr(self, f"be_{host.manner}")(host)

    def do_CONNECT(self) -> None:
        """Where it stands in for a proxy: note who is to be reached by TLS, and refuse."""
        self.server.host.asked.append(self.path)
        self.answer(403, b"")

    def be_well(self, host: Host) -> None:
        """Answer as YouTube does."""
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        is_api = url.path.startswith("/youtube/v3/")
        try:
            data = self.told(host, url.path, query)
        except Refusal as refusal:
            status, reason = refusal.args
            return self.answer(status, error(status, reason) if is_api else reason.encode())
        body = json.dumps(data, indent=2 if is_api else None, ensure_ascii=not is_api).encode()
        return self.answer(200, body.ljust(host.size), **{"Set-Cookie": "YSC=abc; Domain=127.0.0.1; Path=/"})

    def told(self, host: Host, path: str, query: dict[str, str]) -> dict:
        """The answer of the path."""
        if path == "/oembed":
            return oembed(host, query)
        call = path.removeprefix("/youtube/v3/")
        if call not in PATHS:
            raise Refusal(404, "Not Found")
        key = self.headers.get("X-Goog-Api-Key") or query.get("key")
        if key != KEY:
            raise Refusal(400 if key else 403, "badRequest" if key else "forbidden")
        if call in host.spent:
            raise Refusal(403, "quotaExceeded")
        data = PATHS[call](host, query)
        return select(data, query["fields"]) if "fields" in query else data

    def be_slow(self, host: Host) -> None:
        """Answer after a moment, and count who asks at once."""
        with host.lock:
            host.here += 1
            host.crowd = max(host.crowd, host.here)
        host.closing.wait(0.02)
        with host.lock:
            host.here -= 1
        self.be_well(host)

    def be_broken(self, host: Host) -> None:
        """Fail."""
        self.answer(500, b"Internal Server Error")

    def be_redirect(self, host: Host) -> None:
        """Lead elsewhere; what asks there is noted, too."""
        self.answer(302, b"", Location=f"{host.url}/elsewhere")

    def be_silent(self, host: Host) -> None:
        """Never answer."""
        host.closing.wait()

    def be_drip(self, host: Host) -> None:
        """Send a byte now and then, so that no single read takes long, and never end."""
        self.send_response(200)
        self.end_headers()
        while not host.closing.wait(0.02):
            self.wfile.write(b" ")

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        """Send it."""
        self.send_response(status)
        for name, value in {"Content-Type": "application/json; charset=UTF-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        """Serve until the other side has enough."""
        with contextlib.suppress(ConnectionError):
            super().handle()

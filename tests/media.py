"""Films for tests: made by ffmpeg once, served from memory with Range, as a media host would."""

import contextlib
import re
import subprocess
import tempfile
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import imageio_ffmpeg

FPS = 25
RANGE = re.compile(r"bytes=(\d+)-(\d*)")


@cache
def clip(seconds: int) -> bytes:
    """A WebM film of 320x180 with a running counter and a tone, so many seconds long."""
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.webm"
        picture = ["-f", "lavfi", "-i", f"testsrc=size=320x180:rate={FPS}"]
        sound = ["-f", "lavfi", "-i", "sine=frequency=330"]
        video = ["-c:v", "libvpx", "-b:v", "120k", "-g", str(FPS), "-deadline", "realtime", "-cpu-used", "8"]
        audio = ["-c:a", "libopus", "-b:a", "32k", "-cues_to_front", "1"]  # the index first: browsers seek by it
        ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"]
        subprocess.run([*ffmpeg, *picture, *sound, "-t", str(seconds), *video, *audio, str(film)], check=True)
        return film.read_bytes()


class Films:
    """A media host on loopback: `url(seconds)` is a film of that length."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    def __enter__(self) -> "Films":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, seconds: int, name: str = "film") -> str:
        """Where a film of that length is."""
        clip(seconds)
        return f"http://127.0.0.1:{self._server.server_address[1]}/{seconds}/{name}.webm"


class Handler(BaseHTTPRequestHandler):
    """GET with or without Range."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Serve the film, or the part of it that is asked for."""
        data = clip(int(self.path.split("/")[1]))
        first, last, wanted = 0, len(data) - 1, RANGE.match(self.headers.get("Range", ""))
        if wanted:
            first = min(int(wanted[1]), last)
            last = min(int(wanted[2] or last), last)
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Type", "video/webm")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(last - first + 1))
        if wanted:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.end_headers()
        self.wfile.write(data[first : last + 1])

    def handle(self) -> None:
        """Serve until the browser has enough; one that seeks drops the line in the middle."""
        with contextlib.suppress(ConnectionError):
            super().handle()

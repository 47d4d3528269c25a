"""A worker without We Watch in it: answers its pid, and when it is stopped, whether the store still answers."""

import http.server
import os
import signal
import socket
import sys
from pathlib import Path

from wewatch import embedded


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = str(os.getpid()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def leave(*_):
    store = embedded.socket_path(Path(os.environ["DATA_DIR"]))
    print(f"worker stops, store says {embedded.ping(store)}", flush=True)
    os._exit(0)


signal.signal(signal.SIGTERM, signal.SIG_IGN if "stubborn" in sys.argv else leave)
server = http.server.HTTPServer(("", 0), Answer, bind_and_activate=False)
server.socket = socket.socket(fileno=int(sys.argv[-1]))
server.serve_forever()

"""A whole deployment on loopback for tests and benchmarks: a store, Daphne workers, and a balancer before them."""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from tests.proxy import HOST, Proxy
from wewatch import embedded

ROOT = Path(__file__).parents[1]
PATIENCE = 30  # seconds for a worker to answer, or to stop
LOOK = 0.1  # seconds between two looks whether a worker that does not answer yet is still there
TICKS = os.sysconf("SC_CLK_TCK")  # a second, in /proc


class Worker:
    """A Daphne process on a port of its own, the same one after a restart."""

    def __init__(self, env: dict[str, str], log: Path) -> None:
        self.env, self.log = env, log
        self.port = 0

    def start(self) -> None:
        """Start the process; `wait` says when it serves."""
        # Only the worker keeps the listening socket: when it is dead its port refuses, and the balancer goes elsewhere.
        with socket.create_server((HOST, self.port), backlog=1024) as listener, self.log.open("a") as log:
            self.port = listener.getsockname()[1]
            self.process = subprocess.Popen(
                [sys.executable, "-m", "wewatch.server", "--fd", str(listener.fileno())],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(listener.fileno(),),
                start_new_session=True,
                preexec_fn=embedded.die_with_parent,
            )

    def wait(self) -> None:
        """Return when it answers. The question is no HTTP request, so no page is made for it."""
        with socket.create_connection((HOST, self.port), timeout=PATIENCE) as line:
            line.sendall(b"?\r\n\r\n")
            line.settimeout(LOOK)
            for _ in range(int(PATIENCE / LOOK)):
                with contextlib.suppress(TimeoutError, ConnectionError):
                    line.recv(1)
                    return
                if self.process.poll() is not None:
                    break
        raise RuntimeError(f"A worker does not serve: {self.log.read_text()[-2000:]}")

    def end(self, how: signal.Signals) -> None:
        """Send a signal, and return when the process is gone."""
        self.process.send_signal(how)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Live:
    """We Watch as it runs for people, in a data folder of its own; `settings` are environment variables.

    To be started from a thread that lives as long: the processes end with it.
    """

    def __init__(self, data_dir: Path, workers: int = 2, **settings: object) -> None:
        self.data_dir = data_dir.resolve()
        kept = {
            name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "LAYER_URL", "CACHE_URL")
        }
        # Nobody is asked for titles, unless a test brings somebody to ask.
        own = {
            "YOUTUBE_URL": "http://127.0.0.1:9",
            "DATA_DIR": self.data_dir,
            "DJANGO_SETTINGS_MODULE": "wewatch.settings",
            **settings,
        }
        self.env = kept | {name: str(value) for name, value in own.items()}
        self.workers = [Worker(self.env, self.data_dir / f"worker-{number}.log") for number in range(workers)]
        self.store: embedded.Store | None = None
        self.proxy: Proxy | None = None

    def __enter__(self) -> "Live":
        self.start()
        return self

    def __exit__(self, *error) -> None:
        self.stop()

    def start(self) -> None:
        """Start all parts; returns when they serve."""
        atexit.register(self.stop)
        subprocess.run(
            [sys.executable, "-m", "wewatch.bootstrap", "init"], cwd=ROOT, stdout=subprocess.DEVNULL, check=True
        )
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=self.env, check=True)
        self.start_store()
        for worker in self.workers:
            worker.start()
        for worker in self.workers:
            worker.wait()
        self.proxy = Proxy([worker.port for worker in self.workers])
        self.proxy.start()

    def stop(self) -> None:
        """Stop what runs: the balancer, the workers, the store."""
        atexit.unregister(self.stop)
        if self.proxy:
            self.proxy.stop()
            self.proxy = None
        for worker in self.workers:
            if hasattr(worker, "process"):
                worker.end(signal.SIGTERM)
        if self.store:
            self.store.stop()

    @property
    def url(self) -> str:
        """Where people find it: the balancer."""
        return f"http://{HOST}:{self.proxy.port}"

    def worker_url(self, number: int) -> str:
        """Where one worker listens, without the balancer."""
        return f"http://{HOST}:{self.workers[number].port}"

    def prefer(self, number: int) -> None:
        """Lead new connections to this worker; if it is dead, to another."""
        self.proxy.prefer(number)

    def kill_worker(self, number: int) -> None:
        """Kill a worker with -9."""
        self.workers[number].end(signal.SIGKILL)

    def restart_worker(self, number: int) -> None:
        """Start a worker that is dead on its old port; returns when it serves."""
        self.workers[number].start()
        self.workers[number].wait()

    def kill_store(self) -> None:
        """Kill the store with -9."""
        self.store.process.kill()
        self.store.process.wait()

    def start_store(self) -> None:
        """Start the store on what the folder holds; returns when it answers."""
        self.store = embedded.start(self.data_dir)

    def run_python(self, code: str) -> None:
        """Run code in a process of its own, with the settings of this deployment."""
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=self.env, check=True)

    @property
    def worker_pids(self) -> list[int]:
        """The process ids of the workers."""
        return [worker.process.pid for worker in self.workers]

    @property
    def store_pid(self) -> int:
        """The process id of the store."""
        return self.store.process.pid


def cpu_seconds(pid: int) -> float:
    """The processor time that a process has used, its own and the kernel's for it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def rss(pid: int) -> int:
    """The bytes of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

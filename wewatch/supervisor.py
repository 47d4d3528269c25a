"""One process that keeps the store and the workers running, and stops them in order.

`python -m wewatch.supervisor` serves; with `--store-only` it keeps the embedded store in the foreground.
"""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from django.core.exceptions import ImproperlyConfigured

from wewatch import embedded, env, notify, preflight
from wewatch.engine import StoreError
from wewatch.preflight import Trouble

WORKER = (sys.executable, "-m", "wewatch.server")
LOOK = 0.2  # seconds between two looks at what should run
STEADY = 10  # seconds after which a start counts as a success
LONGEST_PAUSE = 30  # seconds between two starts of what keeps failing
HOPELESS = 3  # ends of one worker before any answer that end the start
GRACE = 10  # seconds a worker may take to stop


class Worker:
    """A process that serves the socket it inherits."""

    def __init__(self, command: Sequence[str], fd: int) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            [*command, "--fd", str(fd)],
            stdin=subprocess.DEVNULL,
            pass_fds=(fd,),
            start_new_session=True,  # the terminal's Ctrl-C is for the supervisor alone
            preexec_fn=embedded.die_with_parent,
        )

    def running(self) -> bool:
        """Whether the process is there."""
        return self.process.poll() is None


class Kept:
    """Something that is started again when it ends: at once, then ever later while it keeps failing."""

    def __init__(self, name: str, launch: Callable[[], Worker | embedded.Store]) -> None:
        self.name = name
        self.launch = launch
        self.failures = 0
        self.start()

    def start(self) -> None:
        """Start it; what goes wrong is raised."""
        self.handle = self.launch()
        self.since = time.monotonic()
        self.due: float | None = None  # when to start it again; None while it runs

    def look(self) -> None:
        """Start it again if it has ended and its pause is over."""
        if self.due is None and not self.handle.running():
            lived = time.monotonic() - self.since
            self._again("has ended", 0 if lived > STEADY else self.failures + 1)
        if self.due is not None and time.monotonic() >= self.due:
            try:
                self.start()
            except (StoreError, OSError) as error:
                self._again(f"does not start ({error})", self.failures + 1)

    def _again(self, why: str, failures: int) -> None:
        pause = min(2 ** (failures - 2), LONGEST_PAUSE) if failures > 1 else 0
        say(f"{self.name} {why}; starting it again{f' in {pause} s' if pause else ''}.")
        self.failures = failures
        self.due = time.monotonic() + pause


class Supervisor:
    """The store, then the workers; stopped the other way round."""

    def __init__(self) -> None:
        self.store: Kept | None = None
        self.workers: list[Kept] = []
        self.grace = GRACE

    def keep_store(self, settings) -> None:
        """Start the embedded store, or attach to it."""
        self.store = Kept("The store", lambda: embedded.start(settings.DATA_DIR, settings.STORE_FSYNC))
        store = self.store.handle
        say(f"The store runs{' already, started by another' if store.attached else ''}: {store.path}")

    def keep_workers(self, count: int, command: Sequence[str], listener: socket.socket) -> None:
        """Start the workers; returns when one answers. The question is no HTTP request, so no page is made for it."""
        fd = listener.fileno()
        self.workers = [Kept(f"Worker {number}", lambda: Worker(command, fd)) for number in range(1, count + 1)]
        with socket.create_connection(listener.getsockname()[:2]) as line:
            line.sendall(b"?\r\n\r\n")
            while not select.select([line], [], [], LOOK)[0]:
                self.look()
                if any(worker.failures >= HOPELESS for worker in self.workers):
                    raise Trouble("the workers end as soon as they start; the lines above say why.")

    def look(self) -> None:
        """Start again what has ended."""
        for kept in filter(None, (self.store, *self.workers)):
            kept.look()

    def watch(self) -> None:
        """Look for ever; a signal ends it."""
        while True:
            self.look()
            time.sleep(LOOK)

    def stop(self) -> None:
        """Stop the workers, then the store."""
        processes = [kept.handle.process for kept in self.workers]
        for process in processes:
            process.terminate()
        end = time.monotonic() + self.grace
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0, end - time.monotonic()))
            process.kill()  # nothing to one that has ended
            process.wait()
        if self.store:
            self.store.handle.stop()


def say(line: str) -> None:
    """Tell the person at the terminal, if it is still there."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


def main(arguments: Sequence[str] = (), worker: Sequence[str] = WORKER) -> int:
    """Run until a signal; returns the exit code. `worker` is the command that gets `--fd N`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wewatch.settings")
    _on_signals(signal.default_int_handler)
    supervisor = Supervisor()
    try:
        if "--store-only" in arguments:
            _keep_store(supervisor)
        else:
            _serve(supervisor, worker)
    except (ImproperlyConfigured, StoreError, Trouble) as error:
        say(f"We Watch cannot start: {error}")
        return 1
    except KeyboardInterrupt:
        _on_signals(signal.SIG_IGN)
        say("Stopping: the workers first, then the store.")
    finally:
        _on_signals(signal.SIG_IGN)
        supervisor.stop()
    say("Stopped; everything is saved.")
    return 0


def _keep_store(supervisor: Supervisor) -> None:
    from django.conf import settings

    if not settings.EMBEDDED_STORE:
        raise Trouble("REDIS_URL names a store of its own. Unset it to run the embedded one.")
    supervisor.keep_store(settings)
    notify.ready()
    supervisor.watch()


def _serve(supervisor: Supervisor, worker: Sequence[str]) -> None:
    from django.conf import settings  # read here, where a wrong one is caught

    count, port = env.integer("WORKERS", 2, 1, 64), env.integer("PORT", 8000, 1, 65535)
    host = env.text("HOST", "127.0.0.1")
    with preflight.bind(host, port) as listener:
        if settings.EMBEDDED_STORE:
            supervisor.keep_store(settings)
        for warning in preflight.prepare(settings):
            say(warning)
        supervisor.grace += settings.LEAVE_NOTICE
        supervisor.keep_workers(count, worker, listener)
        address = settings.PUBLIC_URL or f"http://{_name(host)}:{port}"
        say(f"We Watch runs at {address} ({count} worker{'s'[: count > 1]}). Ctrl-C stops it.")
        notify.ready()
        supervisor.watch()


def _name(host: str) -> str:
    """What to type into a browser on this machine."""
    if host in ("127.0.0.1", "0.0.0.0", "::", "::1"):  # noqa: S104
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _on_signals(handler) -> None:
    """Ctrl-C, a stop and a closed terminal all mean the same; one started with nohup outlives its terminal."""
    signal.signal(signal.SIGINT, handler)  # also where a shell started it in the background with SIGINT off
    signal.signal(signal.SIGTERM, handler)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, handler)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""One step of the set-up: skipped while its inputs are the same, told in one line, explained when it fails."""

import hashlib
import os
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TAIL = 15  # lines of a failed command's output that are shown
UNREACHABLE = (
    *("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ReadTimeoutError", "ProxyError", "SSLError"),
    *("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET"),
    *("Temporary failure resolving", "Could not resolve", "Could not connect"),
)
# What pip, npm and apt-get say when they fail, and what to do about it; the first that fits.
CAUSES = (
    (("No space left on device", "ENOSPC"), "The disk is full. Free some space, then run make again."),
    (
        ("DO NOT MATCH THE HASHES", "EINTEGRITY"),
        "A package is not the one that was pinned. Do not use it: find out where it comes from.",
    ),
    (UNREACHABLE, "Packages cannot be fetched. Check the network, then run make again."),
    (
        ("No matching distribution found", "is not a supported wheel"),
        "There is no such package for this Python on this machine. Try another: make run PYTHON=python3.12",
    ),
    (("Permission denied", "EACCES", "EPERM"), f"Something in {ROOT} cannot be written. Mend its rights."),
)


class Failure(Exception):
    """Why the set-up cannot go on and what to do, in one line."""


def say(text: str, end: str = "\n") -> None:
    """Tell the person at the terminal at once."""
    print(text, end=end, flush=True)


def digest(inputs: Iterable[Path | str]) -> str:
    """A fingerprint of texts, files and whole folders; a missing file counts as missing."""
    total = hashlib.sha256()
    for each in inputs:
        files = [each]
        if isinstance(each, Path) and each.is_dir():
            files = sorted(path for path in each.rglob("*") if path.is_file())
        for file in files:
            content = file.read_bytes() if isinstance(file, Path) and file.exists() else b""
            total.update(repr((str(file), len(content))).encode() + content)
    return total.hexdigest()


def step(label: str, stamp: Path, inputs: Iterable[Path | str], work: Callable[[], None]) -> bool:
    """Do the work, unless the stamp tells that it was done with the same inputs; returns whether it did.

    The stamp lies in what the work makes, so both go together. It is away while the work is going on:
    one that was interrupted is done again.
    """
    wanted = digest(inputs)
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    say(f"{label} … ", end="")
    began = time.monotonic()
    stamp.unlink(missing_ok=True)
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
    say(f"{time.monotonic() - began:.1f} s")
    return True


def command(*words: str | Path, env: Mapping[str, str] | None = None) -> None:
    """Run a command in the project's folder without its output; if it fails, show the end of that and the cause."""
    done = subprocess.run(  # noqa: S603
        words,
        cwd=ROOT,
        env=env or os.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        say("failed\n" + "\n".join(done.stdout.strip().splitlines()[-TAIL:]))
        raise Failure(explain(done.stdout, words))


def explain(output: str, words: Sequence[str | Path]) -> str:
    """What to do about a failed command."""
    for signs, advice in CAUSES:
        if any(sign in output for sign in signs):
            return advice
    return f"This failed, and the lines above say why: {' '.join(map(str, words))}"

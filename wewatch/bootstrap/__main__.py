"""`python3 -m wewatch.bootstrap TARGET`, as the Makefile calls it; this file must be readable to Python 3.6 too."""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def main(arguments):
    """Run one target, under a newer Python where this one is too old."""
    if sys.version_info < OLDEST:
        return use_newer(arguments)
    from wewatch.bootstrap.targets import run

    return run(arguments)


def use_newer(arguments):
    """Go on under a newer Python on PATH, or say that one is needed."""
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    for name in NEWER:
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", check], stderr=subprocess.DEVNULL) == 0:  # noqa: S603
            os.execv(path, [path, "-m", "wewatch.bootstrap", *arguments])  # noqa: S606
    have = ".".join(map(str, sys.version_info[:3]))
    sys.stderr.write(
        f"We Watch needs Python 3.11 or newer, and {sys.executable} is {have}. "
        "Install a newer one, or name it: make run PYTHON=/path/to/python3\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`manage.py restore PATH`."""

from pathlib import Path

from wewatch.safety import restoring
from wewatch.safety.command import Careful


class Command(Careful):
    """Puts a backup onto an empty machine."""

    help = "Restore a backup into an empty data folder (DATA_DIR) and an empty store. Nothing is ever overwritten."

    def add_arguments(self, parser) -> None:
        """From where."""
        parser.add_argument("path", type=Path, help="a file that `backup` made")

    def work(self, path: Path, **_) -> None:
        """Restore, and say what came back."""
        done = restoring.restore(path.absolute(), self.tell)
        self.say(f"Restored {done.records:,} records of {done.manifest.made}.")
        if done.mended:
            self.say(f"{done.mended:,} steps that were under way at that moment were finished or undone.")
        for line in done.faults:
            self.say(f"WRONG: {line}")
        for line in done.notes:
            self.say(f"NOTE: {line}")
        self.say("Start the site: make run")

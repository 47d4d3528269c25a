"""`manage.py backup PATH`."""

import asyncio
from pathlib import Path

from wewatch.redis import client
from wewatch.safety import parts
from wewatch.safety.command import Careful


class Command(Careful):
    """Puts the store, the staff's accounts and the secret key into one file, while people watch."""

    help = "Back everything up into one new file (a tar, for its owner alone), while people watch."

    def add_arguments(self, parser) -> None:
        """Where to."""
        parser.add_argument("path", type=Path, help="the file to make; it must not exist yet")

    def work(self, path: Path, **_) -> None:
        """Save, and say what was saved."""
        path = path.absolute()
        with parts.serving():
            manifest = asyncio.run(self._save(path))
        size = path.stat().st_size / 1e6
        self.say(f"Saved {manifest.users:,} users and {manifest.rooms:,} rooms in {path} ({size:,.1f} MB).")
        if not manifest.instant:
            self.say("NOTE: The store gives no snapshot away: its records were copied one after the other.")
        for line in parts.missing():
            self.say(f"NOTE: {line}")
        self.say("It opens every room: keep it as safe as the site itself.")

    async def _save(self, path: Path):
        return await parts.save(client(), path, self.tell)

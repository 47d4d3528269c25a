"""`manage.py verify [PATH] [--repair]`."""

import asyncio
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError
from redis.asyncio import Redis

from wewatch.redis import client
from wewatch.safety import archive, parts
from wewatch.safety.archive import STAFF
from wewatch.safety.command import Careful
from wewatch.safety.faults import Fault, mend
from wewatch.safety.walk import walk


class Command(Careful):
    """Looks at every record of a backup, or of the running store."""

    help = "Check every record of a backup or, without a path, of the running store. Exit code 1: faults."

    def add_arguments(self, parser) -> None:
        """What, and whether to mend it."""
        parser.add_argument("path", type=Path, nargs="?", help="a file that `backup` made; without: the running store")
        parser.add_argument("--repair", action="store_true", help="mend in the running store what can be mended")

    def work(self, path: Path | None, repair: bool, **_) -> None:
        """Check, and say what was found."""
        if path and repair:
            raise CommandError("A backup is never changed: restoring it mends what can be mended.")
        if path:
            self._archive(path.absolute())
        else:
            with parts.serving():
                looked, faults = asyncio.run(self._running(repair))
            self._tell(looked, faults, "mended" if repair else "WRONG, --repair mends it")

    async def _running(self, repair: bool) -> tuple[int, list[Fault]]:
        """Of what is wrong only what still is at a second look: people act meanwhile."""
        looked, faults = await self._look(client(), repair)
        if faults and not repair:
            still = {fault.text for fault in (await self._look(client(), repair))[1]}
            faults = [fault for fault in faults if fault.text in still]
        return looked, faults

    def _archive(self, path: Path) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            manifest = archive.unpack(path, folder)
            wrong = parts.check_staff(folder / STAFF) if STAFF in manifest.parts else []
            with parts.shown(folder, manifest) as line:
                looked, faults = asyncio.run(self._shown(line))
        self.say(
            f"{path}: of {manifest.made}, by {manifest.engine}, {manifest.users:,} users, {manifest.rooms:,} rooms."
        )
        self._tell(looked, [*faults, *map(Fault, wrong)], "under way at that moment, a restore mends it")

    async def _shown(self, line: Path) -> tuple[int, list[Fault]]:
        redis = Redis(unix_socket_path=str(line), decode_responses=True, protocol=2)
        try:
            return await self._look(redis, repair=False)
        finally:
            await redis.aclose()

    async def _look(self, redis: Redis, repair: bool) -> tuple[int, list[Fault]]:
        looked, faults = 0, []
        async for seen in walk(redis):
            looked += seen.looked
            faults += seen.faults
            if repair:
                await mend(redis, seen.faults)
            self.tell(f"{looked:,} records")
        return looked, faults

    def _tell(self, looked: int, faults: Iterable[Fault], mendable: str) -> None:
        """Say it; end with 1 where something is wrong and stays so."""
        for fault in faults:
            self.say(f"{mendable if fault.fix else 'WRONG'}: {fault.text}")
        stays = [fault for fault in faults if not fault.fix or mendable.startswith("WRONG")]
        if stays:
            raise CommandError(f"{looked:,} records were looked at; {len(stays):,} lines above say what is wrong.")
        self.say(f"{looked:,} records, all well.")

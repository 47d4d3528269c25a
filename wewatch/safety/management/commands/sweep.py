"""`manage.py sweep`."""

import asyncio
import secrets

from wewatch.redis import client
from wewatch.safety import parts
from wewatch.safety.command import Careful
from wewatch.safety.sweep import Sweep
from wewatch.safety.walk import END, START, STRIDE


class Command(Careful):
    """Sweeps through the whole store once, instead of a little a minute."""

    help = (
        "Mend what a crash left, and let go of users and rooms that nobody comes back to; workers do it by themselves."
    )

    def work(self, **_) -> None:
        """Sweep, and say what was done."""
        with parts.serving():
            looked, mended = asyncio.run(self._sweep())
        self.say(f"{looked:,} records looked at, {mended:,} faults mended.")

    async def _sweep(self) -> tuple[int, int]:
        sweep, place, looked, mended = Sweep(client(), secrets.token_hex(4)), START, 0, 0
        while place != END:
            seen, count = await sweep.go(place, STRIDE)
            place, looked, mended = seen.place, looked + seen.looked, mended + count
            for fault in seen.faults:
                self.say(f"{'mended' if fault.fix else 'WRONG'}: {fault.text}")
            self.tell(f"{looked:,} records")
        return looked, mended

"""What the commands of this app share: an error is one line, a stop cleans up, long work says how far it is."""

import signal
import sqlite3
import time
from errno import ENOSPC

from django.core.management.base import BaseCommand, CommandError
from redis.exceptions import RedisError

from wewatch.engine import StoreError
from wewatch.preflight import Trouble

EVERY = 2.0  # seconds between two lines of progress


class Careful(BaseCommand):
    """A command whose `work` may raise Trouble; it runs without Django's checks, which need a built front end."""

    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        """Run `work`; a stop by a signal undoes what is under way, as an error does."""
        self.told, self.stopped = time.monotonic(), False
        before = signal.signal(signal.SIGTERM, self._stop)
        try:
            self.work(**options)
        except (Trouble, StoreError) as error:
            raise CommandError(str(error)) from error
        except RedisError as error:
            raise CommandError(f"The store did not do it ({error}). Is it there, and does it have space?") from error
        except sqlite3.Error as error:
            raise CommandError(f"The staff's database could not be copied ({error}). Try again.") from error
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            advice = "Free some, or choose another place" if error.errno == ENOSPC else "Choose another place"
            raise CommandError(f"{error.strerror or error}{where}. {advice}.") from error
        except KeyboardInterrupt:
            raise CommandError("Stopped before the end.", returncode=130) from None
        finally:
            signal.signal(signal.SIGTERM, before)

    def _stop(self, *_) -> None:
        self.stopped = True
        raise KeyboardInterrupt

    def work(self, **options) -> None:
        """What the command does."""
        raise NotImplementedError

    def say(self, line: str) -> None:
        """Tell a line."""
        self.stdout.write(line)

    def tell(self, line: str) -> None:
        """Tell how far it is, now and then.

        Stops what was told to stop already: Python throws away what a signal raises while a process is being started.
        """
        if self.stopped:
            raise KeyboardInterrupt
        if time.monotonic() - self.told > EVERY:
            self.told = time.monotonic()
            self.say(f"  {line}")

"""The staff: `make admin` makes an account for Django's admin, asking for its name and password at the terminal.

Without a terminal, as in a script, it takes DJANGO_SUPERUSER_USERNAME and DJANGO_SUPERUSER_PASSWORD.
"""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from wewatch import preflight

NAME, PASSWORD = "DJANGO_SUPERUSER_USERNAME", "DJANGO_SUPERUSER_PASSWORD"


def main() -> int:
    """Make the account; 1 where that did not work, after a line that says why."""
    try:
        _make(asked=sys.stdin.isatty())
    except KeyboardInterrupt:
        return 130
    except (CommandError, ImproperlyConfigured, preflight.Trouble, OSError) as error:
        print(f"No account was made: {error}", file=sys.stderr)
        return 1
    return 0


def _make(asked: bool) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wewatch.settings")
    django.setup()
    from django.conf import settings

    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    preflight.migrate(settings.BASE_DIR / "manage.py", settings.DATA_DIR / "migrate.lock")
    if not asked:
        _check()
        os.environ.setdefault("DJANGO_SUPERUSER_EMAIL", "staff@localhost")
    call_command("createsuperuser", interactive=asked)
    print("The admin is at /admin/ of your We Watch.")


def _check() -> None:
    """Django looks at a password only where it asks for it."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    missing = [name for name in (NAME, PASSWORD) if not os.environ.get(name)]
    if missing:
        raise CommandError(f"there is no terminal to ask at. Set {' and '.join(missing)}, or run it in a terminal.")
    try:
        validate_password(os.environ[PASSWORD])
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error


if __name__ == "__main__":
    sys.exit(main())

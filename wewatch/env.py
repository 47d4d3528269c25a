"""Reading settings from the environment; a wrong value is one clear sentence, never a guess."""

import os
import re
import secrets
import stat
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from wewatch.stores import SHARDS, Store, parse


def text(name: str, default: str = "") -> str:
    """The variable, stripped, or the default where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def words(name: str) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def integer(name: str, default: int, low: int, high: int) -> int:
    """A whole number within bounds."""
    raw = text(name)
    if not raw:
        return default
    if not raw.isascii() or not raw.isdigit() or not low <= int(raw) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}, not {raw!r}.")
    return int(raw)


def boolean(name: str, default: bool = False) -> bool:
    """`1 true yes on` or `0 false no off`."""
    raw = text(name).lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {raw!r}.")


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of a few words."""
    raw = text(name, default)
    if raw not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {raw!r}.")
    return raw


def url(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """A URL with one of the schemes, without a slash at the end."""
    raw = text(name, default).rstrip("/")
    try:
        parts = urlsplit(raw)
        bad = parts.scheme not in schemes or not (parts.hostname or parts.path) or (parts.port or 1) < 1
    except ValueError:
        bad = True
    if bad:
        expected = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(f"{name} must start with {expected} and name a host, not {raw!r}.")
    return raw


def store(name: str, default: str, cluster: bool = False) -> Store:
    """A store by its URL; whether it may be a cluster."""
    return _stores(name, [text(name, default)], cluster)[0]


def stores(name: str, default: str) -> list[Store]:
    """One or several stores by their URLs, none of them a cluster."""
    return _stores(name, re.split(SHARDS, text(name, default)), cluster=False)


def _stores(name: str, urls: list[str], cluster: bool) -> list[Store]:
    try:
        found = [parse(url.strip()) for url in urls]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} {error}.") from error
    if not cluster and any(one.kind == "cluster" for one in found):
        raise ImproperlyConfigured(
            f"{name} must name a Redis besides the cluster, as redis://host or sentinel://host,host/name: "
            "a cluster serves neither as channel layer nor as Django's cache."
        )
    return found


def token(name: str, shortest: int = 0) -> str:
    """A key made of letters, digits, - and _, with so many of them if it is set at all; the error does not show it."""
    raw = text(name)
    if raw and len(raw) < shortest:
        raise ImproperlyConfigured(f"{name} must have at least {shortest} characters; unset it to do without.")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", raw):
        raise ImproperlyConfigured(f"{name} must be made of letters, digits, - and _ alone, without quotes or spaces.")
    return raw


def secret_key(path: Path) -> str:
    """SECRET_KEY, or the key in the file at `path`, which the first start makes for its owner alone (0600).

    Two first starts at once end with one key: the file appears whole, by a link that fails if it exists.
    """
    key = text("SECRET_KEY")
    if key:
        if len(key) < 32:
            raise ImproperlyConfigured("SECRET_KEY must have at least 32 characters; unset it to have one made.")
        return key
    if not path.exists():
        _make_key(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ImproperlyConfigured(f"{path} can be read by others. Run: chmod 600 {path}")
    key = path.read_text().strip()
    if len(key) < 32:
        raise ImproperlyConfigured(f"{path} holds no key. Restore it from a backup, or delete it to start anew.")
    return key


def _make_key(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another first start was quicker: its key is the key
        finally:
            draft.unlink()
    except OSError as error:
        raise ImproperlyConfigured(f"the secret key cannot be kept in {path} ({error.strerror}).") from error

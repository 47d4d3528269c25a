"""Use cases of accounts: come in, be renamed, log out."""

import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.core import signing

from accounts import identity, names, store
from accounts.identity import Account, Family, Meaning, Token, Verdict
from accounts.signals import family_ended
from accounts.store import Profile
from wewatch import metrics
from wewatch.limits import allow

log = logging.getLogger(__name__)
NEWCOMERS = (600, 600)  # new users from one address, in seconds


class TooManyNewcomers(Exception):
    """More new users from one address than people make."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of a visit: the account if any, the cookie to set if any, and whether an old token was replayed."""

    account: Account | None
    cookie: str | None = None
    replay: bool = False


async def enter(cookie: str | None, context: str, page_access: bool, address: str) -> Entry:
    """Who presents this cookie? The one door for pages and sockets.

    A page access consumes the token and answers with the next; anything else only confirms it, or is answered
    with the newest where it presents one that was just consumed: replies that overtook each other may have left
    the browser with that. A first visit makes a user if it is a page access. Raises TooManyNewcomers.
    """
    token = _read(cookie) if cookie else None
    if token is None:
        return await _nobody(page_access, address, forged=bool(cookie))
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]

    def decide(family: Family, now: float) -> tuple[Family, tuple[Verdict, bool]]:
        after, verdict = identity.present(family, token, now, context, page_access, keys)
        return after, (verdict, bool(after.suspect and not family.suspect))

    found = await store.step(token.user, token.family, decide)
    if found is None:  # logged out, or its store is gone
        return await _nobody(page_access, address)
    family, (verdict, became_suspect) = found
    _count(verdict, page_access, became_suspect)
    if verdict.meaning in (Meaning.REPLAY, Meaning.AHEAD):
        log.warning("user %s: %s token, family %s…", token.user, verdict.meaning.name.lower(), token.family[:6])
        await store.note(token.user, token.family, verdict.meaning.name.lower())
    if verdict.meaning is Meaning.REPLAY:
        return Entry(None, replay=True)
    profile = await store.visited(token.user, token.family, family.durable)
    if profile is None:
        return await _nobody(page_access, address)
    account = Account(token.user, token.family, profile.name, profile.color)
    if not family.durable:  # its cookie came back
        await make_durable(account)
    return Entry(account, _signer().sign(str(verdict.token)) if verdict.token else None)


def _count(verdict: Verdict, page_access: bool, became_suspect: bool) -> None:
    """Count what happened to a token; one that was only confirmed, as by a socket, is nothing new."""
    if verdict.meaning is not Meaning.NEWEST:
        metrics.TOKENS.labels(verdict.meaning.name.lower()).inc()
    if verdict.token and page_access and verdict.meaning is not Meaning.REPEAT:
        metrics.TOKENS.labels("rotated").inc()
    if became_suspect:
        metrics.TOKENS.labels("suspect").inc()


def _signer() -> signing.Signer:
    return signing.Signer(salt="wewatch.account", algorithm="sha256")


def _read(cookie: str) -> Token | None:
    """The token of a cookie with a good signature; anything else counts as no cookie (row G)."""
    try:
        return identity.parse(_signer().unsign(cookie))
    except signing.BadSignature:
        return None


async def _nobody(page_access: bool, address: str, forged: bool = False) -> Entry:
    """Where no account stands behind a request: a new user for a page access.

    A forged cookie counts towards the address's newcomers even where it makes none.
    """
    if forged:
        metrics.TOKENS.labels("forged").inc()
    if not page_access and not forged:
        return Entry(None)
    allowed = await allow("newcomer", address, *NEWCOMERS)
    if not page_access:
        return Entry(None)
    if not allowed:
        raise TooManyNewcomers(address)
    profile = await store.create(names.generated(), secrets.choice(identity.PALETTE))
    family, token = identity.first(profile.id, secrets.token_hex(16), secrets.token_hex(16), settings.SECRET_KEY)
    await store.add_family(family)
    metrics.TOKENS.labels("new").inc()
    account = Account(profile.id, family.id, profile.name, profile.color)
    return Entry(account, _signer().sign(str(token)))


async def make_durable(account: Account) -> None:
    """Keep a user for good, with this device: its cookie came back, or it wrote something. Again does no harm."""
    await store.keep(account.id, account.family)


async def profiles(users: Iterable[int]) -> dict[int, Profile]:
    """The profiles of users, in one round trip; who is gone is left out."""
    return await store.profiles(users)


async def newest() -> int:
    """The id of the newest user of the site."""
    return await store.newest()


async def change(account: Account, changes: dict[str, str]) -> Account:
    """The account under a new name or colour; `changes` were checked at the door."""
    if changes:
        await store.set_profile(account.id, changes)
        await make_durable(account)
    return replace(account, **changes)


async def log_out(account: Account) -> None:
    """End this device: its token opens nothing any more, its sockets close."""
    await end_device(account.id, account.family, "left")


async def end_device(user: int, family: str, why: str) -> None:
    """End a device of a user; `why` is the event's name: left by itself, or ended by the staff."""
    await store.end_family(user, family)
    await store.note(user, family, why)
    metrics.TOKENS.labels("ended").inc()
    await family_ended.asend(sender=None, user_id=user, family=family)


async def live_families(pairs: Iterable[tuple[int, str]]) -> set[tuple[int, str]]:
    """Those of the (user, family) pairs that are still logged in."""
    return await store.live_families(pairs)

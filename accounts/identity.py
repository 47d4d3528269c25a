"""Who is this browser? The user, the generations of its token, and what a presented token means. Pure.

A family is one browser's cookie jar; a generation counts the rotations of its token. The rows named below
are those of the table in docs/identity.md.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass, replace
from enum import Enum

PALETTE = ("coral", "amber", "lime", "jade", "teal", "sky", "azure", "indigo", "violet", "orchid", "rose", "sand")
GRACE = 30_000  # ms in which a consumed token still serves a request that was under way
KEPT = 32  # generations whose hashes are kept
FORM = re.compile(r"v1\.(\d{1,15})\.([0-9a-f]{32})\.(\d{1,15})\.([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Account:
    """The user behind a request: an anonymous person, on one device (family)."""

    id: int
    family: str
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class Token:
    """What the cookie holds, besides its signature."""

    user: int
    family: str
    generation: int
    secret: str

    def __str__(self) -> str:
        return f"v1.{self.user}.{self.family}.{self.generation}.{self.secret}"


@dataclass(frozen=True, slots=True)
class Spent:
    """A consumed generation: the hash of its secret, when (Redis ms) and in which context it was consumed."""

    generation: int
    hash: str
    at: float
    context: str


@dataclass(frozen=True, slots=True)
class Family:
    """A device: its newest generation, whether that was ever presented, and the ones consumed before it."""

    user: int
    id: str
    nonce: str  # random and kept in the store alone: the site's key without it derives no token
    generation: int
    hash: str
    confirmed: bool = False
    spent: tuple[Spent, ...] = ()
    suspect: float = 0.0  # Redis ms of the first replay, 0 for none
    durable: bool = False  # its cookie has come back or its user wrote something, and both are kept


class Meaning(Enum):
    """What a presented token means; the letters are the rows of the table."""

    NEWEST = "A, B"
    REPEAT = "C, D"
    AHEAD = "E"
    REPLAY = "F"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a presented token means, and the token to answer with, if any."""

    meaning: Meaning
    token: Token | None = None


def parse(value: str) -> Token | None:
    """The token in a cookie's value, or None for anything else."""
    match = FORM.fullmatch(value)
    return Token(int(match[1]), match[2], int(match[3]), match[4]) if match else None


def mint(user: int, family: str, nonce: str, generation: int, key: str) -> Token:
    """The token of a generation.

    Derived and not drawn, so that the same one can be handed out again (rows C and D) although only its hash
    is kept, and comes out the same where the store lost its last second and makes the generation once more.
    """
    message = f"{user}.{family}.{generation}.{nonce}"
    mac = hmac.digest(f"wewatch.token:{key}".encode(), message.encode(), hashlib.sha256)
    return Token(user, family, generation, mac.hex())


def hashed(secret: str) -> str:
    """The SHA-256 by which a secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def first(user: int, family: str, nonce: str, key: str) -> tuple[Family, Token]:
    """A new family with its first token."""
    token = mint(user, family, nonce, 1, key)
    return Family(user, family, nonce, 1, hashed(token.secret)), token


def present(
    family: Family, token: Token, now: float, context: str, page_access: bool, keys: list[str]
) -> tuple[Family, Verdict]:
    """The family after a token with a good signature was presented to it, and the verdict.

    `now` is Redis time in ms; `keys` are the site's keys, the one that makes new tokens first.
    """
    meaning = judge(family, token, now, context)
    if meaning is Meaning.REPLAY:
        # Only the first is written down: a flood of replays must not race with the honest browser's commits.
        return replace(family, suspect=family.suspect or now), Verdict(meaning)
    if meaning is Meaning.REPEAT:
        newest = again(family, keys)
        if newest or not page_access:
            return family, Verdict(meaning, newest)
        # else the site's keys were replaced and nothing derives the newest any more: it is passed over
    if meaning is Meaning.AHEAD:
        family = replace(family, generation=token.generation, hash=hashed(token.secret))
    if not page_access:
        return confirm(family), Verdict(meaning)
    family, newest = rotate(family, now, context, keys[0])
    return family, Verdict(meaning, newest)


def judge(family: Family, token: Token, now: float, context: str) -> Meaning:
    """What a token with a good signature means to its family at `now` (Redis ms)."""
    presented = hashed(token.secret)
    if token.generation > family.generation:
        return Meaning.AHEAD  # the store went back in time: a power loss, an older backup
    if token.generation == family.generation:
        return Meaning.NEWEST if hmac.compare_digest(presented, family.hash) else Meaning.REPLAY
    spent = next((spent for spent in family.spent if spent.generation == token.generation), None)
    if spent is None or not hmac.compare_digest(presented, spent.hash):
        return Meaning.REPLAY
    if not family.confirmed and token.generation == family.generation - 1:
        return Meaning.REPEAT  # row C: the reply with the newest was lost, or is still under way to another tab
    if now - spent.at <= GRACE and spent.context == context:
        return Meaning.REPEAT  # row D: a request that was under way
    return Meaning.REPLAY


def confirm(family: Family) -> Family:
    """The family once its newest token was presented: the one before it is dead (row B)."""
    return replace(family, confirmed=True)


def rotate(family: Family, now: float, context: str, key: str) -> tuple[Family, Token]:
    """Consume the newest token and make the next one (row A)."""
    token = mint(family.user, family.id, family.nonce, family.generation + 1, key)
    spent = (*family.spent, Spent(family.generation, family.hash, now, context))[1 - KEPT :]
    after = replace(family, generation=token.generation, hash=hashed(token.secret), confirmed=False, spent=spent)
    return after, token


def again(family: Family, keys: list[str]) -> Token | None:
    """The newest token once more; None where no key of the site derives it (the keys were replaced)."""
    minted = (mint(family.user, family.id, family.nonce, family.generation, key) for key in keys)
    return next((token for token in minted if hashed(token.secret) == family.hash), None)

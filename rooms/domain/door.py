"""Who may come into a room: its invites and bans, as values."""

from dataclasses import dataclass, replace

INVITES = 50  # named invites of a room
USES_MAX = 1000
HOURS_MAX = 24 * 365
BANS = 200  # of a room; the oldest gives way
INVITE_NAME = 40  # characters
KICK = 10 * 60_000  # ms that a kick keeps somebody out
REMEMBERED = 1000  # people that an invite without a limit remembers


@dataclass(frozen=True, slots=True)
class Invite:
    """The room's own invite: the key's SHA-256, and the nonce from which the server derives the key again."""

    hash: str
    nonce: str


@dataclass(frozen=True, slots=True)
class NamedInvite:
    """One more way in: for a role (viewer, helper), until a time (server ms), for so many people; None: no limit.

    `users` are those who came by it, each counted once.
    """

    id: str
    name: str
    role: str
    hash: str
    nonce: str
    until: float | None = None
    uses: int | None = None
    users: tuple[int, ...] = ()
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Ban:
    """Somebody who was removed by `by` at `at`, until a time (a kick) or for good (None), times in server ms.

    A ban also names the network they came from, in a form that tells no address, and the newest user of the site
    at that moment: whoever is newer and comes from there is taken for the same person with a new cookie.
    """

    id: str
    user: int
    by: int
    at: float
    until: float | None = None
    network: str = ""
    newest: int = 0


@dataclass(frozen=True, slots=True)
class Door:
    """All named invites and bans of a room."""

    invites: tuple[NamedInvite, ...] = ()
    bans: tuple[Ban, ...] = ()


def is_banned(door: Door, user: int, network: str, now: float) -> bool:
    """Whether a user, coming from a network, is kept out at `now`."""
    return any(_keeps_out(ban, user, network) for ban in door.bans if ban.until is None or ban.until > now)


def _keeps_out(ban: Ban, user: int, network: str) -> bool:
    return user == ban.user or bool(ban.network and ban.network == network and user > ban.newest)


def opened(door: Door, key_hash: str, user: int, now: float) -> NamedInvite | None:
    """The named invite that a key of this hash is, if it lets the user in now."""
    invite = next((invite for invite in door.invites if invite.hash == key_hash), None)
    return invite if invite and lets_in(invite, user, now) else None


def lets_in(invite: NamedInvite, user: int, now: float) -> bool:
    """Whether the invite works for the user; who came by it comes again until it is revoked."""
    if invite.revoked or user in invite.users:
        return not invite.revoked
    if invite.until is not None and invite.until <= now:
        return False
    return invite.uses is None or len(invite.users) < invite.uses


def used(door: Door, invite_id: str, user: int) -> Door:
    """The door after a user came in by a named invite."""
    return replace(door, invites=tuple(_used(one, user) if one.id == invite_id else one for one in door.invites))


def _used(invite: NamedInvite, user: int) -> NamedInvite:
    if user in invite.users:
        return invite
    kept = invite.uses or REMEMBERED
    return replace(invite, users=(*invite.users, user)[-kept:])

"""What hosts and helpers do with a room and the people in it: each act checks who does it, and to whom."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rooms.domain import door as doors
from rooms.domain.door import Ban, Invite, NamedInvite
from rooms.domain.errors import Refused
from rooms.domain.permissions import may, over, standing
from rooms.domain.queue import by_votes
from rooms.domain.room import Room
from rooms.domain.rules import ASKING, BROKEN, LOOPS, MODES, SECONDS_MAX, SLOW_MAX, WAITS, Rules, with_, without

STAFF = 0  # no user's id: the staff of the site
NOW_AND_AGAIN = 3 * 3600_000  # ms for which a remote is granted "for now"


@dataclass(frozen=True, slots=True)
class Manage:
    """An act on a room; which fields count depends on the kind.

    The service adds what the domain cannot know: an invite that was `made`, the network that a ban names, and the
    newest user of the site.
    """

    kind: str
    user: int | None = None
    field: str = ""
    value: str | int | bool | None = None
    on: bool = True
    good: bool = False
    ban: str = ""
    invite: str = ""
    made: NamedInvite | Invite | None = None
    network: str = ""
    newest: int = 0


def integer(low: int, high: int) -> Callable[[object], bool]:
    """A check for an integer, which a boolean is not."""
    return lambda value: type(value) is int and low <= value <= high


def _is_bool(value: object) -> bool:
    return type(value) is bool


SETTINGS: dict[str, tuple[str, Callable[[object], bool]]] = {  # who may set it, and to what
    "control": ("rules", MODES.__contains__),
    "queue": ("rules", MODES.__contains__),
    "chat": ("rules", MODES.__contains__),
    "wait": ("rules", WAITS.__contains__),
    "seconds": ("rules", integer(1, SECONDS_MAX)),
    "slow": ("moderate", integer(0, SLOW_MAX)),
    "locked": ("moderate", _is_bool),
    "loop": ("control", LOOPS.__contains__),
    "autoplay": ("control", _is_bool),
    "votes": ("rules", _is_bool),
    "broken": ("rules", BROKEN.__contains__),
}


def manage(room: Room, actor: int, act: Manage, now: float) -> Room:
    """The room after an act of `actor` at `now` (server ms). Raises Refused."""
    word, decide = KINDS[act.kind]
    require(room, actor, SETTINGS.get(act.field, (word, None))[0] if act.kind == "set" else word, now)
    if act.kind in PERSONAL and not over(room.owner, room.rules, actor, act.user):
        raise Refused("protected")
    changed = decide(room, actor, act, now)
    return replace(changed, rules=replace(changed.rules, v=room.rules.v + 1))


def by_staff(room: Room, act: Manage, now: float) -> Room:
    """The room after an act on a person that the staff of the site decided. Raises Refused for its host."""
    if act.user == room.owner:
        raise Refused("protected")
    changed = KINDS[act.kind][1](room, STAFF, act, now)
    return replace(changed, rules=replace(changed.rules, v=room.rules.v + 1))


def shut(room: Room, closed: bool) -> Room:
    """The room closed by the staff, or open again. Raises Refused where it is so already."""
    if room.closed == closed:
        raise Refused("already")
    return replace(room, closed=closed, rules=replace(room.rules, v=room.rules.v + 1))


def require(room: Room, actor: int, word: str, now: float) -> None:
    """Raises Refused where `actor` may not do what the word stands for."""
    if not may(room.rules, standing(room.owner, room.rules, actor, now), word):
        raise Refused("not-allowed")


def _ruled(room: Room, **changes) -> Room:
    return replace(room, rules=replace(room.rules, **changes))


def _set(room: Room, actor: int, act: Manage, now: float) -> Room:
    _, fits = SETTINGS.get(act.field, (None, lambda value: False))
    if not fits(act.value):
        raise Refused("bad-value")
    return by_votes(_ruled(room, **{act.field: act.value}))


def _helper(room: Room, actor: int, act: Manage, now: float) -> Room:
    return _ruled(room, helpers=(with_ if act.on else without)(room.rules.helpers, act.user))


def _grant(room: Room, actor: int, act: Manage, now: float) -> Room:
    until = None if act.good else now + NOW_AND_AGAIN
    remotes = _remotes_without(room.rules, act.user, now) | {act.user: until}
    return _ruled(room, remotes=remotes, asking=without(room.rules.asking, act.user))


def _take(room: Room, actor: int, act: Manage, now: float) -> Room:
    asking = without(room.rules.asking, act.user)
    return _ruled(room, remotes=_remotes_without(room.rules, act.user, now), asking=asking)


def _remotes_without(rules: Rules, user: int, now: float) -> dict[int, float | None]:
    return {other: until for other, until in rules.remotes.items() if other != user and (until is None or until > now)}


def _mute(room: Room, actor: int, act: Manage, now: float) -> Room:
    return _ruled(room, muted=(with_ if act.on else without)(room.rules.muted, act.user))


def _remove(room: Room, actor: int, act: Manage, now: float) -> Room:
    """A kick or a ban: whoever is removed loses the places they had."""
    until = now + doors.KICK if act.kind == "kick" else None
    others = tuple(ban for ban in room.door.bans if ban.user != act.user and (ban.until is None or ban.until > now))
    ban = Ban(act.ban, act.user, actor, now, until, act.network, act.newest)
    fallen = _take(_helper(room, actor, replace(act, on=False), now), actor, act, now)
    acting = None if room.rules.acting == act.user else room.rules.acting
    return replace(_ruled(fallen, acting=acting), door=replace(room.door, bans=(*others, ban)[-doors.BANS :]))


def _lift(room: Room, actor: int, act: Manage, now: float) -> Room:
    kept = tuple(ban for ban in room.door.bans if ban.id != act.ban)
    if len(kept) == len(room.door.bans):
        raise Refused("unknown")
    return replace(room, door=replace(room.door, bans=kept))


def _invite(room: Room, actor: int, act: Manage, now: float) -> Room:
    alive = tuple(one for one in room.door.invites if not one.revoked and (one.until is None or one.until > now))
    if len(alive) >= doors.INVITES:
        raise Refused("too-many")
    gone = tuple(one for one in room.door.invites if one not in alive)[-doors.INVITES :]
    return replace(room, door=replace(room.door, invites=(*gone, *alive, act.made)))


def _revoke(room: Room, actor: int, act: Manage, now: float) -> Room:
    found = next((one for one in room.door.invites if one.id == act.invite and not one.revoked), None)
    if found is None:
        raise Refused("unknown")
    invites = tuple(replace(one, revoked=True) if one is found else one for one in room.door.invites)
    left = tuple(user for user in room.rules.helpers if found.role != "helper" or user not in found.users)
    return replace(_ruled(room, helpers=left), door=replace(room.door, invites=invites))


def _renew(room: Room, actor: int, act: Manage, now: float) -> Room:
    return replace(room, invite=act.made)


def _same(room: Room, actor: int, act: Manage, now: float) -> Room:
    return room


PERSONAL = {"helper", "grant", "take", "mute", "kick", "ban"}  # acts on a person
KINDS: dict[str, tuple[str, Callable[[Room, int, Manage, float], Room]]] = {  # the word that it needs
    "set": ("rules", _set),
    "helper": ("rules", _helper),
    "grant": ("grant", _grant),
    "take": ("grant", _take),
    "mute": ("moderate", _mute),
    "kick": ("moderate", _remove),
    "ban": ("moderate", _remove),
    "lift": ("moderate", _lift),
    "clear": ("moderate", _same),
    "restore": ("moderate", _same),
    "check": ("check", _same),
    "invite": ("invite", _invite),
    "revoke": ("invite", _revoke),
    "renew": ("invite", _renew),
}


def ask(room: Room, user: int, now: float) -> Room:
    """The room after somebody asked for the remote. Raises Refused where they have it."""
    if may(room.rules, standing(room.owner, room.rules, user, now), "control"):
        raise Refused("already")
    if user in room.rules.asking:
        raise Refused("already")
    if len(room.rules.asking) >= ASKING:
        raise Refused("too-many")
    return _ruled(room, asking=(*room.rules.asking, user), v=room.rules.v + 1)

"""Who may do what in a room: the one place of every permission rule."""

from dataclasses import dataclass

from rooms.domain.rules import EVERYONE, HELPERS, HOST, Rules

# control the film · add to the queue · say something · mute, kick, ban, delete, clear, slow, lock · hand out the
# remote · set modes and helpers · make and revoke invites · call a ready check
WORDS = ("control", "queue", "chat", "moderate", "grant", "rules", "invite", "check")
MODED = {"control", "queue", "chat"}  # the words whose mode the host sets
ALWAYS = {
    HOST: frozenset(WORDS),
    "acting": frozenset({"control", "queue", "chat", "grant", "check"}),
    "helper": frozenset({"moderate", "check"}),
    "viewer": frozenset(),
}
OPEN_TO = {  # who is let in by a mode
    EVERYONE: frozenset({"helper", "viewer"}),
    HELPERS: frozenset({"helper"}),
    HOST: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is in a room; `role` is host, helper or viewer."""

    role: str
    acting: bool = False
    remote: bool = False
    muted: bool = False


def standing(owner: int, rules: Rules, user: int, now: float) -> Standing:
    """What a user is in the room at server time `now` (ms)."""
    if user == owner:
        return Standing(HOST)
    until = rules.remotes.get(user, 0.0)
    return Standing(
        role="helper" if user in rules.helpers else "viewer",
        acting=user == rules.acting,
        remote=until is None or until > now,
        muted=user in rules.muted,
    )


def may(rules: Rules, who: Standing, word: str) -> bool:
    """Whether somebody of this standing may do what the word stands for."""
    if word == "chat" and who.muted:
        return False
    if word in ALWAYS[who.role] or (who.acting and word in ALWAYS["acting"]):
        return True
    if word == "control" and who.remote:
        return True
    return word in MODED and who.role in OPEN_TO[getattr(rules, word)]


def allowed(rules: Rules, who: Standing) -> list[str]:
    """All words that somebody may do."""
    return [word for word in WORDS if may(rules, who, word)]


def may_change(rules: Rules, who: Standing, own: bool) -> bool:
    """Whether somebody may change or take out an entry of the queue: with the remote any, else their own."""
    return may(rules, who, "control") or (own and may(rules, who, "queue"))


def over(owner: int, rules: Rules, actor: int, target: int) -> bool:
    """Whether one may moderate the other: nobody the host or themselves, helpers not each other."""
    if target in (owner, actor):
        return False
    return actor == owner or target not in rules.helpers

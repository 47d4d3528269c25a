"""What people do with the queue: each act checks who does it, and changes the room in one step."""

import hashlib
from collections.abc import Callable, Set
from dataclasses import dataclass, field, replace

from rooms.domain.errors import Refused
from rooms.domain.manage import require
from rooms.domain.permissions import may_change, standing
from rooms.domain.playback import LONGEST, UNDO
from rooms.domain.queue import (
    ENTRIES,
    VOTES,
    act_of,
    by_votes,
    changed,
    entry_of,
    following,
    go_to,
    needed,
    place_of,
    put,
)
from rooms.domain.room import Entry, Removed, Room

END, NEXT, NOW = "end", "next", "now"
PLACES = (END, NEXT, NOW)  # where something is added


@dataclass(frozen=True, slots=True)
class QueueAct:
    """An act on the queue; which fields count depends on the kind.

    The service adds what the domain cannot know: the new `entries`, a `seed` of chance, who is `present`.
    """

    kind: str
    user: int
    op: str
    entry: str = ""
    before: str | None = None
    where: str = END
    on: bool = True
    start: float = 0.0
    entries: tuple[Entry, ...] = ()
    seed: str = ""
    present: Set[int] = field(default_factory=frozenset)


def apply(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    """The room after an act at `now` (server ms); a film that plays on begins `ahead` ms later. Raises Refused."""
    if act.op in room.ops:
        raise Refused("already")
    word, decide = KINDS[act.kind]
    if word:
        require(room, act.user, word, now)
    return decide(room, act, now, ahead)


def _add(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    """As many as there is room for; the service tells how many that were."""
    if act.where != END:
        require(room, act.user, "control", now)
    fit = act.entries[: max(0, ENTRIES - len(room.queue))]
    if not fit:
        raise Refused("full" if act.entries else "empty")
    place = len(room.queue) if act.where == END else place_of(room, room.playback.entry) + 1
    after = changed(room, queue=(*room.queue[:place], *fit, *room.queue[place:]))
    if act.where == NOW:
        after = go_to(after, fit[0], act_of(room, act.user, act.op, "video", now), now, ahead)
    return by_votes(after)


def _play(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    entry = _known(room, act)
    if entry.id == room.playback.entry:
        raise Refused("already")
    by = act_of(room, act.user, act.op, "video", now)
    if room.rules.votes:  # those with fewer votes in between still come
        place = place_of(room, room.playback.entry)
        others = [one for one in room.queue if one.id != entry.id]
        place -= place_of(room, entry.id) < place
        room = changed(room, queue=(*others[: place + 1], entry, *others[place + 1 :]))
    return go_to(room, entry, by, now, ahead)


def _skip(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    entry = following(room)
    if entry is None:
        raise Refused("nothing-next")
    return go_to(room, entry, act_of(room, act.user, act.op, "skip", now), now, ahead)


def _move(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    if room.rules.votes:
        raise Refused("by-votes")
    entry = _known(room, act)
    others = [one for one in room.queue if one.id != entry.id]
    place = next((place for place, one in enumerate(others) if one.id == act.before), None)
    if place is None and act.before is not None:
        raise Refused("unknown")
    others.insert(len(others) if place is None else place, entry)
    if tuple(others) == room.queue:
        raise Refused("already")
    return changed(room, queue=tuple(others))


def _remove(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    entry = _own(room, act, now)
    if len(room.queue) == 1:
        raise Refused("last")
    if entry.id == room.playback.entry:
        room = go_to(room, _neighbour(room), act_of(room, act.user, act.op, "video", now), now, ahead)
    return _taken_out(room, act, now, lambda one: one.id == entry.id)


def _neighbour(room: Room) -> Entry:
    """What plays where the current entry is taken out: the one below it, else the one above."""
    place = place_of(room, room.playback.entry)
    return (*room.queue[place + 1 :], *reversed(room.queue[:place]))[0]


def _clear(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    if len(room.queue) == 1:
        raise Refused("already")
    return _taken_out(room, act, now, lambda one: one.id != room.playback.entry)


def _taken_out(room: Room, act: QueueAct, now: float, goes: Callable[[Entry], bool]) -> Room:
    taken = tuple((place, entry) for place, entry in enumerate(room.queue) if goes(entry))
    kept = tuple(entry for entry in room.queue if not goes(entry))
    return changed(room, queue=kept, removed=Removed(act.user, now, taken))


def _back(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    """The last removal taken back, by whoever did it or has the remote."""
    removed = room.removed
    if removed is None or now > removed.t + UNDO:
        raise Refused("too-late")
    if act.user != removed.by:
        require(room, act.user, "control", now)
    if len(room.queue) + len(removed.entries) > ENTRIES:
        raise Refused("full")
    queue = list(room.queue)
    for place, entry in removed.entries:
        queue.insert(place, entry)
    return by_votes(changed(room, queue=tuple(queue), removed=None))


def _shuffle(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    """What comes next in an order of chance, which the seed decides."""
    if room.rules.votes:
        raise Refused("by-votes")
    place = place_of(room, room.playback.entry) + 1
    if len(room.queue) - place < 2:
        raise Refused("nothing-next")

    def chance(entry: Entry) -> str:
        return hashlib.sha256(f"{act.seed}.{entry.id}".encode()).hexdigest()

    return changed(room, queue=(*room.queue[:place], *sorted(room.queue[place:], key=chance)))


def _vote(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    if not room.rules.votes:
        raise Refused("no-votes")
    entry = _known(room, act)
    if entry.id == room.playback.entry or (act.user in entry.votes) == act.on:
        raise Refused("already")
    others = tuple(user for user in entry.votes if user != act.user)
    if act.on and len(others) >= VOTES:
        raise Refused("too-many")
    return by_votes(put(room, replace(entry, votes=(*others, act.user) if act.on else others)))


def _vote_skip(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    """A vote to skip what plays; of those who are no longer here none counts."""
    if not room.rules.votes:
        raise Refused("no-votes")
    if following(room) is None:
        raise Refused("nothing-next")
    if (act.user in room.skips) == act.on:
        raise Refused("already")
    others = tuple(user for user in room.skips if user != act.user and user in act.present)
    skips = (*others, act.user) if act.on else others
    if len(skips) < needed(act.present):
        return changed(room, skips=skips)
    return _skip(room, act, now, ahead)


def _start(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    entry = _own(room, act, now)
    limit = LONGEST if entry.duration is None else entry.duration
    if not 0 <= act.start <= limit:
        raise Refused("bad-position")
    if act.start == entry.start:
        raise Refused("already")
    return put(room, replace(entry, start=act.start))


def _replace(room: Room, act: QueueAct, now: float, ahead: float) -> Room:
    """Another video in the place of one."""
    entry, other = _own(room, act, now), act.entries[0]
    after = changed(room, queue=tuple(other if one.id == entry.id else one for one in room.queue))
    if entry.id != room.playback.entry:
        return by_votes(after)
    return go_to(after, other, act_of(room, act.user, act.op, "video", now), now, ahead)


def _known(room: Room, act: QueueAct) -> Entry:
    entry = entry_of(room, act.entry)
    if entry is None:
        raise Refused("unknown")
    return entry


def _own(room: Room, act: QueueAct, now: float) -> Entry:
    """An entry that is the actor's own, or anybody's for who has the remote."""
    entry = _known(room, act)
    who = standing(room.owner, room.rules, act.user, now)
    if not may_change(room.rules, who, entry.by == act.user):
        raise Refused("not-allowed")
    return entry


KINDS: dict[str, tuple[str, Callable[[Room, QueueAct, float, float], Room]]] = {  # the word that it needs, if one
    "add": ("queue", _add),
    "play": ("control", _play),
    "skip": ("control", _skip),
    "move": ("control", _move),
    "remove": ("", _remove),
    "clear": ("control", _clear),
    "back": ("", _back),
    "shuffle": ("control", _shuffle),
    "vote": ("", _vote),
    "voteskip": ("", _vote_skip),
    "start": ("", _start),
    "replace": ("", _replace),
}

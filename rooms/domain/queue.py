"""The queue of a room: which entry follows, and what a change of entry, a vote, or the end of a film makes of it."""

from collections.abc import Callable, Set
from dataclasses import replace

from rooms.domain import playback as playback_rules
from rooms.domain.playback import By, position_at
from rooms.domain.room import Entry, Room

ENTRIES = 500  # of a room
VOTES = 1000  # on one entry
COUNTDOWN = 5000  # ms from the end of a film to the next one


def place_of(room: Room, entry_id: str) -> int | None:
    """The place of an entry in the queue, from 0; None where it is not there."""
    return next((place for place, entry in enumerate(room.queue) if entry.id == entry_id), None)


def entry_of(room: Room, entry_id: str) -> Entry | None:
    """An entry by its id, or None."""
    return next((entry for entry in room.queue if entry.id == entry_id), None)


def following(room: Room, is_fit: Callable[[Entry], bool] = lambda entry: True) -> Entry | None:
    """The next entry that is fit to play, or None at the end of the queue; in a loop the first comes after the last."""
    place = place_of(room, room.playback.entry)
    after = (*room.queue[place + 1 :], *(room.queue[: place + 1] if room.rules.loop == "all" else ()))
    return next((entry for entry in after if is_fit(entry)), None)


def changed(room: Room, **fields) -> Room:
    """The room with a change of its queue, as a new version of it."""
    return replace(room, queue_v=room.queue_v + 1, **fields)


def by_votes(room: Room) -> Room:
    """The room with what comes next in the order of votes, where it has that rule; equals keep their places."""
    if not room.rules.votes:
        return room
    place = place_of(room, room.playback.entry) + 1
    queue = (*room.queue[:place], *sorted(room.queue[place:], key=lambda entry: -len(entry.votes)))
    return room if queue == room.queue else changed(room, queue=queue)


def put(room: Room, entry: Entry) -> Room:
    """The room with an entry in place of the one of its id."""
    return changed(room, queue=tuple(entry if one.id == entry.id else one for one in room.queue))


def go_to(room: Room, entry: Entry, by: By | None, now: float, ahead: float) -> Room:
    """The room with another entry of its queue, from its start on; it plays on if the one before played.

    Votes are used up: those for the entry, and those to skip the one before.
    """
    if entry.votes:
        room = put(room, replace(entry, votes=()))
    if room.skips:
        room = changed(room, skips=())
    playback = playback_rules.change_video(room.playback, entry.id, entry.start, by, now, ahead)
    return replace(room, playback=playback)


def act_of(room: Room, user: int | None, op: str, kind: str, now: float) -> By:
    """Whose act a change of entry is, with what an undo needs: the entry before it, and where its film was."""
    was = position_at(room.playback, now, room.current.duration)
    return By(user, op, kind, round(was, 3), room.playback.entry)


def ended(room: Room, entry_id: str, now: float, ahead: float) -> Room | None:
    """The room after a viewer, or the clock, says that a film has ended; None where that is not believed."""
    film = room.current
    if not playback_rules.is_over(room.playback, entry_id, now, film.duration):
        return None
    if room.rules.loop == "one":
        return go_to(room, film, None, now, ahead)
    entry = following(room, lambda entry: not entry.fault)
    if entry is None or not room.rules.autoplay:
        return replace(room, playback=playback_rules.at_end(room.playback, now, film.duration))
    wait = ahead if entry.id == film.id else COUNTDOWN
    return go_to(room, entry, act_of(room, None, "", "next", now), now, wait)


def broken(room: Room, entry_id: str, reason: str, now: float, ahead: float) -> Room | None:
    """The room after it showed that what plays now plays for nobody; None where that is known already."""
    entry = room.current
    if entry.id != entry_id or entry.fault:
        return None
    marked = put(room, replace(entry, fault=reason))
    after = following(marked, lambda entry: not entry.fault) if room.rules.broken == "skip" else None
    return go_to(marked, after, act_of(room, None, "", "skip", now), now, ahead) if after else marked


def mended(room: Room, entry_id: str) -> Room | None:
    """The room after a video that played for nobody plays; None where it was not marked."""
    entry = entry_of(room, entry_id)
    return put(room, replace(entry, fault="")) if entry and entry.fault else None


def needed(present: Set[int]) -> int:
    """How many votes skip what plays: more than half of those who are here."""
    return len(present) // 2 + 1

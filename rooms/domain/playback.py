"""The playback of a room as a value, and what an act, an end, or an empty room makes of it."""

import math
from dataclasses import dataclass, replace

from rooms.domain.errors import Refused

LEAD_MIN, LEAD_MAX = 150, 600  # ms before a start that all are told
PAUSE_TRUST = 1.0  # seconds by which an actor's own frame may differ from the room's position
PLAY_RACE = 500  # ms in which a play may not undo a pause that its sender had not seen
END_SLACK = 3.0  # seconds before the end in which `end` is believed
LONGEST = 48 * 3600.0  # seconds: the largest position where the duration is unknown
RATE_MIN, RATE_MAX = 0.25, 2.0
OPS_REMEMBERED = 64
COUNTDOWN = 3000  # ms from the end of a ready check to the start
UNDO = 10_000  # ms in which a seek, or a change of video, can be taken back
UNDONE = {"seek", "video", "skip"}  # what can be taken back


@dataclass(frozen=True, slots=True)
class Hold:
    """A wait that the server imposed: for whom, and until when at most (server ms; None: until they are ready).

    `kind` is wait (somebody's film stalled) or ready (a ready check: for those who have not said so).
    """

    kind: str
    users: tuple[int, ...]
    until: float | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Whose act made a version: the user (None: the room itself, going on), the client's op id, the kind of act.

    `was` is where the film was before a seek or a change of video, `entry` the video before that change.
    """

    user: int | None
    op: str
    kind: str
    was: float | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Playback:
    """The state vector: `pos` seconds hold at `t` (server ms, may lie in the future)."""

    entry: str
    v: int = 1
    pos: float = 0.0
    rate: float = 1.0
    playing: bool = False
    hold: Hold | None = None
    t: float = 0.0
    by: By | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A person's intent: kind is a key of `_DECIDE`; `v` is the version it was based on."""

    user: int
    op: str
    v: int
    entry: str
    kind: str
    pos: float | None = None
    rate: float | None = None


def position_at(playback: Playback, now: float, duration: float | None = None) -> float:
    """Where the film is at server time `now` (ms), in seconds, at most the duration."""
    pos = playback.pos
    if playback.playing and not playback.hold and now > playback.t:
        pos += playback.rate * (now - playback.t) / 1000
    return pos if duration is None else min(pos, duration)


def lead(one_way: float) -> float:
    """How far ahead a start is scheduled, in ms, for viewers whose one-way delay has this p95 (ms)."""
    return min(max(2 * one_way + 60, LEAD_MIN), LEAD_MAX)


def apply(playback: Playback, act: Act, now: float, duration: float | None, ahead: float) -> Playback:
    """The playback after a person's act at `now`; a start lies `ahead` ms in the future. Raises Refused."""
    if act.entry != playback.entry:
        raise Refused("stale-entry")
    here = position_at(playback, now, duration)
    changed = _DECIDE[act.kind](playback, act, now, here, duration, ahead)
    if changed is None:
        raise Refused("already")
    was = round(here, 3) if act.kind in {"seek", "undo"} else None
    return replace(changed, v=playback.v + 1, by=By(act.user, act.op, act.kind, was))


def _play(playback, act, now, here, duration, ahead):
    ended = duration is not None and here >= duration
    if playback.hold:
        return released(playback, now, ahead)
    if playback.playing and not ended:
        return _at_once(playback, now, ahead)
    by = playback.by
    raced = by is not None and by.kind == "pause" and by.user != act.user and now - playback.t < PLAY_RACE
    if raced and act.v < playback.v:
        raise Refused("stale-play")
    return replace(playback, playing=True, pos=0.0 if ended else here, t=now + ahead)


def _at_once(playback, now, ahead):
    """The next film without its countdown; None where there is none."""
    counts = playback.by is not None and playback.by.kind == "next" and playback.t > now + LEAD_MAX
    return replace(playback, t=now + ahead) if counts else None


def _pause(playback, act, now, here, duration, ahead):
    if not playback.playing:
        return None
    pos = _within(act.pos, duration)
    return replace(playback, playing=False, hold=None, pos=pos if abs(pos - here) <= PAUSE_TRUST else here, t=now)


def _seek(playback, act, now, here, duration, ahead):
    pos = _within(act.pos, duration)
    if not playback.playing and abs(pos - playback.pos) < 0.001:
        return None
    return _moved(playback, pos, now, ahead)


def _moved(playback, pos, now, ahead):
    return replace(playback, pos=pos, hold=None, t=now + ahead if playback.playing else now)


def _undo(playback, act, now, here, duration, ahead):
    by = playback.by
    if by is None or by.kind not in UNDONE or by.was is None or now > playback.t + UNDO:
        raise Refused("too-late")
    return _moved(replace(playback, entry=by.entry or playback.entry), by.was, now, ahead)


def change_video(playback: Playback, entry: str, start: float, by: By, now: float, ahead: float) -> Playback:
    """The playback with another video from its `start` (seconds) on; it plays on if the one before played."""
    moved = _moved(replace(playback, entry=entry), start, now, ahead)
    return replace(moved, v=playback.v + 1, by=by)


def _go(playback, act, now, here, duration, ahead):
    return released(playback, now, ahead) if playback.hold else None


def _rate(playback, act, now, here, duration, ahead):
    if act.rate == playback.rate:
        return None
    # A start that is still to come stays where it is.
    return replace(playback, rate=act.rate, pos=here, t=max(now, playback.t))


_DECIDE = {"play": _play, "pause": _pause, "seek": _seek, "rate": _rate, "undo": _undo, "go": _go}


def released(playback: Playback, now: float, ahead: float) -> Playback:
    """The playback that goes on after a hold: `ahead` ms from now, or after the countdown of a ready check."""
    return replace(playback, hold=None, t=now + (COUNTDOWN if playback.hold.kind == "ready" else ahead))


def _within(pos: float | None, duration: float | None) -> float:
    limit = LONGEST if duration is None else duration + 1
    if pos is None or not math.isfinite(pos) or not 0 <= pos <= limit:
        raise Refused("bad-position")
    return pos if duration is None else min(pos, duration)


def is_over(playback: Playback, entry: str, now: float, duration: float | None, slack: float = END_SLACK) -> bool:
    """Whether a film of a duration has ended at `now`, give or take the slack (seconds)."""
    if entry != playback.entry or not playback.playing or playback.hold or duration is None:
        return False
    # A film shorter than the slack, begun again, is not over for the viewer who tells of its end twice.
    return position_at(playback, now) >= duration - min(slack, duration / 2)


def at_end(playback: Playback, now: float, duration: float) -> Playback:
    """The playback that rests at the end of its film."""
    return replace(playback, v=playback.v + 1, playing=False, pos=duration, t=now, by=None)


def settle(playback: Playback, left: float, duration: float | None) -> Playback | None:
    """The playback of a room that everyone had left at `left` (ms): paused where it was; None if it is so."""
    if not playback.playing:
        return None
    pos = position_at(playback, left, duration)
    return replace(playback, v=playback.v + 1, playing=False, hold=None, pos=pos, t=max(left, playback.t), by=None)


def stopped(playback: Playback, start: float, now: float) -> Playback:
    """The playback that rests where its film begins, at `start` (seconds); the room itself has it so."""
    return replace(playback, v=playback.v + 1, playing=False, hold=None, pos=start, t=now, by=None)


def revived(fields: dict) -> Playback:
    """The playback in the plain fields that `asdict` makes of one; lists may stand for tuples."""
    by, hold = fields["by"], fields["hold"]
    return Playback(
        **fields
        | {"by": By(**by) if by else None, "hold": Hold(**hold | {"users": tuple(hold["users"])}) if hold else None}
    )

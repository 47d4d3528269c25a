"""What a process does again and again for its rooms: leases, heartbeats, rosters, and a look at the truth."""

import time

from accounts import services as accounts
from rooms import broadcast, protocol
from rooms.domain.playback import is_over
from rooms.domain.presence import Change, Roster, difference
from rooms.domain.succession import succeeded
from rooms.hub import LocalRoom, send
from rooms.services import chat, playback, presence, queue, standing, waiting, watching
from rooms.store import presence as leases
from rooms.store import rooms as store
from wewatch import metrics, pulse
from wewatch.clock import clock
from wewatch.line import PING, text_frame

ANSWER = 10.0  # seconds that a line may take to answer the ping in a heartbeat: the dead are found within 30
PUNCTUAL = 0.5  # seconds by which a chore may come early
LATE = 1000  # ms after its end in which a viewer may tell of it first
ONE_WAY_KEPT = 30_000  # ms
ONE_WAY_NEAR = 45  # ms; below this the shortest lead serves, so the others need not know


async def talks(rooms: list[LocalRoom]) -> None:
    """Read the chat again where something was missed; hand out what floats, and who types."""
    for room in rooms:
        if room.talk_dirty:
            room.talk_dirty = False
            room.talk.adopt(await chat.snapshot(room.id))
            room.say(room.talk.frame())
        for frame in room.talk.lively(time.monotonic()):
            room.say(frame)


async def rules(rooms: list[LocalRoom]) -> None:
    """Read the rules again where they changed, and enforce them."""
    for room in [room for room in rooms if room.rules_dirty and room.primed]:  # what is being read might be older
        room.rules_dirty = False
        await standing.enforce(room)


async def queues(rooms: list[LocalRoom]) -> None:
    """Read the queue again where a change was missed."""
    for room in [room for room in rooms if room.queue_dirty]:
        room.queue_dirty = False
        frame = room.queue.adopt(await playback.snapshot(room.id))
        if frame:
            room.say(frame)


async def ends(rooms: list[LocalRoom]) -> None:
    """Let a film end by the clock where no viewer says so: their tabs may be asleep, all of them."""
    now = clock().now() - LATE
    for room in [room for room in rooms if room.playback and room.playback.playing]:
        row = room.queue.row(room.playback.entry)
        if row and is_over(room.playback, room.playback.entry, now, row["duration"], slack=0):
            await queue.end(room.id, row["id"])


async def histories(rooms: list[LocalRoom]) -> None:
    """Note what people watched, where a room went on to another entry."""
    for room in [room for room in rooms if room.passed]:
        await watching.went_on(room)


async def rosters(rooms: list[LocalRoom]) -> None:
    """Tell viewers who came, went or changed, and hand the host's place on or back."""
    for room in [room for room in rooms if room.roster_dirty and room.known]:
        if room.roster_hint:
            room.roster_hint = False
            await broadcast.publish_roster(room.id)
        room.roster_dirty = False
        seen = await presence.roster(room.known)
        change = difference(room.roster, seen)
        room.sees(seen)
        if change:
            room.say(text_frame(_who(change)))
        here, door = _placed(room.known.owner, seen)
        if here and succeeded(room.known, here, clock().now(), door):
            await standing.succeed(room.id, here, door)


def _placed(owner: int, seen: Roster) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who is past the door and who is at it, in order of arrival; the host is past it from the first moment on."""
    inside = {owner, *seen.inside}
    here = tuple(user for user in seen.users if user in inside)
    return here, tuple(user for user in seen.users if user not in inside)


def _who(change: Change) -> bytes:
    added = [protocol.person(person) for person in change.add]
    return protocol.dump("who", n=change.count, add=added, **{"del": change.gone})


async def holds(rooms: list[LocalRoom]) -> None:
    """End a wait whose time is up, or whose people have left."""
    for room in [room for room in rooms if room.hold]:
        here, until = set(room.roster.users), room.hold.until
        if (until and until <= clock().now()) or not here.issuperset(room.hold.users):
            await waiting.review(room.id, here)


async def versions(rooms: list[LocalRoom]) -> None:
    """Compare with the store: show what the layer lost, close rooms that are gone, notice a store gone back in time."""
    if not rooms:
        return
    before = [_versions(room) for room in rooms]
    found = await store.versions([room.id for room in rooms])
    for room, had, truth in zip(rooms, before, found, strict=True):
        if truth is None:
            broadcast.close(room.viewers, broadcast.CLOSE_GONE)
            continue
        epoch, now = truth.epoch, truth.playback
        if had and went_back(had, truth):
            await playback.renew_epoch(room.id)
        elif (epoch, now.v) != (room.epoch, room.v):  # else nothing is framed: most looks find nothing new
            room.show(epoch, now, text_frame(protocol.state(now, epoch)))
        if room.known is not None:
            known = (room.known.rules.v, room.known.playback.entry)
            room.rules_dirty |= known != (truth.rules, truth.playback.entry)
        room.queue_dirty |= room.primed and truth.queue > room.queue.v
        # A message may be on its way: only where nothing came since the last look it is lost.
        room.talk_dirty |= room.primed and room.talk.v != truth.chat and room.talk.v == room.talk_seen
        room.talk_seen = room.talk.v


def _versions(room: LocalRoom) -> store.Versions | None:
    """What the viewers here have; None before they have anything."""
    if not room.playback or not room.known:
        return None
    return store.Versions(room.epoch, room.playback, room.known.rules.v, room.talk.v, room.queue.v)


def went_back(had: store.Versions, truth: store.Versions) -> bool:
    """Whether the store has lost something of a room that was seen before this reading.

    What took the place of something lost may have got the same version, but not the same time.
    """
    if truth.epoch != had.epoch:
        return False
    pairs = ((truth.queue, had.queue), (truth.rules, had.rules), (truth.chat, had.chat))
    older = truth.playback.v < had.playback.v or any(now < then for now, then in pairs)
    return older or (truth.playback.v == had.playback.v and truth.playback != had.playback)


async def counts(rooms: list[LocalRoom]) -> None:
    """Count who is here, for the metrics."""
    metrics.VIEWERS.set(sum(len(room.viewers) for room in rooms))
    metrics.ROOMS.set(sum(bool(room.viewers) for room in rooms))


async def ghosts(rooms: list[LocalRoom]) -> None:
    """Look at the rosters of rooms with people elsewhere: the leases of a process that died run out in silence."""
    for room in rooms:
        room.roster_dirty |= room.roster.count > len({viewer.user for viewer in room.viewers})


async def renew(rooms: list[LocalRoom]) -> None:
    """Renew the leases of the sockets here, look at the rosters again, tell how far the viewers here are."""
    now = clock().now()
    await leases.renew({room.id: [viewer.member for viewer in room.viewers] for room in rooms}, now)
    for room in rooms:
        room.roster_dirty = True
        ms = broadcast.local_one_way(room)
        if ms > ONE_WAY_NEAR:
            await broadcast.publish_one_way(room.id, ms, now + ONE_WAY_KEPT)


async def heartbeat(rooms: list[LocalRoom]) -> None:
    """Let every viewer hear that the line is alive, and the newest version; and ask whether it still hears.

    One write for both, and all at once: Daphne's own pings, each at its own moment, cost twice as much.
    """
    for room in rooms:
        room.pinged = time.monotonic()
        await send(room.viewers, text_frame(protocol.dump("hb", v=room.v)) + PING)


async def silence(rooms: list[LocalRoom]) -> None:
    """Cut the lines that did not answer the last heartbeat's ping: nobody is there any more.

    Not those whose answers this process itself had no time to read, because it stood still.
    """
    for room in rooms:
        if time.monotonic() - room.pinged < ANSWER - PUNCTUAL:
            continue
        for viewer in [viewer for viewer in room.viewers if viewer.line.heard < room.pinged]:
            viewer.silent = True
            viewer.line.drop()


async def report(rooms: list[LocalRoom]) -> None:
    """Tell the staff's dashboard how many viewers are here, and what was counted here."""
    await pulse.report(sum(len(room.viewers) for room in rooms))


async def families(rooms: list[LocalRoom]) -> None:
    """Close the sockets of devices that were logged out, where the word of it was lost."""
    viewers = [viewer for room in rooms for viewer in room.viewers]
    live = await accounts.live_families({(viewer.user, viewer.family) for viewer in viewers})
    broadcast.close((v for v in viewers if (v.user, v.family) not in live), broadcast.CLOSE_NO_USER)


URGENT = {talks, rules, queues}  # done at once where somebody is told that there is something

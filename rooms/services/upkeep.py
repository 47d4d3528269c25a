"""What a process does for the rooms that have viewers here: leases, heartbeats, rosters, and a look at the truth."""

import asyncio
import logging
import time
from weakref import WeakKeyDictionary

from accounts import services as accounts
from rooms import broadcast, protocol
from rooms.domain.presence import Change, Person, Roster, difference
from rooms.hub import LocalRoom, send
from rooms.services import playback, presence
from rooms.store import codec
from rooms.store import presence as leases
from rooms.store import rooms as store
from wewatch.clock import clock
from wewatch.line import PING, text_frame
from wewatch.redis import OUT_OF_REACH

log = logging.getLogger(__name__)
TICK = 0.5  # seconds: rosters change at most twice a second
VERSIONS = 2.0  # seconds between two looks at the versions in the store
RENEWAL = 10.0  # seconds; a lease lasts 30
HEARTBEAT = 20.0  # seconds; a client misses it after 25
ANSWER = 10.0  # seconds that a line may take to answer the ping in a heartbeat: the dead are found within 30
FAMILIES = 30.0  # seconds between two looks whether the viewers' devices are still logged in
ONE_WAY_KEPT = 30_000  # ms
ONE_WAY_NEAR = 45  # ms; below this the shortest lead serves, so the others need not know

_tasks: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Task] = WeakKeyDictionary()


def ensure() -> None:
    """Run the upkeep of this event loop, if it does not run yet."""
    loop = asyncio.get_running_loop()
    if loop not in _tasks or _tasks[loop].done():
        _tasks[loop] = loop.create_task(_run())


async def _run() -> None:
    chores = {rosters: TICK, versions: VERSIONS, renew: RENEWAL, heartbeat: HEARTBEAT, families: FAMILIES}
    chores[silence] = HEARTBEAT
    due = {chore: time.monotonic() + every for chore, every in chores.items()}
    due[silence] += ANSWER
    while True:
        await asyncio.sleep(TICK)
        for chore, every in chores.items():
            if time.monotonic() >= due[chore]:
                due[chore] += every
                await _guarded(chore)


async def _guarded(chore) -> None:
    try:
        await chore(list(broadcast.local().rooms.values()))
    except OUT_OF_REACH as error:
        log.warning("%s waits, the store is out of reach: %s", chore.__name__, error)
    except Exception:
        log.exception("%s failed", chore.__name__)


async def rosters(rooms: list[LocalRoom]) -> None:
    """Tell viewers who came, went or changed."""
    for room in [room for room in rooms if room.roster_dirty]:
        room.roster_dirty = False
        seen = await presence.roster(room.id)
        change, room.roster = difference(room.roster, seen), seen
        if change:
            await send(room.viewers, text_frame(_who(change)))


def who(roster: Roster) -> bytes:
    """The roster as a newcomer's first `who`."""
    return protocol.dump("who", n=roster.count, people=[_person(person) for person in roster.people])


def _who(change: Change) -> bytes:
    return protocol.dump("who", n=change.count, add=[_person(person) for person in change.add], **{"del": change.gone})


def _person(person: Person) -> dict:
    return {"id": person.id, "name": person.name, "color": person.color}


async def versions(rooms: list[LocalRoom]) -> None:
    """Compare with the store: show what the layer lost, close rooms that are gone, notice a store gone back in time."""
    if not rooms:
        return
    before = [(room.epoch, room.v) for room in rooms]
    found = await store.playbacks([room.id for room in rooms])
    for room, (had_epoch, had_v), truth in zip(rooms, before, found, strict=True):
        if truth is None:
            broadcast.close(room.viewers, broadcast.CLOSE_GONE)
            continue
        epoch, now = truth[0], codec.load_playback(truth[1])
        if epoch == had_epoch and now.v < had_v:
            await playback.renew_epoch(room.id)
        elif (epoch, now.v) != (had_epoch, had_v):
            room.show(epoch, now.v, text_frame(protocol.state(now, epoch)))


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
        if time.monotonic() - room.pinged < ANSWER - TICK:
            continue
        for viewer in [viewer for viewer in room.viewers if viewer.line.heard < room.pinged]:
            viewer.silent = True
            viewer.line.drop()


async def families(rooms: list[LocalRoom]) -> None:
    """Close the sockets of devices that were logged out, where the word of it was lost."""
    viewers = [viewer for room in rooms for viewer in room.viewers]
    live = await accounts.live_families({(viewer.user, viewer.family) for viewer in viewers})
    broadcast.close((v for v in viewers if (v.user, v.family) not in live), broadcast.CLOSE_NO_USER)

"""What the socket does with each message: parse has happened, so call one service and answer. No rules live here."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from accounts import services as accounts
from rooms import broadcast, protocol
from rooms.domain.playback import Act
from rooms.protocol import messages
from rooms.services import chat, manage, playback, presence, queue, waiting
from wewatch import metrics
from wewatch.line import text_frame


async def _op(socket, message: messages.Op) -> None:
    act = Act(socket.account.id, message.id, message.v, message.entry, message.kind, message.pos, message.rate)
    try:
        if not socket.acts.take(time.monotonic()):
            metrics.LIMITED.labels("acts").inc()
            raise playback.Nak("too-fast", await playback.snapshot(socket.viewer.room_id))
        await playback.apply(socket.viewer.room_id, act, socket.account)
    except playback.Nak as nak:
        metrics.REFUSED.labels(nak.reason).inc()
        state = protocol.vector(nak.room.playback, nak.room.epoch)
        socket.write("nak", id=message.id, reason=nak.reason, st=state)


async def _end(socket, message: messages.End) -> None:
    await queue.end(socket.viewer.room_id, message.entry)


async def _meta(socket, message: messages.Meta) -> None:
    await playback.learn_about(socket.viewer.room_id, message.entry, message.duration, message.live, message.title)


async def _get(socket, message: messages.Get) -> None:
    room = await playback.snapshot(socket.viewer.room_id)
    socket.line.write(text_frame(protocol.state(room.playback, room.epoch)))


async def _me(socket, message: messages.Me) -> None:
    profile = (await accounts.profiles([socket.account.id])).get(socket.account.id)
    if profile:
        socket.account = replace(socket.account, name=profile.name, color=profile.color)
    await broadcast.publish_roster(socket.viewer.room_id)


async def _rdy(socket, message: messages.Rdy) -> None:
    await presence.report(socket.viewer, message.entry, message.state, message.s)
    if message.state in {"ready", "muted"}:
        await queue.well(socket.viewer.room_id, message.entry)


async def _ready(socket, message: messages.Ready) -> None:
    await waiting.arrived(socket.viewer.room_id, "ready", socket.account.id)


async def _crowd(socket, message: messages.Crowd) -> None:
    count, people = await presence.crowd(socket.viewer.room_id, message.from_)
    shown = [protocol.person(person) for person in people]
    socket.write("crowd", n=count, people=shown, **{"from": message.from_})


async def _past(socket, message: messages.Past) -> None:
    if message.before is None:
        seen = await chat.snapshot(socket.viewer.room_id)
        socket.write("chat", v=seen.v, first=seen.first, items=seen.items, log=seen.log)
        return
    first, items = await chat.past(socket.viewer.room_id, message.before)
    socket.write("past", first=first, items=items)


async def _say(socket, message: messages.Say) -> None:
    again = await chat.say(socket.viewer.room_id, socket.account, message)
    if again:
        socket.write("msg", v=0, item=again)  # no version: it answers, and is no news


async def _edit(socket, message: messages.Edit) -> None:
    await chat.edit(socket.viewer.room_id, socket.account, message)
    socket.write("done", id=message.id, data=None)


async def _del(socket, message: messages.Del) -> None:
    await chat.delete(socket.viewer.room_id, socket.account, message)
    socket.write("done", id=message.id, data=None)


async def _mark(socket, message: messages.Mark) -> None:
    await chat.mark(socket.viewer.room_id, socket.account, message)
    socket.write("done", id=message.id, data=None)


async def _typing(socket, message: messages.Typing) -> None:
    await chat.typing(socket.viewer.room_id, socket.account)


async def _emote(socket, message: messages.Emote) -> None:
    await chat.emote(socket.viewer.room_id, socket.account, message.emoji)


async def _ask(socket, message: messages.Ask) -> None:
    await manage.ask(socket.viewer.room_id, socket.account.id)


async def _manage(socket, message: messages.Manage) -> None:
    data = await manage.manage(socket.viewer.room_id, socket.account, message)
    socket.write("done", id=message.id, data=data)


async def _queue(socket, message: messages.Queue) -> None:
    data = await queue.act(socket.viewer.room_id, socket.account, message)
    socket.write("done", id=message.id, data=data)


async def _entries(socket, message: messages.Entries) -> None:
    room = await playback.snapshot(socket.viewer.room_id)
    socket.write("queue", v=room.queue_v, skips=len(room.skips), entries=protocol.rows(room))
    socket.write("voted", entries=[entry.id for entry in room.queue if socket.account.id in entry.votes])


async def _fault(socket, message: messages.Fault) -> None:
    await queue.fault(socket.viewer, message.entry, message.reason)


HANDLERS: dict[type, Callable[[Any, Any], Awaitable[None]]] = {
    messages.Op: _op,
    messages.End: _end,
    messages.Meta: _meta,
    messages.Get: _get,
    messages.Me: _me,
    messages.Rdy: _rdy,
    messages.Ready: _ready,
    messages.Crowd: _crowd,
    messages.Past: _past,
    messages.Say: _say,
    messages.Edit: _edit,
    messages.Del: _del,
    messages.Mark: _mark,
    messages.Typing: _typing,
    messages.Emote: _emote,
    messages.Ask: _ask,
    messages.Manage: _manage,
    messages.Queue: _queue,
    messages.Entries: _entries,
    messages.Fault: _fault,
}

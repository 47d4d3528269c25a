"""Waiting for slow viewers and ready checks, over real sockets and two workers."""


async def stalls(viewer, room, after_ready=True):
    """Let a viewer's film stall; it was in sync before, if it was."""
    if after_ready:
        await viewer.send("rdy", entry=room.entry, v=2, state="ready", s=None)
    await viewer.send("rdy", entry=room.entry, v=2, state="stalled", s=None)


async def test_a_ready_check_starts_when_all_have_said_so(three, room, ids):
    host, guest, third = three
    for viewer in (guest, third):
        await viewer.send("rdy", entry=room.entry, v=1, state="ready", s=None)
        await viewer.echo()
    assert (await host.manage("check"))["type"] == "done"
    await guest.until(2)
    assert (guest.state["hold"]["kind"], set(guest.state["hold"]["users"])) == (
        "ready",
        {ids["guest"], ids["stranger"]},
    )
    await guest.send("ready")
    await third.send("ready")
    await host.until(4)
    assert (host.state["hold"], host.state["playing"]) == (None, True)


async def test_nobody_at_the_door_is_asked_whether_they_are_ready(three, room, ids):
    host, guest, _ = three
    assert (await host.manage("check"))["reason"] == "nobody"
    await guest.send("rdy", entry=room.entry, v=1, state="ready", s=None)
    await guest.echo()
    await host.manage("check")
    await guest.until(2)
    assert guest.state["hold"]["users"] == [ids["guest"]]


async def test_the_room_waits_for_who_stalls_and_goes_on_when_they_are_ready(three, room, ids):
    host, guest, _ = three
    await host.manage("set", field="wait", value="all")
    await host.op("play")
    await guest.until(2)
    await stalls(guest, room)
    await host.until(3)
    assert host.state["hold"] == {"kind": "wait", "users": [ids["guest"]], "until": None}
    await guest.send("rdy", entry=room.entry, v=3, state="ready", s=None)
    await host.until(4)
    assert (host.state["hold"], host.state["playing"]) == (None, True)


async def test_a_join_never_holds_the_group(three, room):
    host, guest, _ = three
    await host.manage("set", field="wait", value="all")
    await host.op("play")
    await guest.until(2)
    await stalls(guest, room, after_ready=False)
    await guest.echo()
    await host.send("get")
    assert (await host.next("st"))["hold"] is None


async def test_who_leaves_is_no_longer_waited_for(three, room):
    host, guest, _ = three
    await host.manage("set", field="wait", value="all")
    await host.op("play")
    await guest.until(2)
    await stalls(guest, room)
    await host.until(3)
    await guest.close()
    await host.until(4)
    assert host.state["hold"] is None


async def test_a_wait_of_some_seconds_ends_by_itself(three, room):
    host, guest, _ = three
    await host.manage("set", field="wait", value="some")
    await host.manage("set", field="seconds", value=1)
    await host.op("play")
    await guest.until(2)
    await stalls(guest, room)
    await host.until(3)
    began = host.state["t"]
    await host.until(4)
    assert host.state["hold"] is None
    assert host.state["t"] >= began + 1000


async def test_going_on_without_them_needs_the_remote(three, room):
    host, guest, third = three
    await host.manage("set", field="wait", value="all")
    await host.manage("set", field="control", value="host")
    await host.op("play")
    await guest.until(2)
    await stalls(guest, room)
    await third.until(3)
    await third.op("go")
    assert (await third.next("nak"))["reason"] == "not-allowed"
    await host.until(3)
    await host.op("go")
    await third.until(4)
    assert third.state["hold"] is None

"""What no log may hold, looked for in the logs of a deployment that people have used."""

import asyncio
import logging

import pytest

from tests.people import Person
from wewatch.logs import Masked


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /join/SECRETKEY/",
        "GET http://x/join/SECRETKEY?a=1",
        'path "/ws/join/SECRETKEY/" failed',
        "/join/SECRETKEY",
        "/shared/SECRETKEY/copy/",
    ],
)
def test_an_invite_key_is_masked_wherever_it_stands(line):
    record = logging.LogRecord("x", logging.WARNING, "x.py", 1, "%s", (line,), None)
    assert "SECRETKEY" not in Masked("{message}", style="{").format(record)


async def test_the_workers_logs_hold_no_secret(live):
    owner, guest = Person(live.url), Person(live.url)
    room = await asyncio.to_thread(owner.add, "https://media.example/canary-film.mp4")
    await asyncio.to_thread(guest.get, "/")
    viewer = await guest.enter(room.guest_socket)
    await viewer.connection.send("canary-frame")
    await viewer.close()
    await asyncio.to_thread(owner.post, f"/watch/{room.id}/delete/")
    assert (await asyncio.to_thread(guest.get, room.join)).status == 404  # which is logged
    assert (await asyncio.to_thread(guest.get, "/nowhere-at-all/")).status == 404
    logs = "".join(path.read_text() for path in live.data_dir.glob("worker-*.log"))
    key = room.join.split("/")[2]
    secrets = [person.jar["wewatch"].split(".")[4].split(":")[0] for person in (owner, guest)]
    assert "/nowhere-at-all/" in logs
    assert not [secret for secret in (key, "canary", *secrets) if secret in logs]

"""Fills a store with many users as they are after some weeks: devices, rooms, chats, playlists, saved videos."""

import asyncio
import os
import secrets

import django

AT_ONCE = 16  # users made at a time
MESSAGES, VIDEOS, SAVED = 10, 30, 10  # of each user: in the chat, in the playlist, on the shelf


def give(users: int) -> None:
    """Make so many users: each with a device, a room, a chat, a shared playlist, and a shelf."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wewatch.settings")
    django.setup()
    asyncio.run(fill(users))


async def fill(users: int) -> None:
    """The same in this process and event loop."""
    for start in range(0, users, AT_ONCE):
        await asyncio.gather(*(_household(number) for number in range(start, min(start + AT_ONCE, users))))


async def _household(number: int) -> None:
    from django.conf import settings

    from accounts import identity, store
    from rooms.domain.chat import Message
    from rooms.services import library, playlists, rooms
    from rooms.store import chat

    profile = await store.create(f"Person {number}", "blue")
    user, name = profile.id, secrets.token_hex(16)
    family, _ = identity.first(user, name, secrets.token_hex(16), settings.SECRET_KEY)
    await store.add_family(family)
    await store.keep(user, name)
    videos = [library.video_of(f"https://media.example/{number}/{n}.mp4", f"Film {n}", 3000.0) for n in range(VIDEOS)]
    room = await rooms.start(user, [library.playable(video.link, video.title) for video in videos[:5]])
    for n in range(MESSAGES):
        said = Message(0, secrets.token_urlsafe(9), user, profile.name, "blue", 0.0, n * 60.0, f"That was scene {n}")
        await chat.say(room.id, said, 0)
    playlist = await playlists.create(user, "For the evening", "", videos)
    await playlists.share(user, playlist.id)
    for video in videos[:SAVED]:
        await library.save(user, "liked", video)

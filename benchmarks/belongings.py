"""Gives somebody much to own, straight in the store: what people gather in years is there in seconds."""

import asyncio
import os

import django

WORDS = ("long", "night", "sea", "Amélie", "garden", "train", "winter", "فيلم", "letters", "home")
ROOMS, PLAYLISTS, VIDEOS = 500, 100, 500
AT_ONCE = 50  # writes under way at a time


def give(user: int, many: int) -> None:
    """Give a user `many` videos on each shelf and rows of the history, 500 rooms, 100 playlists of 500 videos."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wewatch.settings")
    django.setup()
    asyncio.run(_give(user, many))


async def _give(user: int, many: int) -> None:
    from rooms.domain.library import Seen
    from rooms.services import library, playlists, rooms

    videos = [
        library.video_of(f"https://media.example/{n}.mp4", _title(n), 3000.0 + n) for n in range(max(many, VIDEOS))
    ]
    queue = [library.playable(video.link, video.title) for video in videos[:VIDEOS]]
    made = [await rooms.start(user, queue) for _ in range(ROOMS)]
    for shelf in ("liked", "later"):
        await _each(lambda video, shelf=shelf: library.save(user, shelf, video), videos[:many])

    def seen(n: int):
        room, video = made[n % ROOMS], videos[n]
        people = {user: "Me", -1: "Ben", -2: "Cleo"}
        return Seen(room.id, f"e{n}", video.source, video.ref, video.title, video.duration, 900.0, people, 5)

    await _each(lambda n: library.watched([user], seen(n)), range(many))
    for number in range(PLAYLISTS):
        await playlists.create(user, f"{_title(number)}", "About it", videos[:VIDEOS])


def _title(number: int) -> str:
    return f"Film {number}: the {WORDS[number % 10]} and the {WORDS[number // 10 % 10]}"


async def _each(do, things) -> None:
    things = list(things)
    for start in range(0, len(things), AT_ONCE):
        await asyncio.gather(*map(do, things[start : start + AT_ONCE]))

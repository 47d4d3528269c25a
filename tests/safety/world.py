"""A user with all that one can have, made by the services and so old that nothing of it is still in the making."""

import secrets
from dataclasses import dataclass

from django.conf import settings

from accounts import identity
from accounts import store as accounts
from rooms.domain.chat import Message
from rooms.services import library, playlists, rooms
from rooms.store import chat, keys
from wewatch.redis import client

MINUTES = 120_000  # ms that a room is older than it is


@dataclass(frozen=True)
class Household:
    """The keys of a user's things."""

    user: int
    family: str
    room: int
    invite: str
    playlist: str
    share: str


async def household() -> Household:
    """A user with a device, a room with a chat, a shared playlist, and a saved video."""
    user = (await accounts.create("Ann", "blue")).id
    name = secrets.token_hex(16)
    family, _ = identity.first(user, name, secrets.token_hex(16), settings.SECRET_KEY)
    await accounts.add_family(family)
    await accounts.keep(user, name)
    film = library.video_of("https://media.example/film.mp4", "A film", 100.0)
    room = await rooms.start(user, [library.playable(film.link, film.title)])
    await age(keys.room(room.id), "created", MINUTES)
    await chat.say(room.id, Message(0, "m1", user, "Ann", "blue", 0.0, None, "Hello"), 0)
    playlist = await playlists.create(user, "Evening", "", [film])
    shared = await playlists.share(user, playlist.id)
    await library.save(user, "liked", film)
    return Household(user, name, room.id, room.invite.hash, playlist.id, shared.share.hash)


async def age(key: str, field: str, ms: float) -> None:
    """Make a record older."""
    await client().hincrbyfloat(key, field, -ms)

"""The schema numbers of all records: what this program writes, and the newest that it reads."""

from redis.exceptions import RedisError

from accounts import store as accounts
from rooms.store import codec, playlists
from wewatch.preflight import Trouble
from wewatch.redis import client

KEY = "ww:schema"  # where a store tells which schemas its records may have
SCHEMAS = {"account": accounts.SCHEMA, "room": codec.SCHEMA, "playlist": playlists.SCHEMA}


async def check(known: dict[str, int] = SCHEMAS) -> None:
    """Refuse a store in which a newer We Watch has written; note in it which schemas are written from now on."""
    try:
        found = {name: int(number) for name, number in (await client().hgetall(KEY)).items()}
        if told := newer(found, known):
            raise Trouble(f"a newer We Watch has written into the store ({told}). Update this one.")
        if found != known:
            await client().hset(KEY, mapping=known)
    except RedisError as error:
        raise Trouble(f"the store cannot be written ({error}). Give it space.") from error


def newer(found: dict[str, int], known: dict[str, int] = SCHEMAS) -> str:
    """Which schemas are newer than those that are known, in words; '' for none."""
    beyond = [name for name, number in found.items() if number > known.get(name, 0)]
    return ", ".join(f"{name} has schema {found[name]}, known is {known.get(name, 0)}" for name in beyond)

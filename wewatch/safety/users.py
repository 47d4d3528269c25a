"""What can be wrong with users, their devices, lists, playlists and shares."""

from redis.asyncio import Redis

from accounts import store as accounts
from rooms.store import keys, playlists
from wewatch.safety.asking import ask, now
from wewatch.safety.faults import Fault

INDEXES = (accounts.INDEX, accounts.SEEN)
SHELVES = ("liked", "later", "history")


async def profiles(redis: Redis, users: list[int], at: float) -> list[Fault]:
    """Each can be read; who is kept for good stands in the indexes."""
    found = await ask(redis, (("HGETALL", accounts.profile_key(user)) for user in users))
    lasting = await ask(redis, (("TTL", accounts.profile_key(user)) for user in users))
    listed = await ask(redis, (("ZSCORE", index, user) for user in users for index in INDEXES))
    faults, pairs = [], zip(listed[::2], listed[1::2], strict=True)
    for user, fields, ttl, scores in zip(users, found, lasting, pairs, strict=True):
        if not fields:
            continue  # it ended just now
        if why := _unreadable(lambda fields=fields, user=user: accounts.load_profile(user, fields)):
            faults.append(Fault(f"User {user} cannot be read: {why}"))
        elif ttl == -1 and None in scores:
            add = (("ZADD", index, "NX", fields.get("created", at), user) for index in INDEXES)
            faults.append(Fault(f"User {user} is missing in an index.", tuple(add)))
    return faults


async def devices(redis: Redis, devices: list[tuple[int, str]]) -> list[Fault]:
    """Each family can be read."""
    found = await ask(redis, (("HGETALL", accounts.family_key(user, name)) for user, name in devices))
    return [
        Fault(f"A device of user {user} cannot be read: {why}")
        for (user, name), fields in zip(devices, found, strict=True)
        if fields and (why := _unreadable(lambda u=user, n=name, f=fields: accounts.load_family(u, n, f)))
    ]


async def belongings(redis: Redis, owned: list[tuple[int, str]]) -> list[Fault]:
    """Nothing is left of users who are gone; lists name what is there; playlists and their links agree."""
    there = await ask(redis, (("EXISTS", keys.profile(user)) for user, _ in owned))
    pairs = list(zip(owned, there, strict=True))
    lost = [
        Fault(f"{name} of user {user} is left, who is gone.", (("UNLINK", f"ww:{{u:{user}}}:{name}"),))
        for (user, name), exists in pairs
        if not exists
    ]
    kept = [one for one, exists in pairs if exists]
    names = [(user, name.removeprefix("playlist:")) for user, name in kept if name.startswith("playlist:")]
    return [
        *lost,
        *await _rooms([user for user, name in kept if name == "rooms"], redis),
        *await _lists([user for user, name in kept if name == "playlists"], redis),
        *await _playlists(names, redis),
        *await _shelves([one for one in kept if one[1] in SHELVES], redis),
    ]


async def _rooms(users: list[int], redis: Redis) -> list[Fault]:
    """A list of rooms names the user's own that are there."""
    lists = await ask(redis, (("ZRANGE", keys.rooms_of(user), 0, -1) for user in users))
    rows = [(user, int(room)) for user, rooms in zip(users, lists, strict=True) for room in rooms]
    owners = await ask(redis, (("HGET", keys.room(room), "owner") for _, room in rows))
    return [
        Fault(f"The list of user {user} names room {room}, which is gone.", (("ZREM", keys.rooms_of(user), room),))
        for (user, room), owner in zip(rows, owners, strict=True)
        if owner != str(user)
    ]


async def _lists(users: list[int], redis: Redis) -> list[Fault]:
    """A list of playlists names those that are there."""
    lists = await ask(redis, (("ZRANGE", keys.playlists(user), 0, -1) for user in users))
    rows = [(user, one) for user, names in zip(users, lists, strict=True) for one in names]
    there = await ask(redis, (("HGET", keys.playlist(*row), "deleted") for row in rows))
    return [
        Fault(f"The list of user {user} names playlist {one}, which is gone.", (("ZREM", keys.playlists(user), one),))
        for (user, one), deleted in zip(rows, there, strict=True)
        if deleted != "0"
    ]


async def _playlists(names: list[tuple[int, str]], redis: Redis) -> list[Fault]:
    """Each can be read; one that is kept stands in its owner's list, and the key it is shared by opens it."""
    found = await ask(redis, (("HGETALL", keys.playlist(*one)) for one in names))
    lasting = await ask(redis, (("TTL", keys.playlist(*one)) for one in names))
    listed = await ask(redis, (("ZSCORE", keys.playlists(user), one) for user, one in names))
    at, faults, shared = await now(redis), [], []
    for (user, one), fields, ttl, score in zip(names, found, lasting, listed, strict=True):
        if not fields or fields.get("deleted") == "1":
            continue
        if why := _unreadable(lambda one=one, fields=fields: playlists.load_fields(one, fields)):
            faults.append(Fault(f"Playlist {one} of user {user} cannot be read: {why}"))
            continue
        if ttl == -1 and score is None:
            add = ("ZADD", keys.playlists(user), "NX", at, one)
            faults.append(Fault(f"Playlist {one} is missing in the list of user {user}.", (add,)))
        if fields["share"]:
            shared.append((keys.share(fields["share"].split()[0]), f"{user}:{one}"))
    leads = await ask(redis, (("GET", key) for key, _ in shared))
    return faults + [
        Fault(f"The link of playlist {one.partition(':')[2]} leads nowhere.", (("SET", key, one),))
        for (key, one), to in zip(shared, leads, strict=True)
        if to != one
    ]


async def _shelves(owned: list[tuple[int, str]], redis: Redis) -> list[Fault]:
    """The three parts of a shelf hold the same rows."""
    commands = [
        (command, key)
        for user, name in owned
        for command, key in zip(("ZCARD", "HLEN", "ZCARD"), keys.shelf(user, name), strict=True)
    ]
    sizes = await ask(redis, commands)
    return [
        Fault(f"The {name} shelf of user {user} has {rows} rows, {items} videos and {titles} titles.")
        for (user, name), rows, items, titles in zip(owned, sizes[::3], sizes[1::3], sizes[2::3], strict=True)
        if len({rows, items, titles}) > 1
    ]


async def shares(redis: Redis, hashes: list[str]) -> list[Fault]:
    """A shared link leads to a playlist that is shared by it."""
    leads = await ask(redis, (("GET", keys.share(one)) for one in hashes))
    rows = [(one, *lead.partition(":")[::2]) for one, lead in zip(hashes, leads, strict=True) if lead]
    found = await ask(redis, (("HMGET", keys.playlist(user, name), "share", "deleted") for _, user, name in rows))
    return [
        Fault(
            f"A link leads to playlist {name} of user {user}, which is not shared by it.", (("DEL", keys.share(one)),)
        )
        for (one, user, name), (share, deleted) in zip(rows, found, strict=True)
        if deleted != "0" or not share or share.split()[0] != one
    ]


async def index(redis: Redis, key: str, users: list[int]) -> list[Fault]:
    """Who stands in an index is there."""
    there = await ask(redis, (("EXISTS", accounts.profile_key(user)) for user in users))
    return [
        Fault(f"The index names user {user}, who is gone.", (("ZREM", key, user),))
        for user, exists in zip(users, there, strict=True)
        if not exists
    ]


def _unreadable(load) -> str:
    """Why a record cannot be read; '' where it can."""
    try:
        load()
    except Exception as error:  # whatever stands in it: a damaged record must not hide those after it
        return f"{type(error).__name__}: {error}"
    return ""

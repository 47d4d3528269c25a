"""The staff for tests: members with one permission each, logged in by sessions made beforehand."""

import asyncio
import json

import pytest
from redis import Redis

from tests.people import Person
from wewatch import embedded

LOOK = ["rooms.view_room", "accounts.view_user"]
ACTS = {
    "rooms": {
        "close": "close_room",
        "reopen": "close_room",
        "stop": "stop_playback",
        "kick": "kick_viewer",
        "ban": "ban_viewer",
        "lift": "ban_viewer",
        "delete": "delete_room",
    },
    "accounts": {
        "end-device": "end_devices",
        "end-devices": "end_devices",
        "export": "export_user",
        "delete": "delete_user",
    },
}
WORDS = sorted({f"{app}.{word}" for app, acts in ACTS.items() for word in acts.values()})
# who: (is staff, is superuser, permissions)
STAFF = {
    "customer": (False, False, LOOK + WORDS),
    "plain": (True, False, []),
    "viewer": (True, False, LOOK),
    "blind": (True, False, WORDS),
    "root": (True, True, []),
    **{word: (True, False, [*LOOK, word]) for word in WORDS},
}
MAKE = """
import django; django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.backends.cache import SessionStore
for name, (is_staff, is_superuser, words) in {staff!r}.items():
    user = User.objects.create(username=name, is_staff=is_staff, is_superuser=is_superuser, password='!')
    for word in words:
        app, _, codename = word.partition('.')
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = 'django.contrib.auth.backends.ModelBackend'
    session._session_key = f'session-of-{{name}}'
    session.save(must_create=True)
"""


@pytest.fixture(scope="session")
def staff(live):
    """Call it with a name of `STAFF`, or None for nobody: a browser of theirs."""
    live.run_python(MAKE.format(staff=STAFF))

    def browser(name: str | None) -> Person:
        return Person(live.url, jar={"sessionid": f"session-of-{name}"} if name else {})

    return browser


@pytest.fixture(scope="session")
def redis(live):
    """The deployment's store, to look at."""
    with Redis(unix_socket_path=str(embedded.socket_path(live.data_dir)), decode_responses=True) as client:
        yield client


@pytest.fixture
async def owner(live):
    person = Person(live.url)
    yield person
    await person.go()


@pytest.fixture
async def guest(live):
    person = Person(live.url)
    await asyncio.to_thread(person.get, "/")
    yield person
    await person.go()


def user_of(person: Person) -> int:
    """The user id in somebody's cookie."""
    return int(person.jar["wewatch"].split(".")[1])


def kept(redis: Redis, prefix: str) -> str:
    """All that stands under keys of a room or user, but for what time alone changes."""
    found = {}
    for key in sorted(redis.scan_iter(f"ww:{{{prefix}}}:*")):
        if not key.endswith((":presence", ":families")) and ":family:" not in key:
            found[key] = redis.dump(key).hex() if redis.type(key) != "hash" else redis.hgetall(key)
    return json.dumps(found, sort_keys=True)

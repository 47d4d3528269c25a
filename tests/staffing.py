"""The staff for tests and benchmarks: who there is, with which permissions, and sessions of theirs made beforehand."""

import json

from redis import Redis

from tests.people import Person

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


def user_of(person: Person) -> int:
    """The user id in somebody's cookie."""
    return int(person.jar["wewatch"].split(".")[1])


def kept(redis: Redis, prefix: str) -> str:
    """All that stands under keys of a room or user, but for what time alone changes."""
    found = {}
    for key in sorted(redis.scan_iter(f"ww:{{{prefix}}}:*")):
        if not key.endswith((":presence", ":states", ":families")) and ":family:" not in key:
            found[key] = redis.dump(key).hex() if redis.type(key) != "hash" else redis.hgetall(key)
    return json.dumps(found, sort_keys=True)

"""A stand-in for YouTube with a few films, where the settings lead to it."""

import pytest

from rooms.youtube import fetch
from tests.youtube_answers import Film
from tests.youtube_host import KEY, Host

ROLL, BUNNY, HIDDEN = "dQw4w9WgXcQ", "aqz-KE-bpKQ", "hidden_0000"
LIST = "PLFgquLnL59alCl_2TQvOiD5Vgm1hCaGSI"


@pytest.fixture
async def youtube(store, settings, monkeypatch):
    """The stand-in over an empty cache, without a key at first."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    await fetch.close()
    films = {
        ROLL: Film("Never Gonna Give You Up", "Rick Astley", "PT3M33S"),
        BUNNY: Film("Big Buck Bunny", "Blender", "PT10M35S"),
        HIDDEN: Film("Private video", privacy="private"),
    }
    with Host(films=films, lists={LIST: [BUNNY, HIDDEN, "deleted_000", ROLL]}) as host:
        settings.YOUTUBE_URL, settings.YOUTUBE_API_URL, settings.YOUTUBE_API_KEY = host.url, host.api_url, ""
        yield host
        await fetch.close()


@pytest.fixture
def key(youtube, settings):
    """The site has a key."""
    settings.YOUTUBE_API_KEY = KEY


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits long for what never comes."""
    monkeypatch.setattr(fetch, "PATIENCE", 0.2)

"""What browser tests share: a deployment with two workers, films, one Chromium, and people with a window each."""

import os
import shutil
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from tests.browser.window import Window, gathered
from tests.media import Films

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
FLAGS += ["--autoplay-policy=document-user-activation-required"]  # as for a person who never was here
# Each window of a desktop's Chromium would start a process or two for menus that nobody here sees. The last such flag
# counts, so what Playwright switches off stands here again.
OFF = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "PaintHolding",
]
OFF += ["HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "MediaRouter", "OptimizationHints", "LensOverlay"]
OFF += ["NetworkTimeServiceQuerying", "PreconnectToSearch", "ThirdPartyStoragePartitioning"]
OFF += ["AvoidCorsURLLoaderRestartOnRedirect", "DestroyProfileOnBrowserClose"]
FLAGS += [f"--disable-features={','.join(OFF)}"]
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 15_000  # ms that a test waits for what must come
LENGTH = 120  # seconds of the film that two or three watch
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
YOUTUBE = "https://www.youtube.com/**"
STANDIN = (Path(__file__).parent / "youtube_standin.js").read_text()

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def films():
    with Films() as host:
        yield host


@pytest_asyncio.fixture(scope="session")
async def chromium():
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
def youtube():
    """Lets everybody's window meet the stand-in of YouTube's player."""


@pytest_asyncio.fixture
async def somebody(request, chromium, live):
    """Call it for a new person: a browser context of their own, with one window."""
    contexts = []
    has_youtube = "youtube" in request.fixturenames  # not for all: every request of a page would wait for its route

    async def enter(**options) -> Window:
        context = await chromium.new_context(
            base_url=live.url, **{"viewport": {"width": 1280, "height": 800}, **options}
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if has_youtube:
            await context.route(YOUTUBE, lambda route: route.fulfill(body=STANDIN, content_type="text/javascript"))
        return Window(await context.new_page())

    yield enter
    complaints = []
    for context in contexts:
        for page in context.pages:
            complaints += getattr(page, "complaints", [])
        await context.close()
    assert not complaints


@pytest_asyncio.fixture
async def owner(somebody):
    return await somebody()


@pytest_asyncio.fixture
async def guest(somebody):
    return await somebody()


@pytest_asyncio.fixture
async def two(live, films, owner, guest):
    """Ada, the host, on the first worker, and Ben, a guest, on the second; a film of two minutes rests at 0."""
    return await gathered(live, films.url(LENGTH), Ada=owner, Ben=guest)


@pytest_asyncio.fixture
async def three(live, films, owner, guest, somebody):
    """The two, and Cleo on a phone."""
    return await gathered(live, films.url(LENGTH), Ada=owner, Ben=guest, Cleo=await somebody(**PHONE))


@pytest.fixture(scope="session")
def axe():
    """Call it with a window: the rules of WCAG 2.2 AA that the page breaks, with where."""
    script = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()

    async def broken(window) -> list[tuple[str, list[str]]]:
        await window.page.evaluate(script)
        found = await window.page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        return [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found["violations"]]

    return broken

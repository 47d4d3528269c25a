"""Browsers that watch: each a Chromium process of its own whose film is read 20 times a second from outside the app."""

import os
import shutil
import time
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, Playwright

from benchmarks.drift import Sample

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # ms
SKEW_SAMPLES = 60
LOG = """(() => {
  const now = () => performance.timeOrigin + performance.now();
  const log = (window.benchmark = { samples: [], acts: [], frame: null });
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (data.includes('"type":"op"')) log.acts.push(now());
    return send.call(this, data);
  };
  let followed = null;
  const follow = (video) => video.requestVideoFrameCallback((_, frame) => {
    log.frame = frame.mediaTime;
    follow(video);
  });
  setInterval(() => {
    const video = document.querySelector('media-controller video, body > video');
    if (!video) return;
    if (video !== followed) follow((followed = video));
    const { currentTime, paused, seeking, readyState, playbackRate } = video;
    log.samples.push([now(), currentTime, paused, seeking, readyState, playbackRate]);
  }, 50);
})()"""


class Watcher:
    """One page in one browser; times are ms of the wall clock as the page's process sees it."""

    def __init__(self, name: str, page: Page) -> None:
        self.name, self.page = name, page
        self.samples: list[Sample] = []

    async def read(self) -> None:
        """Fetch the samples that were taken since the last reading."""
        rows = await self.page.evaluate("benchmark.samples.splice(0)")
        self.samples += [Sample(*row) for row in rows]

    async def press(self, name: str) -> float:
        """Press a button that acts for all; returns when the op left."""
        before = await self._acts()
        await self.page.get_by_role("button", name=name, exact=True).click()
        await self.page.wait_for_function("n => benchmark.acts.length > n", arg=len(before))
        return (await self._acts())[-1]

    async def _acts(self) -> list[float]:
        return await self.page.evaluate("benchmark.acts")

    async def frame(self) -> float:
        """The position in the film of the frame on the screen, in seconds."""
        return await self.page.evaluate("benchmark.frame")

    async def skew(self) -> float:
        """How far the page's clock is ahead of ours in ms, by the quickest of many answers."""
        found = []
        for _ in range(SKEW_SAMPLES):
            asked = time.time() * 1000
            said = await self.page.evaluate("performance.timeOrigin + performance.now()")
            heard = time.time() * 1000
            found.append((heard - asked, said - (asked + heard) / 2))
        return min(found)[1]


@asynccontextmanager
async def chromium(playwright: Playwright):
    """A new Chromium process with a new profile: the one of CHROMIUM, or on PATH."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not program:
        raise SystemExit("There is no Chromium on PATH: install it, or say where it is with CHROMIUM=")
    browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
    try:
        yield browser
    finally:
        await browser.close()


async def watch(browser: Browser, name: str, url: str) -> Watcher:
    """Open a page; it is read from its first moment on."""
    page = await browser.new_page()
    page.set_default_timeout(PATIENCE)
    await page.add_init_script(LOG)
    await page.goto(url)
    return Watcher(name, page)

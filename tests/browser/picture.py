"""Takes the README's picture of the room page: `python -m tests.browser.picture` writes docs/room.jpg."""

import asyncio
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import imageio_ffmpeg
from playwright.async_api import async_playwright

from tests import media
from tests.browser.conftest import FLAGS, NAMES
from tests.browser.window import Window
from tests.live import ROOT, Live

PEOPLE = (("Ada", "Teal"), ("Ben", "Amber"), ("Chloé", "Orchid"))
TALK = (
    (0, "There you are! Everybody ready?"),
    (1, "Popcorn is ready"),
    (2, "Look at 0:12, that light over the water"),
    (1, "@Ada pause for a second, please"),
)
LENGTH = 30  # seconds
SUNSET = "gradients=s=1280x720:d=30:n=4:c0=0x141233:c1=0x5b2a6e:c2=0xd9486e:c3=0xf5a04c:x0=640:y0=0:x1=640:y1=720:speed=0.00001"


def sunset(seconds: int) -> bytes:
    """A film that is nicer to look at than a test picture."""
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.webm"
        encode = ["-pix_fmt", "yuv420p", "-c:v", "libvpx", "-b:v", "900k", "-deadline", "realtime", "-cpu-used", "8"]
        ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"]
        subprocess.run([*ffmpeg, "-f", "lavfi", "-i", SUNSET, "-t", str(seconds), *encode, str(film)], check=True)
        return film.read_bytes()


async def named(window: Window, name: str, color: str) -> None:
    """Give a person a name and a colour in the dialog."""
    await window.page.get_by_role("button", name="change your name or colour").click()
    await window.page.get_by_label("Name", exact=True).fill(name)
    await window.page.get_by_label(color, exact=True).check(force=True)
    await window.button("Save").click()
    await window.page.get_by_role("dialog", name="Your name and colour").wait_for(state="hidden")


async def take(live: Live, films: media.Films) -> None:
    """Three people watch; the picture is the first one's window."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        windows = []
        for name, color in PEOPLE:
            context = await browser.new_context(base_url=live.url, viewport={"width": 1280, "height": 660})
            window = Window(await context.new_page())
            windows.append(window)
            if len(windows) == 1:
                await window.open(films.url(LENGTH, "Evening_by_the_sea"))
            else:
                await window.join(await windows[0].invite())
            await named(window, name, color)
        for number, text in TALK:
            await windows[number].say(text)
        await windows[0].button("Play").click()
        await windows[0].plays(after=2)
        await windows[1].button("Pause").click()
        await windows[0].rests()
        await windows[0].page.get_by_role("log", name="Chat").get_by_text("paused").wait_for()
        await windows[0].page.screenshot(path=ROOT / "docs" / "room.jpg", type="jpeg", quality=85)
        await browser.close()


def main() -> None:
    """Start a deployment, take the picture, stop."""
    media.clip = sunset
    with tempfile.TemporaryDirectory() as folder, Live(Path(folder)) as live, media.Films() as films:
        asyncio.run(take(live, films))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wewatch.settings")
    main()

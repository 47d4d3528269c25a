"""How far apart two browsers are that watch together: two Chromium processes, two workers, a real film.

`python -m benchmarks.sync`, or with a bad line `--delay 75 --jitter 50`, `--asymmetric`; `--help` tells more.
"""

import argparse
import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import async_playwright

from benchmarks import scenes
from benchmarks.drift import slope
from benchmarks.report import Row, save, show
from benchmarks.watchers import Watcher, chromium, watch
from tests.live import Live
from tests.media import Films
from tests.proxy import HOST, Proxy, Way

SKEW = 1.0  # ms by which the clocks of two browsers may differ
SLOPE = 0.01  # by which a film may run faster or slower than a second a second
SLOPE_SPAN = 5.0  # seconds


def main() -> int:
    """Run the benchmark; 1 where a bar was missed."""
    options = _options()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        film = stack.enter_context(Films()).url(options.film)
        live = stack.enter_context(Live(Path(folder), workers=2, MAX_SOCKETS_PER_ADDRESS=1000))
        rows = asyncio.run(_measure(options, live, film))
    show(f"drift of two browsers, {_line(options)}", rows)
    if options.json:
        save(options.json, {name: value for name, value in vars(options).items() if name != "json"}, rows)
    return int(any(row.bar is not None and not row.value <= row.bar for row in rows))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=6, help="after which the film is left alone")
    parser.add_argument("--steady", type=float, default=15, help="seconds that it is left alone")
    parser.add_argument("--rounds", type=int, default=10, help="of pause and play, and of seeks")
    parser.add_argument("--joins", type=int, default=3)
    parser.add_argument("--film", type=int, default=600, help="seconds")
    parser.add_argument("--delay", type=float, default=0, help="ms each way, of every WebSocket")
    parser.add_argument("--jitter", type=float, default=0, help="ms more each way, at random")
    parser.add_argument("--asymmetric", action="store_true", help="the guest has 150 ms up and 50 ms down")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _line(options: argparse.Namespace) -> str:
    if options.asymmetric:
        return "the guest's line 150 ms up, 50 ms down"
    return f"{options.delay:g} to {options.delay + options.jitter:g} ms each way"


def _expected(options: argparse.Namespace) -> tuple[tuple, tuple]:
    """The bars and the targets of a steady film: a bad line has targets of its own, and no bars."""
    if options.asymmetric:
        return (), (65, 100, 130)
    if options.delay or options.jitter:
        return (), (20, 60, 90)
    return (None, 40), (10, 40, 60)


async def _measure(options: argparse.Namespace, live: Live, film: str) -> list[Row]:
    way = Way(options.delay, options.jitter)
    ways = [(way, way), (Way(150), Way(50)) if options.asymmetric else (way, way)]
    async with AsyncExitStack() as stack:
        proxies = [Proxy([worker.port], up, down) for worker, (up, down) in zip(live.workers, ways, strict=True)]
        for proxy in proxies:
            proxy.start()
            stack.callback(proxy.stop)
        urls = [f"http://{HOST}:{proxy.port}" for proxy in proxies]
        playwright = await stack.enter_async_context(async_playwright())
        browsers = [await stack.enter_async_context(chromium(playwright)) for _ in urls]
        slopes = await asyncio.gather(*(_slope(browser, film) for browser in browsers))
        if any(abs(found - 1) > SLOPE for found in slopes):
            raise SystemExit(f"This machine does not play at the right speed ({slopes}): nothing was measured.")
        owner = await _make_room(browsers[0], urls[0], film)
        invite = urlsplit(await owner.page.get_by_label("Invite link", exact=True).input_value()).path
        guest = await _arrive("guest", browsers[1], urls[1] + invite, owner)
        await guest.page.get_by_role("button", name="Join", exact=True).click()

        async def arrive() -> Watcher:
            browser = await stack.enter_async_context(chromium(playwright))
            return await _arrive("late", browser, urls[1] + invite, owner)

        both = [owner, guest]
        return [
            *await scenes.steady(both, options.starts, options.steady, *_expected(options)),
            *await scenes.pause_and_play(both, options.rounds),
            *await scenes.seek(both, options.rounds),
            *await scenes.late_join(owner, arrive, options.joins),
            Row("clocks of the browsers apart", abs(await guest.skew() - await owner.skew()), "ms", SKEW),
        ]


async def _slope(browser, url: str) -> float:
    """How fast a film runs without the app: the browser's own page around it plays at once."""
    plain = await watch(browser, "plain", url)
    await asyncio.sleep(SLOPE_SPAN)
    await plain.read()
    await plain.page.close()
    return slope([sample for sample in plain.samples if sample.pos > 1])


async def _make_room(browser, url: str, link: str) -> Watcher:
    owner = await watch(browser, "owner", url)
    await owner.page.get_by_label("Paste a link to a video", exact=True).fill(link)
    await owner.page.get_by_role("button", name="Start watching", exact=True).click()
    await owner.page.wait_for_url("**/watch/*/")
    return owner


async def _arrive(name: str, browser, url: str, owner: Watcher) -> Watcher:
    """Open the invite; the two pages must agree on the time, or nothing that is measured means anything."""
    watcher = await watch(browser, name, url)
    apart = abs(await watcher.skew() - await owner.skew())
    if apart > SKEW:
        raise SystemExit(f"The clocks of two browsers are {apart:.1f} ms apart: nothing was measured.")
    return watcher


if __name__ == "__main__":
    sys.exit(main())

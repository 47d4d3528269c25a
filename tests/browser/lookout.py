"""Windows in which nothing goes unseen that is no part of the page, and nothing that breaks it."""

from pathlib import Path

from tests.browser.window import Window

LOOKOUT = Path(__file__).with_suffix(".js").read_text()
TALLEST = 30 * 21 + 90  # px: thirty lines of a message, with its name and what it answers
LAYOUT = """() => {
  const log = document.getElementById('chat-log');
  const heights = [...document.querySelectorAll('#chat-list > *')].map((row) => row.getBoundingClientRect().height);
  const spills = [document.documentElement.scrollWidth - innerWidth, log.scrollWidth - log.clientWidth];
  return {spills: Math.max(...spills), tallest: Math.max(0, ...heights)};
}"""
SAME = "([where, texts]) => JSON.stringify([...document.querySelectorAll(where)].map((one) => one.textContent).sort()) "
SAME += "=== JSON.stringify([...texts].sort())"


async def guarded(window: Window) -> Window:
    """The window, from its next page on on the lookout; a dialog of a script is a complaint."""

    async def shut(dialog) -> None:
        window.page.complaints.append(dialog.message)
        await dialog.dismiss()

    await window.page.add_init_script(LOOKOUT)
    window.page.on("dialog", shut)
    return window


async def foreign(*windows: Window) -> list[str]:
    """What is, or ever was, in these pages and no part of them."""
    return [found for window in windows for found in await window.page.evaluate("window.foreign()")]


async def whole(*windows: Window) -> None:
    """Nothing sticks out of a window, and no message is a tower."""
    for window in windows:
        layout = await window.page.evaluate(LAYOUT)
        assert layout["spills"] <= 0
        assert layout["tallest"] <= TALLEST


async def shown(window: Window, where: str, texts: list[str]) -> None:
    """Wait until elements have these texts, in any order."""
    await window.page.wait_for_function(SAME, arg=[where, texts])

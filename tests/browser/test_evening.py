"""A whole evening: a playlist becomes a room, two watch it to the end of the third film, and keep it."""

from playwright.async_api import expect

SHORT = 6  # seconds of a film


async def build(window, name: str, lines: list[str]) -> None:
    """Make a playlist by pasting; ends on its page."""
    await window.page.goto("/playlists/")
    await window.page.get_by_label("New playlist").fill(name)
    await window.button("Create").click()
    await window.page.get_by_label("Links, one on each line").fill("\n".join(lines))
    await window.button("Add to the playlist").click()
    await expect(window.page.get_by_text("video", exact=False).first).to_be_visible()


async def watch_on(window, title: str) -> None:
    """Wait until the film of this title runs."""
    await expect(window.page.get_by_role("heading", name=title)).to_be_visible()
    await window.plays(after=0.5)


def advances(window) -> list[int]:
    """The versions at which the room went on by itself, as this window heard of them."""
    return sorted(
        {one["v"] for one in window.received if one["type"] == "st" and (one["by"] or {}).get("kind") == "next"}
    )


async def test_two_watch_a_playlist_through_a_reload_and_the_death_of_a_worker(live, films, owner, guest, tmp_path):
    names = ("First", "Second", "Third", "Fourth")
    first, *others = [films.url(SHORT, name) for name in names]
    await owner.be("Ada")
    await guest.be("Ben")
    live.prefer(0)
    await build(owner, "Our evening", [first, "hello", *others])
    await expect(owner.page.get_by_role("list", name="Lines that were not added")).to_contain_text("hello")
    await expect(owner.page.locator("#items .item-title")).to_have_text(list(names))
    await owner.button("Start a room").click()
    await owner.page.wait_for_url("**/watch/**")
    await owner.in_sync()
    live.prefer(1)
    await guest.join(await owner.invite())
    await owner.button("Play").click()
    await watch_on(guest, "Second")
    await owner.page.reload()
    await watch_on(owner, "Second")
    live.kill_worker(0)
    try:
        for window in (owner, guest):
            await watch_on(window, "Third")
        await expect(guest.page.get_by_role("heading", name="Fourth")).to_be_visible()
        await guest.button("Stop").click()
        await owner.rests(near=0)
        assert len(advances(guest)) == len(names) - 1
    finally:
        live.restart_worker(0)
    await owner.tab("Queue")
    await owner.titles(*names)
    await owner.button("More for the queue").click()
    await owner.page.get_by_role("menuitem", name="Save as a playlist").click()
    await owner.page.get_by_label("Name of the playlist").fill("Kept")
    await owner.button("Save").click()
    await owner.sees("Saved as the playlist")
    await owner.page.goto("/playlists/")
    await owner.page.get_by_role("link", name="Kept").click()
    async with owner.page.expect_download() as download:
        await owner.page.get_by_role("link", name="M3U8").click()
    file = tmp_path / "kept.m3u8"
    await (await download.value).save_as(file)
    await owner.page.goto("/playlists/")
    await owner.page.get_by_text("With links or an exported file").click()
    await owner.page.get_by_label("or a file").set_input_files(file)
    await owner.button("Create").click()
    await owner.page.wait_for_url("**/playlist/**")
    await expect(owner.page.locator("#items .item-title")).to_have_text(list(names))

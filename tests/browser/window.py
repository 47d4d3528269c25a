"""A person's window: what people do and see, in the words of the page."""

import json
import re
import time

from playwright.async_api import APIResponse, Page, expect

from tests.browser.film import SHOWN, Film

FRAME = 0.04  # seconds: one frame of the test films

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
STORY = "all => all.map((one) => [one.dataset.n, one.querySelector('.message-text').textContent])"


class Window:
    """One page of one person; it keeps the frames of its sockets and what the browser complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sent: list[dict] = []
        self.received: list[dict] = []
        page.complaints = []
        page.on("websocket", self._listen)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", self._console)

    def _listen(self, socket) -> None:
        socket.on("framesent", lambda frame: self.sent.append(json.loads(frame)))
        socket.on("framereceived", lambda frame: self.received.append(json.loads(frame)))

    def _console(self, message) -> None:
        if message.type == "error" and re.search("Content.Security.Policy|violates", message.text):
            self.page.complaints.append(message.text)

    def ops(self) -> list[str]:
        """The kinds of the ops that this window sent."""
        return [message["kind"] for message in self.sent if message["type"] == "op"]

    def states(self) -> list[int]:
        """The versions of the states that this window received."""
        return [message["v"] for message in self.received if message["type"] == "st"]

    def button(self, name: str):
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def stage(self):
        """The film, and all that lies over it."""
        return self.page.get_by_role("region", name="Film")

    async def sees(self, text: str) -> None:
        """Wait until these words stand over the film."""
        await expect(self.stage).to_contain_text(text, use_inner_text=True)

    @property
    def people(self):
        """The rows of those who are here; they can be seen in the tab "People"."""
        return self.page.get_by_role("list", name="Watching now").get_by_role("listitem")

    def person(self, name: str):
        """Somebody's row."""
        return self.people.filter(has=self.page.get_by_text(name, exact=True))

    @property
    def links(self):
        """The field of the queue that takes links."""
        return self.page.get_by_role("textbox", name="Links to videos", exact=True)

    @property
    def queue(self):
        """The rows of the queue; they can be seen in the tab "Queue"."""
        return self.page.get_by_role("list", name=re.compile("^Queue")).get_by_role("listitem")

    async def titles(self, *titles: str) -> None:
        """Wait until the queue has these entries, in this order."""
        await expect(self.queue.locator("[data-part=title]")).to_have_text(list(titles))

    async def add(self, links: str, where: str = "Add") -> None:
        """Paste links into the queue: Add, Play next, Play now."""
        await self.tab("Queue")
        await self.links.fill(links)
        await self.button(where).click()

    async def entry(self, title: str, act: str) -> None:
        """Choose something from the menu of an entry."""
        await self.tab("Queue")
        await self.button(f"Options for {title}").click()
        await self.page.get_by_role("menuitem", name=act).click()

    @property
    def rules(self):
        """The sentences about what holds; they can be read in the tab "Room"."""
        return self.page.get_by_role("list", name="Rules of this room").get_by_role("listitem")

    async def tab(self, name: str) -> None:
        """Show one of the tabs beside the film: Chat, People, Room."""
        await self.page.get_by_role("tab", name=name).click()

    async def choose(self, name: str, act: str) -> None:
        """Choose an act on somebody in the tab "People"."""
        await self.tab("People")
        await self.button(f"Options for {name}").click()
        await self.page.get_by_role("menuitem", name=act, exact=True).click()

    async def control(self, who: str) -> None:
        """Set who may control the film: Everyone, Host and helpers, Host only."""
        await self.tab("Room")
        await self.page.get_by_role("radio", name=who, exact=True).check()
        await self._kept("Who may control the film")

    async def rule(self, label: str, value: str) -> None:
        """Choose a rule in the tab "Room", and wait until it is kept."""
        await self.tab("Room")
        await self.page.get_by_label(label, exact=True).select_option(value)
        await self._kept(label)

    async def records(self, name: str):
        """The rows of a list in the tab "Room", scrolled into view: lists are kept fresh for who looks at them."""
        await self.tab("Room")
        await self.page.get_by_role("heading", name=name, exact=True).scroll_into_view_if_needed()
        return self.page.get_by_role("list", name=name, exact=True).get_by_role("listitem")

    async def _kept(self, label: str) -> None:
        setting = self.page.locator(".setting").filter(has=self.page.get_by_label(label, exact=True))
        await expect(setting.get_by_role("status")).to_have_text("Saved")

    async def open(self, link: str) -> None:
        """Add a video from the home page; ends on the room page, in the room."""
        await self.page.goto("/")
        await self.page.get_by_label("Paste a link to a video").fill(link)
        await self.button("Start watching").click()
        await self.page.wait_for_url("**/watch/**")
        await self.in_sync()

    async def invite(self) -> str:
        return await self.page.get_by_label("Invite link").input_value()

    async def join(self, invite: str) -> None:
        """Open an invite and press Join."""
        await self.page.goto(invite)
        await self.button("Join").click()
        await self.in_sync()

    async def be(self, name: str) -> None:
        """Take a name, before any room."""
        await self._post("/me/", name=name)

    async def make(self, link: str) -> str:
        """Add a video; returns where the room is. As `be`, by the browser's cookies, but without a page to draw."""
        return (await self._post("/", url=link)).headers["location"]

    async def _post(self, path: str, **fields: str) -> APIResponse:
        request = self.page.context.request
        token = TOKEN.search(await (await request.get("/")).text())[1]
        reply = await request.post(path, form={**fields, "csrfmiddlewaretoken": token}, max_redirects=0)
        assert reply.status < 400, fields
        return reply

    @property
    def field(self):
        """Where messages are written."""
        return self.page.get_by_role("textbox", name="Message", exact=True)

    @property
    def chat(self):
        return self.page.get_by_role("log", name="Chat", exact=True)

    async def say(self, text: str) -> None:
        """Write a message and send it."""
        await self.field.fill(text)
        await self.field.press("Enter")

    def message(self, text: str):
        """The message in the chat that says this, among other words; its quote does not count."""
        words = self.page.locator(".message-text", has_text=text)
        return self.chat.locator(".message:not(.pending)").filter(has=words)

    async def story(self) -> list[list[str]]:
        """The messages as they stand in the chat: [number, text]."""
        return await self.chat.locator(".message").evaluate_all(STORY)

    @property
    def count(self):
        """How many people the tab "People" says there are."""
        return self.page.locator("#people-count")

    async def in_sync(self) -> None:
        await expect(self.page.get_by_role("banner").get_by_text("In sync", exact=True)).to_be_visible()

    async def film(self) -> Film | None:
        """What the player shows now. Asked past the test tool's own `evaluate`, which counts as a person's gesture."""
        session = await self.page.context.new_cdp_session(self.page)
        answer = await session.send("Runtime.evaluate", {"expression": SHOWN, "returnByValue": True})
        await session.detach()
        shown = answer["result"].get("value")
        return Film(**shown) if shown else None

    async def plays(self, after: float = 0.0) -> Film:
        """Wait until the film runs and is past a position."""
        return await self._until(lambda film: not film.paused and not film.seeking and film.time > after)

    async def rests(self, near: float | None = None, within: float = 1.0) -> Film:
        """Wait until the film stands still (near a position)."""
        return await self._until(
            lambda film: film.paused and not film.seeking and (near is None or abs(film.time - near) < within)
        )

    async def _until(self, holds) -> Film:
        end = time.monotonic() + 15
        while True:
            shown = await self.film()
            if shown and holds(shown):
                return shown
            if time.monotonic() > end:
                raise AssertionError(f"the window still shows {shown}")

    async def seek(self, seconds: float) -> None:
        """Choose a position on the time line: what it asks for when a hand lets go of it there."""
        await self.page.evaluate(
            """(to) => document.querySelector('media-time-range').dispatchEvent(
              new CustomEvent('mediaseekrequest', {detail: to, bubbles: true, composed: true}))""",
            seconds,
        )


async def apart(one: Window, other: Window) -> float:
    """How far two running windows are apart, in seconds of film, at the same instant."""
    first, second = await one.film(), await other.film()
    return abs((second.time - first.time) - (second.at - first.at) / 1000)


async def gathered(live, link: str, **windows: Window) -> tuple[Window, ...]:
    """Bring people of these names into one room, on the workers in turn; the first is its host. All know of all."""
    for name, window in windows.items():
        await window.be(name)
    host, *guests = windows.values()
    live.prefer(0)
    await host.page.goto(await host.make(link))
    await expect(host.count).to_have_text("1")
    for number, guest in enumerate(guests, 1):
        live.prefer(number % 2)
        await guest.page.goto(await host.invite())
        await guest.button("Join").click()
        await expect(guest.count).to_have_text(str(number + 1))
    for window in windows.values():
        await window.in_sync()
        await expect(window.count).to_have_text(str(len(windows)))
    return host, *guests

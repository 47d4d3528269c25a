"""Invites with a role and an end, a new main link, and what those see whose invite works no more."""

import re

from playwright.async_api import expect

AT_ONCE = 2_000  # ms: within a second, and as much again for a starved machine
WHOLE = re.compile("^http://.+/join/")  # a link that works wherever it is pasted
ASKED = "You need a new invite"


async def made(owner, name: str, role: str, uses: str = "No limit") -> str:
    """Make an invite in the tab "Room"; returns its link."""
    await owner.tab("Room")
    await owner.page.get_by_label("Name of the invite").fill(name)
    await owner.page.get_by_label("Role", exact=True).select_option(role)
    await owner.page.get_by_label("Uses", exact=True).select_option(uses)
    await owner.button("Create invite").click()
    link = owner.page.get_by_label(f"Link of the invite {name}")
    await expect(link).to_have_value(WHOLE)
    return await link.input_value()


def record(owner, name: str):
    """The row of an invite."""
    return owner.page.get_by_role("list", name="Invites").get_by_role("listitem").filter(has_text=name)


async def test_an_invite_for_one_helper_makes_one_and_opens_for_nobody_else(two, somebody):
    owner, _ = two
    link = await made(owner, "For Dora", role="Helper", uses="1")
    await expect(record(owner, "For Dora")).to_contain_text("0 of 1 used, never expires")
    dora, second = await somebody(), await somebody()
    await dora.be("Dora")
    await dora.join(link)
    await owner.tab("People")
    await expect(owner.person("Dora").get_by_role("img", name="helper")).to_be_visible()
    await dora.tab("Room")
    await expect(dora.page.get_by_text("You are a helper of the host.")).to_be_visible()
    assert (await second.page.goto(link)).status == 404
    await expect(second.page.get_by_role("link", name="Go to the home page")).to_be_visible()
    await owner.tab("Room")
    await expect(record(owner, "For Dora")).to_contain_text("1 of 1 used")
    await dora.page.reload()
    await dora.button("Join").click()
    await dora.in_sync()


async def test_who_came_by_an_invite_of_their_own_sees_no_main_link(two, somebody):
    owner, guest = two
    await expect(guest.page.get_by_label("Invite link")).to_have_value(await owner.invite())
    named = await somebody()
    await named.join(await made(owner, "For the family", role="Viewer"))
    await expect(named.page.get_by_label("Invite link")).to_have_count(0)
    await expect(named.button("QR code")).to_have_count(0)
    assert await owner.invite() not in await named.page.content()
    await named.page.keyboard.press("i")  # copies where there is something to copy
    await named.in_sync()


async def test_who_came_by_a_revoked_invite_is_asked_for_a_new_one_and_pastes_it(two, somebody):
    owner, guest = two
    dora = await somebody()
    await dora.be("Dora")
    link = await made(owner, "For Dora", role="Helper")
    await record(owner, "For Dora").get_by_role("button", name="Revoke").click()
    await dora.join(link)  # the list changes while the host is asked
    await owner.page.get_by_role("tab", name="People").click()
    await expect(owner.person("Dora")).to_contain_text("In sync")
    await owner.tab("Room")
    await owner.button("Revoke it").click()
    await expect(dora.page.get_by_role("heading", name=ASKED)).to_be_visible(timeout=AT_ONCE)
    await expect(record(owner, "For Dora")).to_have_count(0)
    await guest.in_sync()
    field = dora.page.get_by_label("The new link")
    await field.fill("https://example.com/join/somewhere-else/")
    await dora.button("Open").click()
    await expect(dora.page.get_by_text("That is no invite to this site")).to_be_visible()
    await field.fill(await owner.invite())
    await dora.button("Open").click()
    await dora.button("Join").click()
    await dora.in_sync()
    await owner.tab("People")
    await expect(owner.person("Dora")).to_contain_text("In sync")
    await expect(owner.person("Dora").get_by_role("img", name="helper")).to_be_hidden()


async def test_a_revoked_invite_opens_no_more(two, somebody):
    owner, _ = two
    late = await somebody()
    link = await made(owner, "For Dora", role="Viewer")
    await record(owner, "For Dora").get_by_role("button", name="Revoke").click()
    await owner.button("Keep it").click()
    await expect(record(owner, "For Dora").get_by_role("button", name="Revoke")).to_be_focused()
    await record(owner, "For Dora").get_by_role("button", name="Revoke").click()
    await owner.button("Revoke it").click()
    await expect(owner.page.get_by_text("Revoked", exact=True)).to_be_visible()
    assert (await late.page.goto(link)).status == 404


async def test_a_new_main_link_takes_the_place_of_the_old_one(three, somebody):
    owner, guest, phone = three
    old = await owner.invite()
    await owner.tab("Room")
    await owner.button("New main link").click()
    await owner.button("Make a new link").click()
    await expect(guest.page.get_by_role("heading", name=ASKED)).to_be_visible(timeout=AT_ONCE)
    await expect(phone.page.get_by_role("heading", name=ASKED)).to_be_visible(timeout=AT_ONCE)
    await expect(owner.page.get_by_label("Invite link")).to_have_value(WHOLE)
    await expect(owner.page.get_by_label("Invite link")).not_to_have_value(old)
    assert (await guest.page.goto(old)).status == 404
    await guest.join(await owner.invite())
    newcomer = await somebody()
    await newcomer.join(await owner.invite())
    await expect(newcomer.page.get_by_label("Invite link")).to_have_value(await owner.invite())
    await phone.page.get_by_label("The new link").fill(await owner.invite())
    await phone.button("Open").tap()
    await phone.button("Join").tap()
    await phone.in_sync()
    await owner.in_sync()


async def test_an_invite_wants_a_name_and_is_made_by_keyboard(two):
    owner, _ = two
    await owner.tab("Room")
    name = owner.page.get_by_label("Name of the invite")
    await name.focus()
    await owner.page.keyboard.press("Enter")
    await expect(owner.page.get_by_text("Give it a name")).to_be_visible()
    await expect(name).to_be_focused()
    await owner.page.keyboard.type("Friday")
    await owner.page.keyboard.press("Enter")
    await expect(owner.page.get_by_label("Link of the invite Friday")).to_have_value(WHOLE)
    await expect(name).to_have_value("")


async def test_an_invite_is_copied_with_one_click(two):
    owner, _ = two
    await owner.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = await made(owner, "Friday", role="Viewer")
    await owner.button("Copy").click()
    await expect(owner.button("Copied")).to_be_visible()
    assert await owner.page.evaluate("navigator.clipboard.readText()") == link

"""The admin over real HTTP: who may see and do what, page by page and act by act; and that nothing happens by GET."""

import asyncio
import re

import pytest

from tests.people import Person
from tests.staffing import ACTS, LOOK, STAFF, WORDS, kept, user_of

PAGES = ["/admin/", "/admin/pulse/"]  # of all staff
LISTS = {"rooms": "/admin/rooms/room/", "accounts": "/admin/accounts/user/"}


@pytest.fixture
async def things(owner, guest, staff, redis):
    """A room with the guest in it and somebody banned, and their user: addresses by app, and what acts are done on."""
    room = await asyncio.to_thread(owner.add)
    await asyncio.to_thread(guest.get, room.join)
    banned = Person(owner.url)
    await asyncio.to_thread(banned.get, "/")
    for one in (guest, banned):
        await one.enter(room.guest_socket)
    root = staff("root")
    page = f"/admin/rooms/room/{room.id}"
    await asyncio.to_thread(root.post, f"{page}/ban/", of=str(user_of(banned)))
    shown = await asyncio.to_thread(root.get, f"{page}/change/")
    ban = re.search(r"/lift/\?of=(\w+)", shown.text)[1]
    user = user_of(owner)
    device = owner.jar["wewatch"].split(".")[2][:8]
    of = {"kick": str(user_of(guest)), "ban": str(user_of(guest)), "lift": ban, "end-device": device}
    yield {"rooms": page, "accounts": f"/admin/accounts/user/{user}"}, of, (f"r:{room.id}", f"u:{user}")
    await banned.go()


def allowed(name: str | None, word: str) -> bool:
    is_staff, is_superuser, words = STAFF[name] if name else (False, False, [])
    return is_superuser or (is_staff and word in words)


def acts(things):
    """Of each act: its app, permission, address, and target."""
    at, of, _ = things
    for app, words in ACTS.items():
        for act, word in words.items():
            yield app, f"{app}.{word}", f"{at[app]}/{act}/", of.get(act, "")


@pytest.mark.parametrize("name", [None, *STAFF])
async def test_who_sees_which_page_and_may_begin_which_act(name, staff, things, redis):
    person = staff(name)
    is_staff = name is not None and STAFF[name][0]
    before = [kept(redis, prefix) for prefix in things[2]]
    seen, expected = {}, {}
    for path in PAGES:
        expected[path] = 200 if is_staff else 302
    for app, look in zip(LISTS, LOOK, strict=True):
        for path in (LISTS[app], f"{things[0][app]}/change/", f"{things[0][app]}/history/"):
            expected[path] = 302 if not is_staff else 200 if allowed(name, look) else 403
    for app, word, path, of in acts(things):
        may = allowed(name, word) and allowed(name, LOOK[list(ACTS).index(app)])
        expected[f"{path}?of={of}"] = 302 if not is_staff else 200 if may else 403
    for path in expected:
        answer = await asyncio.to_thread(person.get, path)
        seen[path] = answer.status
        assert answer.status != 302 or answer.headers["Location"].startswith("/admin/login/")
    assert seen == expected
    assert [kept(redis, prefix) for prefix in things[2]] == before


@pytest.mark.parametrize("name", [None, "customer", "plain", "viewer", "blind"])
async def test_who_may_not_act_posts_in_vain(name, staff, things, redis):
    person = staff(name)
    before = [kept(redis, prefix) for prefix in things[2]]
    for _, _, path, of in acts(things):
        answer = await asyncio.to_thread(person.post, path, of=of)
        assert answer.status == (403 if name and STAFF[name][0] else 302), path
    assert [kept(redis, prefix) for prefix in things[2]] == before


@pytest.mark.parametrize("word", WORDS)
async def test_one_permission_allows_its_acts_and_no_other(word, staff, things, redis):
    person = staff(word)
    for _, needed, path, of in acts(things):
        if needed != word:
            before = [kept(redis, prefix) for prefix in things[2]]
            assert (await asyncio.to_thread(person.post, path, of=of)).status == 403, path
            assert [kept(redis, prefix) for prefix in things[2]] == before
    for _, needed, path, of in acts(things):
        if needed == word:
            answer = await asyncio.to_thread(person.post, path, of=of)
            assert answer.status == (200 if path.endswith("/export/") else 302), path
            assert "/login/" not in answer.headers.get("Location", "")


async def test_without_a_csrf_token_nothing_is_done(staff, things, redis):
    root = staff("root")
    before = [kept(redis, prefix) for prefix in things[2]]
    for _, _, path, of in acts(things):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await asyncio.to_thread(root._request, "POST", path, f"of={of}", headers)
        assert answer.status == 403, path
    assert [kept(redis, prefix) for prefix in things[2]] == before


async def test_who_may_only_look_is_offered_no_act(staff, things):
    for page in things[0].values():
        text = (await asyncio.to_thread(staff("viewer").get, f"{page}/change/")).text
        assert not [act for words in ACTS.values() for act in words if f"/{act}/" in text]
        full = (await asyncio.to_thread(staff("root").get, f"{page}/change/")).text
        assert "/delete/" in full


async def test_a_page_of_the_admin_makes_no_visitor_and_takes_no_token(staff, owner, redis):
    newest = redis.get("ww:seq:user")
    await asyncio.to_thread(staff("root").get, "/admin/")
    assert redis.get("ww:seq:user") == newest
    await asyncio.to_thread(owner.get, "/")
    before = dict(owner.jar)
    await asyncio.to_thread(owner.get, "/admin/login/")
    assert owner.jar["wewatch"] == before["wewatch"]


async def test_what_is_not_there_leads_back_and_nonsense_is_not_found(staff, things, redis):
    root, before = staff("root"), [kept(redis, prefix) for prefix in things[2]]
    for app, path in LISTS.items():
        for ending in ("change", "history", "delete"):
            gone = await asyncio.to_thread(root.get, f"{path}999999999/{ending}/")
            assert gone.status == 302
            assert gone.headers["Location"] in (path, "/admin/")
        for nonsense in (f"{things[0][app]}/explode/", f"{path}x/change/", f"{path}add/"):
            assert (await asyncio.to_thread(root.get, nonsense)).status == 404, nonsense
    for nobody in ("", "nobody", "0", "999999999"):
        asked = await asyncio.to_thread(root.get, f"{things[0]['rooms']}/kick/?of={nobody}")
        done = await asyncio.to_thread(root.post, f"{things[0]['rooms']}/kick/", of=nobody)
        assert (asked.status, done.status) == (302, 302)
        assert {asked.headers["Location"], done.headers["Location"]} == {f"{things[0]['rooms']}/change/"}
    assert [kept(redis, prefix) for prefix in things[2]] == before

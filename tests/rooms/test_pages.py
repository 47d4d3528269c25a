"""The room pages over real HTTP: who may open what, and what they hold."""

import json
import re

import pytest

from tests.people import Person


@pytest.fixture
def room(owner):
    return owner.add()


def texts(reply):
    return re.sub(r'value="\w{64}"', "", reply.text)  # CSRF tokens differ at every look


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("owner", "watch", 200),
        ("guest", "watch", 404),
        ("stranger", "watch", 404),
        ("owner", "join", 302),
        ("guest", "join", 200),
        ("stranger", "join", 200),  # whoever holds the key is invited
    ],
)
def test_who_may_open_what(request, room, who, path, status):
    assert request.getfixturevalue(who).get(getattr(room, path)).status == status


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("guest", 404), ("owner", 302)])
def test_who_may_delete_a_room(request, owner, room, who, status):
    person = request.getfixturevalue(who)
    assert person.get(f"{room.watch}delete/").status == 405
    assert person.post(f"{room.watch}delete/").status == status
    assert owner.get(room.watch).status == (404 if who == "owner" else 200)


def test_a_stranger_sees_the_same_for_a_room_as_for_none(room, stranger):
    theirs, none = stranger.get(room.watch), stranger.get("/watch/123456789/")
    assert theirs.status == none.status == 404
    assert texts(theirs) == texts(none)
    assert sorted(theirs.headers.keys()) == sorted(none.headers.keys())


def test_a_stranger_opens_none_of_all_ids(room, stranger):
    assert {stranger.get(f"/watch/{number}/").status for number in range(1, room.id + 2)} == {404}


def test_guesses_at_invites_are_stopped_and_real_ones_still_open(live, room):
    person = Person(live.url, address="127.0.0.77")
    statuses = [person.get(f"/join/{number:022}/").status for number in range(22)]
    assert statuses == [404] * 20 + [429] * 2
    assert person.get(room.join).status == 200


@pytest.mark.parametrize(
    "link", ["", "hello", "javascript:alert(1)", "https://example.com/", "x" * 3000, "https://x.y/\x00.mp4"]
)
def test_a_bad_link_makes_no_room_and_is_kept_in_the_field(stranger, link):
    reply = stranger.post("/", url=link)
    assert reply.status == 422
    assert "/delete/" not in reply.text


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "'-alert(1)-'",
    "{{7*191}}",
    "<!--",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_link_holds_is_shown_as_text(owner, payload):
    reply = owner.post("/", url=payload)
    assert payload not in reply.text or "<" not in payload
    assert "1337" not in reply.text or "7*191" not in payload


def test_a_title_is_shown_as_text_in_page_and_data(owner):
    room = owner.add("https://media.example/%3C%2Fscript%3E%3Cscript%3Ealert(1).mp4")
    page = owner.get(room.watch).text
    assert "<script>alert(1)" not in page
    assert room.data["entry"]["title"] == "</script><script>alert(1)"
    assert "<script>alert(1)" not in owner.get("/").text


def test_my_rooms_are_mine_alone(owner, stranger):
    room = owner.add("https://media.example/Mine.mp4")
    assert room.watch in owner.get("/").text
    assert room.watch not in stranger.get("/").text


def test_no_page_loads_anything_from_another_host(owner, room):
    pages = [owner.get(path).text for path in ("/", room.watch, "/nowhere/", "/logout/")]
    loads = [
        url
        for page in pages
        for url in re.findall(r'<(?:script|link|img|source|iframe)[^>]+(?:src|href)="([^"]+)"', page)
    ]
    assert loads
    assert not [url for url in loads if not url.startswith(("/static/", "data:image/svg+xml"))]


def test_the_pages_data_tells_a_guest_what_a_guest_needs_and_no_more(guest, room):
    page = guest.get(room.join).text
    data = json.loads(re.search(r'id="room-data" type="application/json">(.*?)</script>', page)[1])
    assert data["socket"] == room.guest_socket
    assert data["room"]["isOwner"] is False
    assert set(data["me"]) == {"id", "name", "color"}


def test_static_files_are_served_whole_compressed_and_for_long(owner, room):
    script = re.search(r'src="(/static/js/room\.[0-9a-f]+\.js)"', owner.get(room.watch).text)[1]
    reply = owner.get(script)
    assert reply.status == 200
    assert "immutable" in reply.headers["Cache-Control"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert owner._request("GET", script, None, {"If-None-Match": reply.headers["ETag"]}).status == 304
    assert owner.get("/static/../wewatch/settings.py").status == 404


def test_guesses_at_the_staff_login_are_stopped(live):
    person = Person(live.url, address="127.0.0.78")
    page = person.get("/admin/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    body = f"username=a&password=b&csrfmiddlewaretoken={token}"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    statuses = [person._request("POST", "/admin/login/", body, headers).status for _ in range(7)]
    assert statuses == [200] * 5 + [429] * 2

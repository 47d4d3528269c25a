"""The account over real HTTP: cookie, headers, what counts as a page access, my name, log-out."""

import asyncio
import json
import re

import pytest

from tests.people import Person

OTHER_BROWSER = {"User-Agent": "another browser"}


@pytest.fixture
def person(live):
    visitor = Person(live.url)
    visitor.get("/")
    return visitor


def test_the_first_visit_sets_a_signed_cookie_that_no_script_reads(live):
    reply = Person(live.url).get("/")
    cookie = next(line for line in reply.headers.get_all("Set-Cookie") if line.startswith("wewatch="))
    attributes = {part.strip().partition("=")[0].lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite", "path", "max-age"} <= attributes
    assert "domain" not in attributes
    assert {"no-store", "private"} <= set(reply.headers["Cache-Control"].split(", "))


def test_every_page_access_brings_another_cookie(person):
    seen = [person.jar["wewatch"]]
    for path in ("/", "/logout/", "/nowhere/"):
        person.get(path)
        seen.append(person.jar["wewatch"])
    assert len(set(seen)) == 4


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Mode": "no-cors"},
        {"Accept": "application/json"},  # a fetch of ours on plain http, where browsers say no more
        {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Mode": "navigate", "Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_what_is_no_page_access_consumes_nothing(person, headers):
    before = person.jar["wewatch"]
    person.get("/", **headers)
    assert person.jar["wewatch"] == before


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Mode": "cors"}, {"Sec-Purpose": "prefetch"}])
def test_a_first_visit_that_is_no_page_access_makes_nobody(live, headers):
    visitor = Person(live.url)
    assert visitor.get("/", **headers).status == 403
    assert "wewatch" not in visitor.jar


@pytest.mark.parametrize("path", ["/", "/join/ABCDEFGHJKMNPQRSTVWX/", "/watch/1000000/"])
def test_who_only_asks_for_the_head_hears_that_the_site_is_up_and_is_nobody(live, path):
    visitor = Person(live.url)
    assert visitor.head(path).status == 200
    assert visitor.jar == {}


def test_the_head_of_somebody_tells_what_a_page_would(person):
    before = person.jar["wewatch"]
    assert [person.head(path).status for path in ("/", "/watch/1000000/")] == [200, 404]
    assert person.jar["wewatch"] == before


def test_static_files_and_the_admin_know_no_users(live):
    visitor = Person(live.url)
    visitor.get("/static/img/logo.svg")
    visitor.get("/admin/")
    assert "wewatch" not in visitor.jar


def test_an_old_cookie_gets_a_page_that_says_so_and_offers_to_start_afresh(live, person):
    old = person.jar["wewatch"]
    person.get("/")
    person.get("/me/", **{"Sec-Fetch-Mode": "cors"})
    thief = Person(live.url, jar={"wewatch": old})
    reply = thief.get("/", **OTHER_BROWSER)
    assert reply.status == 403
    assert "old pass" in reply.text
    assert thief.jar["wewatch"] == old
    assert person.get("/").status == 200


def test_starting_afresh_with_an_old_cookie_leaves_its_owner_alone(live, person):
    old = person.jar["wewatch"]
    person.get("/")
    person.get("/me/", **{"Sec-Fetch-Mode": "cors"})
    thief = Person(live.url, jar={"wewatch": old})
    page = thief.get("/", **OTHER_BROWSER)
    assert thief.get("/logout/", **OTHER_BROWSER).status == 200
    assert thief.get("/me/", **OTHER_BROWSER, **{"Sec-Fetch-Mode": "cors"}).status == 403
    form = {**OTHER_BROWSER, "Content-Type": "application/x-www-form-urlencoded"}
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    done = thief._request("POST", "/logout/", f"csrfmiddlewaretoken={token}", form)
    assert (done.status, done.headers["Location"]) == (302, "/")
    assert thief.jar["wewatch"] in {"", '""'}
    assert person.get("/me/").status == 200


def test_my_name_and_colour_can_be_changed(person):
    reply = person.post("/me/", name="  Ada   Lovelace ", color="teal")
    assert json.loads(reply.text) == {"name": "Ada Lovelace", "color": "teal"}
    assert json.loads(person.get("/me/").text) == {"name": "Ada Lovelace", "color": "teal"}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": " \u200b\u202e "}, "name"),
        ({"name": "x" * 41}, "name"),
        ({"color": "red"}, "color"),
        ({"name": "Ada", "color": "<b>"}, "color"),
    ],
)
def test_a_bad_name_or_colour_changes_nothing_and_says_why(person, fields, wrong):
    before = person.get("/me/").text
    reply = person.post("/me/", **fields)
    assert reply.status == 422
    assert json.loads(reply.text)["errors"][wrong][0].endswith((".", "s."))
    assert person.get("/me/").text == before


def test_a_name_is_shown_as_text_whatever_it_holds(person):
    person.post("/me/", name="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in person.get("/").text


def test_without_a_token_of_its_form_nothing_is_changed(person):
    reply = person._request("POST", "/me/", "name=Eve", {"Content-Type": "application/x-www-form-urlencoded"})
    assert reply.status == 403


def test_logging_out_says_what_it_means_and_ends_the_device(live, person):
    assert "no way back" in person.get("/logout/").text
    old = person.jar["wewatch"]
    reply = person.post("/logout/")
    assert "logged out" in reply.text
    assert person.jar["wewatch"] in {"", '""'}
    copy = Person(live.url, jar={"wewatch": old})
    assert copy.get("/me/", **{"Sec-Fetch-Mode": "cors"}).status == 403


async def test_twenty_tabs_at_once_are_the_same_person(live, person):
    before = person.get("/me/").text
    tabs = [Person(live.url, jar=dict(person.jar)) for _ in range(20)]
    replies = await asyncio.gather(*(asyncio.to_thread(tab.get, "/") for tab in tabs))
    assert {reply.status for reply in replies} == {200}
    assert {tab.get("/me/", **{"Sec-Fetch-Mode": "cors"}).text for tab in tabs} == {before}


@pytest.mark.parametrize("path", ["/", "/join/AAAAAAAAAAAAAAAAAAAAAA/", "/watch/1/", "/logout/", "/me/", "/nowhere/"])
def test_every_page_has_its_guards(person, path):
    headers = person.get(path).headers
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]


@pytest.mark.parametrize("path", ["/", "/me/", "/logout/", "/watch/1/delete/"])
def test_no_state_is_changed_without_a_form_of_ours(person, path):
    assert person._request("POST", path, "a=b", {"Content-Type": "application/x-www-form-urlencoded"}).status == 403


@pytest.mark.parametrize("path", ["/watch/1/delete/"])
def test_no_state_is_changed_by_get(person, path):
    assert person.get(path).status == 405

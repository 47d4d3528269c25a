"""From cookie to account at both doors: what counts as a page access, the cookie's flags, the socket's scope."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from accounts import services
from accounts.middleware import COOKIE, AccountSocket, account_middleware, forget_cookie, is_page_access, set_cookie
from tests.stores import names

AGENT, PEER = "Films/1.0", "203.0.113.9"
NAVIGATION = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize(
    ("method", "headers", "expected"),
    [
        ("GET", NAVIGATION, True),
        ("POST", NAVIGATION, True),
        ("GET", {}, True),  # over plain http a browser tells nothing
        ("GET", {"Accept": "text/html,*/*;q=0.8"}, True),
        ("GET", {"Accept": "application/json"}, False),  # our own fetches
        ("HEAD", {}, False),
        ("PUT", {}, False),
        ("GET", NAVIGATION | {"Sec-Purpose": "prefetch"}, False),
        ("GET", NAVIGATION | {"Sec-Purpose": "prefetch;prerender"}, False),
        ("GET", NAVIGATION | {"Sec-Fetch-Dest": "iframe"}, False),
        ("GET", {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, False),
        ("POST", {"Sec-Fetch-Mode": "same-origin", "Sec-Fetch-Dest": "empty"}, False),
        ("GET", {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, False),
    ],
)
def test_a_page_access_is_a_navigation(method, headers, expected):
    assert is_page_access(RequestFactory().generic(method, "/", headers=headers)) is expected


@pytest.mark.parametrize("https", [True, False])
@pytest.mark.parametrize("write", [lambda response: set_cookie(response, "x"), forget_cookie])
def test_the_cookie_is_hidden_from_scripts_and_secure_on_https(settings, https, write):
    settings.HTTPS = https
    response = HttpResponse()
    write(response)
    cookie = response.cookies[COOKIE]
    assert (bool(cookie["secure"]), cookie["httponly"], cookie["samesite"]) == (https, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")


async def page(cookie=None, path="/", **headers):
    """A page access through the middleware; returns the request as the view saw it and the response."""

    async def view(request):
        return HttpResponse()

    request = RequestFactory().get(path, REMOTE_ADDR=PEER, headers={"User-Agent": AGENT, **headers})
    request.COOKIES = {COOKIE: cookie} if cookie else {}
    return request, await account_middleware(view)(request)


async def socket(header, agent=AGENT):
    """The account of a WebSocket with this Cookie header."""
    seen = {}

    async def inner(scope, receive, send):
        seen.update(scope)

    headers = [(b"user-agent", agent.encode()), (b"cookie", header.encode("latin1"))]
    await AccountSocket(inner)({"headers": headers, "client": [PEER, 1]}, None, None)
    return seen["account"]


async def newcomer():
    request, response = await page()
    return request.account, response.cookies[COOKIE].value


async def test_a_page_and_its_socket_know_the_same_account(store):
    account, cookie = await newcomer()
    assert await socket(f"{COOKIE}={cookie}") == account


async def test_a_socket_consumes_nothing(store):
    account, cookie = await newcomer()
    await socket(f"{COOKIE}={cookie}")
    request, response = await page(cookie)
    assert request.account == account
    assert response.cookies[COOKIE].value != cookie


async def test_a_handshake_under_way_during_a_page_access_is_served_in_the_same_context_alone(store):
    account, cookie = await newcomer()
    _, response = await page(cookie)
    await socket(f"{COOKIE}={response.cookies[COOKIE].value}")
    assert await socket(f"{COOKIE}={cookie}") == account
    assert await socket(f"{COOKIE}={cookie}", agent="another browser") is None


@pytest.mark.parametrize("neighbour", ['prefs={"a": 1}', "list[0]=x", "é=1", "a=b=c", "=x", "Path"])
async def test_another_programs_cookie_does_not_hide_ours_from_a_socket(store, neighbour):
    """Cookies do not tell ports apart: on localhost all programs share one jar."""
    account, cookie = await newcomer()
    assert await socket(f"{neighbour}; {COOKIE}={cookie}") == account


@pytest.mark.parametrize("header", ["", "a=b", f"{COOKIE}=", f"{COOKIE}=v1.1.x.1.y:z", f"{COOKIE}=\x00"])
async def test_a_socket_without_a_good_cookie_has_no_account_and_makes_none(store, header):
    assert await socket(header) is None
    assert await names(store, "ww:{u:*") == []


async def test_the_admin_makes_no_user(store):
    request, response = await page(path="/admin/")
    assert request.account is None
    assert COOKIE not in response.cookies


async def test_a_flood_of_newcomers_gets_a_page_that_says_so(store, monkeypatch):
    monkeypatch.setattr(services, "NEWCOMERS", (1, 600))
    await page()
    assert (await page())[1].status_code == 429


async def test_what_holds_a_cookie_is_not_kept_by_any_cache(store):
    _, response = await page()
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))

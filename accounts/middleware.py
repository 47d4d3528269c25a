"""From cookie to account: one for pages, one for sockets, both by `services.enter`."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.decorators import async_only_middleware

from accounts import services
from wewatch.address import client_address, network

COOKIE = "__Host-wewatch" if settings.HTTPS else "wewatch"
AGE = 400 * 24 * 3600  # seconds, the longest that browsers keep
ELSEWHERE = ("/admin/",)  # staff have accounts of their own
STARTS_AFRESH = "/logout/"  # open to a replayed token, as the way out


@async_only_middleware
def account_middleware(get_response):
    """Set `request.account` (None: nobody), and answer a page access with the next token."""

    async def middleware(request: HttpRequest) -> HttpResponse:
        request.account = None
        if request.path.startswith(ELSEWHERE):
            return await get_response(request)
        address = client_address(request)
        context = context_of(request.META.get("HTTP_USER_AGENT", ""), address)
        page_access = is_page_access(request)
        try:
            entry = await services.enter(request.COOKIES.get(COOKIE), context, page_access, address)
        except services.TooManyNewcomers:
            return render(request, "429.html", status=429)
        if entry.replay and page_access and request.path != STARTS_AFRESH:
            return _private(render(request, "accounts/old_pass.html", status=403))
        request.account = entry.account
        response = await get_response(request)
        if entry.cookie and COOKIE not in response.cookies:  # the view may have logged out
            set_cookie(response, entry.cookie)
        return _private(response)

    return middleware


def is_page_access(request: HttpRequest) -> bool:
    """Whether this is a navigation that is answered with a page, as far as the browser tells."""
    if request.method not in ("GET", "POST") or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    if "Sec-Fetch-Mode" not in request.headers:  # browsers send it to https and localhost alone
        return "application/json" not in request.headers.get("Accept", "")  # as our own fetches ask for
    mode, dest = request.headers["Sec-Fetch-Mode"], request.headers.get("Sec-Fetch-Dest", "document")
    return (mode, dest) == ("navigate", "document")


def context_of(user_agent: str, address: str) -> str:
    """The context in which a token is consumed: a hash of the browser's name and the network."""
    return hashlib.sha256(f"{user_agent}\n{network(address)}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def set_cookie(response: HttpResponse, value: str) -> None:
    """Set the account's cookie; no page script reads it."""
    response.set_cookie(COOKIE, value, max_age=AGE, path="/", secure=settings.HTTPS, httponly=True, samesite="Lax")


def forget_cookie(response: HttpResponse) -> None:
    """Take the account's cookie away."""
    response.set_cookie(COOKIE, "", max_age=0, path="/", secure=settings.HTTPS, httponly=True, samesite="Lax")


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True, private=True)
    return response


class AccountSocket:
    """Set `scope["account"]` of a WebSocket. A handshake cannot set a cookie: it only confirms the token."""

    def __init__(self, inner) -> None:
        self._inner = inner

    async def __call__(self, scope, receive, send) -> None:
        headers = dict(scope["headers"])
        address = client_address(scope)
        context = context_of(headers.get(b"user-agent", b"").decode("latin1"), address)
        # Django's parser, as for pages: http.cookies drops all where another program's cookie is not to its taste.
        cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin1"))
        entry = await services.enter(cookies.get(COOKIE), context, False, address)
        await self._inner({**scope, "account": entry.account}, receive, send)

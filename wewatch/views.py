"""Pages for what goes wrong, each saying what happened and what to do next; and the door for staff."""

import sys

from asgiref.sync import async_to_sync
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wewatch.address import client_address
from wewatch.limits import allow
from wewatch.redis import OUT_OF_REACH

RETRY_AFTER = 3  # seconds
STAFF_LOGINS = (5, 900)  # tries from one address, in seconds


def staff_login(request: HttpRequest) -> HttpResponse:
    """The admin's own login, with a limit to guessing."""
    if request.method == "POST" and not async_to_sync(allow)("staff", client_address(request), *STAFF_LOGINS):
        return render(request, "429.html", status=429)
    return admin.site.login(request)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid CSRF token: mostly a page that was open for long."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 while the store is out of reach: nothing is allowed then, and nothing is lost.

    Django turns an exception into this page wherever it was raised, a middleware included, so this is
    the one place that sees them all.
    """
    if isinstance(sys.exc_info()[1], OUT_OF_REACH):
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    return render(request, "500.html", status=500)

"""Sockets that stay closed when they should: the store out of reach, another site, no such path."""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from wewatch.redis import OUT_OF_REACH

log = logging.getLogger(__name__)
CLOSE_TRY_LATER = 1013


class SocketFailClosed:
    """While the store is out of reach: 503 to a handshake, 1013 to an open socket."""

    def __init__(self, inner) -> None:
        self._inner = inner

    async def __call__(self, scope, receive, send) -> None:
        try:
            await self._inner(scope, receive, send)
        except OUT_OF_REACH as error:
            log.warning("a socket was turned away, the store is out of reach: %s", error)
            line = scope["extensions"]["wewatch.line"]
            line.deny(503, "The store is out of reach")
            line.close(CLOSE_TRY_LATER)
        except ValueError as error:  # URLRouter: no such path
            if "No route found" not in str(error):
                raise
            scope["extensions"]["wewatch.line"].deny(404, "Not found")


class SameOrigin:
    """Let only this site's own pages open a socket: the Origin must name the Host of the handshake.

    Stricter than AllowedHostsOriginValidator, which lets every port of an allowed host in, and the only
    guard there is: Daphne lets `null` pass.
    """

    def __init__(self, inner) -> None:
        self._inner = inner

    async def __call__(self, scope, receive, send) -> None:
        if not same_origin(scope["headers"]):
            scope["extensions"]["wewatch.line"].deny(403, "Wrong origin")
            return
        await self._inner(scope, receive, send)


def same_origin(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether the handshake's one Origin is http(s) of the handshake's one Host, and that host is allowed."""
    origins = [value for name, value in headers if name == b"origin"]
    hosts = [value for name, value in headers if name == b"host"]
    if len(origins) != 1 or len(hosts) != 1:
        return False
    try:
        origin = urlsplit(origins[0].decode("ascii"))
        host = hosts[0].decode("ascii").lower()
    except ValueError:
        return False
    if origin.scheme not in ("http", "https") or origin.path or origin.query or origin.netloc.lower() != host:
        return False
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)

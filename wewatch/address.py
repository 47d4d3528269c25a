"""Where a request comes from, as far as one may believe it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"  # a unix socket, or a header that holds no address


def client_address(request: HttpRequest | dict) -> str:
    """The client's address, of a request or of an ASGI scope.

    X-Forwarded-For counts only with TRUSTED_PROXIES=n: then it is the n-th entry from the right, the one that
    the outermost of our own proxies wrote. What stands further left, anyone can forge.
    """
    if isinstance(request, HttpRequest):
        peer, forwarded = request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
    else:
        peer = (request.get("client") or [""])[0]
        forwarded = ",".join(v.decode("latin1") for name, v in request["headers"] if name == b"x-forwarded-for")
    if not settings.TRUSTED_PROXIES:
        return _address(peer)
    entries = forwarded.split(",")
    return _address(entries[-settings.TRUSTED_PROXIES]) if len(entries) >= settings.TRUSTED_PROXIES else UNKNOWN


def network(address: str) -> str:
    """The network that an address belongs to: /24 of IPv4, /48 of IPv6."""
    if address == UNKNOWN:
        return UNKNOWN
    bits = 24 if ":" not in address else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def _address(text: str) -> str:
    try:
        found = ipaddress.ip_address(text.strip().partition("%")[0])
    except ValueError:
        return UNKNOWN
    return str(getattr(found, "ipv4_mapped", None) or found)

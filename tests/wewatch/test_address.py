"""The client's address, and that nobody chooses it."""

import pytest
from django.test import RequestFactory

from wewatch.address import UNKNOWN, client_address, network

PEER = "198.51.100.7"


def of_request(forwarded):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=PEER, **headers))


def of_scope(forwarded):
    headers = [(b"x-forwarded-for", forwarded.encode("latin1"))] if forwarded is not None else []
    return client_address({"client": [PEER, 1234], "headers": headers})


@pytest.mark.parametrize("of", [of_request, of_scope])
@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, None, PEER),
        (0, "203.0.113.9", PEER),  # nobody is trusted: the header is anyone's
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),  # the left one is forged
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", UNKNOWN),
        (1, None, UNKNOWN),
        (1, "<script>", UNKNOWN),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "2001:db8::1%eth0", "2001:db8::1"),
    ],
)
def test_the_address_is_what_our_own_proxies_wrote(settings, of, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    assert of(forwarded) == expected


def test_a_unix_socket_has_no_address(settings):
    assert client_address({"client": None, "headers": []}) == UNKNOWN


@pytest.mark.parametrize(
    ("address", "expected"),
    [("203.0.113.9", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), (UNKNOWN, UNKNOWN)],
)
def test_a_network_is_wide_enough_for_a_phone_that_moves(address, expected):
    assert network(address) == expected

"""Probes over real workers: what they say while all is well, and while the store is away."""

import http.client
import json
from urllib.parse import urlsplit

import pytest


def ask(live, path, method="GET", **headers):
    parts = urlsplit(live.worker_url(0))
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def said(live, path):
    status, _, body = ask(live, path)
    return status, json.loads(body)


def test_a_worker_with_its_store_and_layer_is_alive_and_ready(live):
    assert said(live, "/healthz") == (200, {"process": "ok"})
    assert said(live, "/readyz") == (200, {"store": "ok", "layer": "ok"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_is_nobodys_visit_and_may_come_under_any_host(live, path):
    status, headers, _ = ask(live, path, Host="10.0.0.7")
    assert (status, headers["Set-Cookie"], headers["Cache-Control"]) == (200, None, "no-store")


def test_a_head_has_no_body_and_nothing_else_is_a_probe(live):
    assert ask(live, "/healthz", "HEAD")[::2] == (200, b"")
    assert ask(live, "/healthz", "POST")[0] in (403, 404)
    assert ask(live, "/healthz/")[0] == 404


def until(live, status):
    """Ask for readiness until it is so: an answer serves for a second."""
    for _ in range(10_000):
        found = said(live, "/readyz")
        if found[0] == status:
            return found[1]
    raise AssertionError(f"/readyz still says {found}")


def test_without_its_store_a_worker_lives_but_is_not_ready(live):
    live.kill_store()
    try:
        assert until(live, 503) == {"store": "out of reach", "layer": "out of reach"}
        assert said(live, "/healthz")[0] == 200
    finally:
        live.start_store()
    assert until(live, 200) == {"store": "ok", "layer": "ok"}

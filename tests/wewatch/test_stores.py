"""What the URL of a store says, and what is wrong with one."""

import pytest

from wewatch import stores


def test_a_server_keeps_its_url_whole_and_shows_no_password():
    store = stores.parse("rediss://ada:secret@redis.example:6380/3?ssl_cert_reqs=none")
    assert (store.kind, store.url) == ("server", "rediss://ada:secret@redis.example:6380/3?ssl_cert_reqs=none")
    assert store.place == "redis.example"
    assert stores.parse("unix:///run/store.sock").place == "/run/store.sock"


def test_sentinels_have_a_master_a_database_and_logins_of_their_own():
    store = stores.parse("sentinel://ada:p%2Cw@one,two:5000,[::1]:5001/Main?db=2&sentinel_password=other")
    assert store.hosts == (("one", 26379), ("two", 5000), ("::1", 5001))
    assert (store.kind, store.master) == ("sentinel", "Main")
    assert store.options == {"username": "ada", "password": "p,w", "db": 2}
    assert store.sentinel_options["password"] == "other"
    assert "ssl" not in store.sentinel_options
    assert "p" not in store.place.partition(" of ")[2]


def test_a_cluster_has_nodes_to_ask():
    store = stores.parse("clusters://:secret@one:7000,two/?ssl_ca_certs=/etc/ca.pem&ssl_check_hostname=no")
    assert store.hosts == (("one", 7000), ("two", 6379))
    tls = {"ssl": True, "ssl_ca_certs": "/etc/ca.pem", "ssl_check_hostname": False}
    assert store.options == {"password": "secret"} | tls


def test_sentinels_by_tls_are_asked_by_tls_too():
    store = stores.parse("sentinels://one/main?ssl_ca_certs=/etc/ca.pem")
    assert store.options["ssl"]
    assert store.sentinel_options["ssl_ca_certs"] == "/etc/ca.pem"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "must be like"),
        ("http://ada:secret@redis", "must be like"),
        ("redis://", "must name one host"),
        ("redis://one:secret@,two", "must name one host"),
        ("redis://:secret@one:seven", "cannot be"),
        ("redis://:secret@one:0", "must name one host"),
        ("sentinel://:secret@one,two", "master's name"),
        ("cluster://:secret@one/main", "master's name"),
        ("sentinel://:secret@one,,two/main", "with commas between"),
        ("cluster://:secret@one:seven", "with commas between"),
        ("sentinel://:secret@one/main?db=x", "number as its db"),
        ("cluster://:secret@one?db=1", "db"),
        ("sentinel://:secret@one/main?retries=3", "not known: retries"),
    ],
)
def test_a_wrong_url_is_told_without_its_password(url, why):
    with pytest.raises(ValueError, match=why) as told:
        stores.parse(url)
    assert "secret" not in str(told.value)

"""Where something is kept, as a URL says it: on one server, on the one that sentinels name, or in a cluster.

Pure: what the URL means, and in which words the channel layer and Django's cache want to be told.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

CONNECT, ANSWER = 2, 5  # seconds for a connection and for an answer: a frozen store is an error, not a wait
SINGLE = ("redis", "rediss", "unix")
PORTS = {"sentinel": 26379, "sentinels": 26379, "cluster": 6379, "clusters": 6379}  # where a URL names none
SEVERAL = r"\w+://((?P<login>[^@/?]*)@)?(?P<hosts>[^@/?]+)/?(?P<path>[^/?]*)(\?(?P<query>.*))?"
TLS = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_check_hostname")
SHARDS = r",\s*(?=[a-z]+://)"  # between the URLs of a list; sentinels stand in one URL, with commas between them
EXAMPLES = "redis://host:6379, sentinel://host:26379,host:26379/master-name or cluster://host:6379,host:6379"


@dataclass(frozen=True, slots=True)
class Store:
    """A place to keep things; `kind` is server, sentinel or cluster.

    A server has its `url`. The others have `hosts` to ask where the data is, and `options` of a connection to it;
    sentinels know the server by the name `master`, and have `sentinel_options` of their own.
    """

    kind: str
    place: str  # for people: never with a password
    url: str = ""
    hosts: tuple[tuple[str, int], ...] = ()
    master: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    sentinel_options: Mapping[str, Any] = field(default_factory=dict)


def parse(url: str) -> Store:
    """What a URL says. Raises ValueError with what is wrong, which never shows a password."""
    scheme = url.partition("://")[0]
    if scheme in SINGLE:
        return _server(url)
    if scheme in PORTS and (parts := re.fullmatch(SEVERAL, url)):
        return _several(scheme, **{name: part or "" for name, part in parts.groupdict().items()})
    raise ValueError(f"must be like {EXAMPLES}")


def _server(url: str) -> Store:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError("names a host or a port that cannot be one") from error
    if not (host or parts.path) or "," in host or port == 0:
        raise ValueError(f"must name one host, like {EXAMPLES}")
    return Store("server", host or parts.path, url)


def _several(scheme: str, login: str, hosts: str, path: str, query: str) -> Store:
    kind, master = scheme.removesuffix("s"), unquote(path)
    asked = tuple(_host(name, PORTS[scheme]) for name in hosts.split(","))
    if bool(master) != (kind == "sentinel"):
        raise ValueError("must end with the master's name where sentinels are asked, and only there")
    given = dict(parse_qsl(query, keep_blank_values=True))
    known = TLS if kind == "cluster" else (*TLS, "db", "sentinel_username", "sentinel_password")
    if unknown := given.keys() - set(known):
        raise ValueError(f"has options that are not known: {', '.join(sorted(unknown))}. Known are {', '.join(known)}")
    tls = _tls(given) if scheme.endswith("s") else {}
    options = _login(*map(unquote, login.partition(":")[::2])) | tls
    if kind == "cluster":
        return Store(kind, hosts, hosts=asked, options=options)
    if not given.get("db", "0").isdecimal():
        raise ValueError("must have a number as its db")
    # No second try of a sentinel: there are others to ask.
    limits = {"socket_timeout": CONNECT, "socket_connect_timeout": CONNECT, "retry": None}
    of_sentinels = _login(given.get("sentinel_username", ""), given.get("sentinel_password", "")) | tls
    return Store(
        kind,
        f"{master} of {hosts}",
        hosts=asked,
        master=master,
        options=options | {"db": int(given.get("db", 0))},
        sentinel_options=limits | of_sentinels,
    )


def _host(name: str, port: int) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{name}")
        if parts.hostname and parts.port != 0:
            return parts.hostname, parts.port or port
    except ValueError:
        pass
    raise ValueError("must name hosts with commas between them, each as host:port")


def _login(username: str, password: str) -> dict[str, str]:
    return {name: value for name, value in (("username", username), ("password", password)) if value}


def _tls(query: Mapping[str, str]) -> dict[str, Any]:
    given: dict[str, Any] = {"ssl": True} | {name: query[name] for name in TLS if name in query}
    if "ssl_check_hostname" in given:
        given["ssl_check_hostname"] = given["ssl_check_hostname"] not in ("0", "no", "false", "False")
    return given


def layer_host(store: Store) -> dict[str, Any]:
    """A host of the channel layer (not a cluster).

    Its own socket timeout would end a quiet subscription, so it has none; `broadcast.py` bounds each publish instead.
    """
    if store.kind == "server":
        return {"address": store.url, "socket_timeout": None}
    asked = {"sentinels": list(store.hosts), "sentinel_kwargs": dict(store.sentinel_options)}
    limits = {"socket_timeout": None, "socket_connect_timeout": CONNECT}
    return {"master_name": store.master, **asked, **limits, **store.options}


def cache(store: Store) -> dict[str, Any]:
    """Django's cache there (not a cluster). Always on the master: a replica is behind, and it counts tries."""
    options: dict[str, Any] = {"SOCKET_CONNECT_TIMEOUT": CONNECT, "SOCKET_TIMEOUT": ANSWER}
    url = store.url
    if store.kind == "sentinel":
        url = f"redis://{quote(store.master, safe='')}/{store.options['db']}"
        options["CONNECTION_FACTORY"] = "django_redis.pool.SentinelConnectionFactory"
        options["SENTINELS"] = list(store.hosts)
        options["SENTINEL_KWARGS"] = dict(store.sentinel_options)
        options["CONNECTION_POOL_KWARGS"] = {"service_name": store.master, **store.options}
    return {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": url, "KEY_PREFIX": "ww:cache", "OPTIONS": options}

"""Which users last, what is kept of them, and what a change of the site's key leaves. Over a real store."""

import pytest

from accounts import services
from accounts import store as accounts_store
from accounts.identity import KEPT
from tests.stores import names
from wewatch.record import NewerSchema

HERE = "here"


class Killed(Exception):
    """The worker ended here."""


async def crash(*args):
    raise Killed


async def visit(cookie=None, context=HERE, page=True):
    return await services.enter(cookie, context, page, "127.0.0.1")


async def test_a_thousand_visits_without_cookies_make_no_lasting_user(store, monkeypatch):
    monkeypatch.setattr(services, "NEWCOMERS", (10_000, 600))
    for _ in range(1000):
        await visit()
    assert await store.zcard(store_index()) == 0
    lives = [await store.ttl(key) async for key in store.scan_iter("ww:{u:*")]
    assert len(lives) == 2000
    assert all(0 < life <= 3600 for life in lives)


async def test_a_user_lasts_once_its_cookie_came_back(store):
    start = await visit()
    await visit(start.cookie, page=False)
    assert await store.ttl(f"ww:{{u:{start.account.id}}}:profile") == -1
    assert await store.zrange(store_index(), 0, -1) == [str(start.account.id)]


async def test_a_crash_while_a_user_is_made_durable_is_made_good_by_the_next_visit(store, monkeypatch):
    start = await visit()
    with monkeypatch.context() as crashing:
        crashing.setattr(accounts_store, "keep", crash)
        with pytest.raises(Killed):
            await visit(start.cookie)
    await visit(start.cookie)
    assert await store.ttl(accounts_store.profile_key(start.account.id)) == -1
    assert await store.ttl(accounts_store.family_key(start.account.id, start.account.family)) > 3600
    assert await store.zcard(store_index()) == 1


async def test_a_user_lasts_once_it_wrote_something(store):
    start = await visit()
    await services.change(start.account, {"name": "Ada"})
    assert await store.ttl(accounts_store.profile_key(start.account.id)) == -1
    assert await store.ttl(accounts_store.family_key(start.account.id, start.account.family)) > 3600


async def test_a_change_does_not_bring_back_a_user_who_is_gone(store):
    start = await visit()
    await store.flushall()
    await services.change(start.account, {"name": "Ada"})
    assert await names(store, f"ww:{{u:{start.account.id}}}:*") == []


async def test_a_flood_of_newcomers_from_one_address_is_stopped(store, monkeypatch):
    monkeypatch.setattr(services, "NEWCOMERS", (3, 600))
    for _ in range(3):
        await visit()
    with pytest.raises(services.TooManyNewcomers):
        await visit()


async def test_a_counter_that_is_behind_gives_nobody_another_ones_account(store):
    people = [await visit() for _ in range(3)]
    for person in people:
        await visit(person.cookie)
    await store.set("ww:seq:user", 0)
    assert (await visit()).account.id > people[-1].account.id


@pytest.mark.embedded
async def test_no_token_stands_in_the_store_or_its_file(store):
    cookies = [(await visit()).cookie]
    for _ in range(KEPT + 8):
        cookies.append((await visit(cookies[-1])).cookie)
    secrets = [cookie.split(".")[4].split(":")[0] for cookie in cookies]
    dump = [await contents(store, key) async for key in store.scan_iter("ww:{u:*")]
    await store.bgrewriteaof()
    files = b"".join(path.read_bytes() for path in (data_dir() / "appendonlydir").iterdir())
    assert not [secret for secret in secrets if secret in str(dump) or secret.encode() in files]


async def test_a_change_of_the_sites_key_locks_nobody_out_while_the_old_one_is_a_fallback(store, settings):
    start = await visit()
    second = await visit(start.cookie)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert (await visit(start.cookie)).account == start.account
    third = await visit(second.cookie)
    settings.SECRET_KEY_FALLBACKS = []
    assert (await visit(third.cookie)).account == start.account


async def test_without_a_fallback_the_old_keys_cookies_are_nobodys(store, settings):
    start = await visit()
    settings.SECRET_KEY = "n" * 50
    assert (await visit(start.cookie, page=False)).account is None


async def contents(store, key):
    kind = await store.type(key)
    ranged = {"zset": store.zrange, "list": store.lrange}
    return str(await (ranged[kind](key, 0, -1) if kind in ranged else store.hgetall(key)))


def store_index():
    return accounts_store.INDEX


def data_dir():
    from django.conf import settings

    return settings.DATA_DIR


@pytest.mark.parametrize("part", ["profile", "family:*"])
async def test_a_user_whom_a_newer_program_wrote_is_not_touched(store, part):
    start = await visit()
    [key] = [key async for key in store.scan_iter(f"ww:{{u:*:{part}")]
    await store.hset(key, "schema", 99)
    before = await store.hgetall(key)
    with pytest.raises(NewerSchema, match="update it"):
        await visit(start.cookie)
    assert await store.hgetall(key) == before

"""The figures of the dashboard over a real store: added up over processes, forgotten with those that died."""

import logging

import pytest

from wewatch import pulse
from wewatch.clock import clock

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture(autouse=True)
def quiet():
    pulse.counts.clear()


async def test_what_was_counted_is_told_once_and_added_up():
    pulse.counts["acts"] += 3
    await pulse.report(viewers=5)
    await pulse.report(viewers=7)
    pulse.counts["acts"] += 2
    await pulse.report(viewers=6)
    assert await pulse.read() == pulse.Pulse(viewers=6, acts=5, errors=0, processes=1)


async def test_viewers_of_all_processes_count_but_for_those_that_died(store, monkeypatch):
    await pulse.report(viewers=5)
    monkeypatch.setattr(pulse, "_process", "another")
    await pulse.report(viewers=2)
    assert (await pulse.read()).viewers == 7
    await store.hset(pulse.PROCESSES, "another", f"{clock().now() - pulse.SILENT - 1000:.0f} 2")
    assert (await pulse.read()).viewers == 5
    assert await store.hkeys(pulse.PROCESSES) != ["another"]
    assert await store.hlen(pulse.PROCESSES) == 1


async def test_an_error_in_the_log_counts_and_a_warning_does_not():
    logger = logging.getLogger("somewhere.deep")
    logger.warning("no error")
    logger.error("an error")
    await pulse.report(viewers=0)
    assert (await pulse.read()).errors == 1


async def test_counts_end_with_their_minute(store):
    pulse.counts["acts"] += 1
    await pulse.report(viewers=0)
    bucket = int(clock().now() / 1000) // pulse.BUCKET
    lives = [await store.ttl(key) async for key in store.scan_iter("ww:pulse:*")]
    assert len(lives) == 2
    assert all(0 < life <= pulse.KEPT for life in lives)
    (key,) = [key async for key in store.scan_iter("ww:pulse:acts:*")]
    await store.set(f"ww:pulse:acts:{bucket - pulse.WINDOW - 1}", await store.getdel(key))
    assert (await pulse.read()).acts == 0


async def test_what_was_not_told_while_the_store_was_away_is_told_later(monkeypatch):
    pulse.counts["acts"] += 4

    class Away:
        def pipeline(self, transaction):
            raise ConnectionError("away")

    with monkeypatch.context() as away:
        away.setattr(pulse, "client", Away)
        with pytest.raises(ConnectionError):
            await pulse.report(viewers=1)
    await pulse.report(viewers=1)
    assert (await pulse.read()).acts == 4


async def test_the_memory_of_the_store_is_known():
    assert (await pulse.memory()).used > 100_000

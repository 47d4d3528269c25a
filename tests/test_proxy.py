"""The proxy that tests balance and break lines with."""

import asyncio
import contextlib

import pytest

from tests.proxy import HOST, Proxy, Way

UPGRADE = b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"


async def _echo(name: bytes) -> asyncio.Server:
    async def answer(reader, writer):
        while chunk := await reader.read(1000):
            writer.write(name + chunk)
        writer.close()  # left open, it would be closed by the garbage collector, in whichever thread that runs

    return await asyncio.start_server(answer, HOST, 0)


@pytest.fixture
async def two():
    """Two servers that answer with their names."""
    servers = [await _echo(b"0"), await _echo(b"1")]
    yield servers
    for server in servers:
        server.close()


@pytest.fixture
def proxy(two):
    made = Proxy([server.sockets[0].getsockname()[1] for server in two], up=Way(delay=100))
    made.start()
    yield made
    made.stop()


async def ask(proxy: Proxy, text: bytes = b"hello") -> bytes:
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    writer.write(text)
    answer = await reader.read(1000)
    writer.close()
    return answer


async def test_new_lines_go_to_the_preferred_target(proxy):
    assert await ask(proxy) == b"0hello"
    proxy.prefer(1)
    assert await ask(proxy) == b"1hello"


async def test_a_target_that_is_gone_is_passed_over(proxy, two):
    two[0].close()
    await two[0].wait_closed()
    assert await ask(proxy) == b"1hello"


@pytest.mark.parametrize(("text", "least"), [(UPGRADE, 0.1), (b"GET / HTTP/1.1\r\n\r\n", 0)])
async def test_only_websockets_are_shaped(proxy, text, least):
    began = asyncio.get_running_loop().time()
    assert await ask(proxy, text) == b"0" + text
    assert asyncio.get_running_loop().time() - began >= least


async def test_a_frozen_line_lets_nothing_pass_until_it_thaws(proxy):
    proxy.freeze()
    asking = asyncio.ensure_future(ask(proxy))
    done, _ = await asyncio.wait([asking], timeout=0.2)
    assert not done
    proxy.thaw()
    assert await asking == b"0hello"


async def test_a_cut_ends_the_lines_and_takes_new_ones(proxy):
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    writer.write(b"hello")
    await reader.read(1000)
    proxy.cut()
    with contextlib.suppress(ConnectionResetError):  # an end or a reset: both say that the line is gone
        assert await reader.read() == b""
    assert await ask(proxy) == b"0hello"

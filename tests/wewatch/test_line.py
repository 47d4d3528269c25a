"""Frames on a line: straight to the socket where nothing waits, behind what waits otherwise."""

import socket

import pytest
from twisted.internet import tcp

from wewatch.line import STATE_OPEN, UNSENT_LIMIT, Line, can_write_straight, text_frame


class Transport(tcp.Server):
    """Twisted's own class with its own buffers, over one end of a real socket pair; no reactor runs."""

    def __init__(self, end):
        self.socket, self.dataBuffer, self.offset = end, b"", 0
        self._tempDataBuffer, self._tempDataLen = [], 0

    def write(self, data):
        self._tempDataBuffer.append(data)
        self._tempDataLen += len(data)

    def __hash__(self):
        return id(self)


Transport.__name__ = "Server"


class Protocol:
    """The little of Autobahn's protocol that a line asks for."""

    def __init__(self, transport):
        self.transport, self.state, self.dropped = transport, STATE_OPEN, False

    def dropConnection(self, abort):  # noqa: N802
        self.dropped = abort


@pytest.fixture
def ends():
    near, far = socket.socketpair()
    near.setblocking(False)
    yield near, far
    near.close()
    far.close()


@pytest.fixture
def protocol(ends, monkeypatch):
    monkeypatch.setattr("wewatch.line.tcp.Server", Transport)
    return Protocol(Transport(ends[0]))


@pytest.mark.parametrize(
    ("size", "head"),
    [
        (0, b"\x81\x00"),
        (125, b"\x81\x7d"),
        (126, b"\x81\x7e\x00\x7e"),
        (65536, b"\x81\x7f" + (65536).to_bytes(8, "big")),
    ],
)
def test_a_frame_has_the_head_of_rfc_6455(size, head):
    assert text_frame(b"x" * size) == head + b"x" * size


def test_a_frame_goes_straight_to_the_socket(protocol, ends):
    Line(protocol).write(b"frame")
    assert ends[1].recv(100) == b"frame"
    assert protocol.transport._tempDataLen == 0


def test_what_waits_goes_first(protocol):
    line = Line(protocol)
    protocol.transport.write(b"first")
    line.write(b"second")
    assert protocol.transport._tempDataBuffer == [b"first", b"second"]


def test_of_a_frame_that_does_not_fit_the_rest_waits(protocol, ends):
    ends[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    frame = bytes(range(256)) * 400
    Line(protocol).write(frame)
    rest = b"".join(protocol.transport._tempDataBuffer)
    assert 0 < len(rest) < len(frame)
    assert ends[1].recv(len(frame)) + rest == frame


def test_one_who_does_not_read_is_dropped(protocol):
    line = Line(protocol)
    protocol.transport.write(b"x" * UNSENT_LIMIT)
    assert not protocol.dropped
    line.write(b"one more")
    assert protocol.dropped


def test_a_closing_line_is_left_alone(protocol, ends):
    protocol.state = STATE_OPEN - 1
    Line(protocol).write(b"frame")
    ends[1].setblocking(False)
    with pytest.raises(BlockingIOError):
        ends[1].recv(1)


def test_another_kind_of_transport_is_written_to_by_its_public_way(ends):
    class Tls:
        written = b""

        def write(self, data):
            self.written += data

    protocol = Protocol(Tls())
    Line(protocol).write(b"frame")
    assert protocol.transport.written == b"frame"


def test_twisted_is_as_this_relies_on():
    from twisted.internet import abstract

    fields = vars(abstract.FileDescriptor)
    assert fields["dataBuffer"] == b""
    assert fields["offset"] == 0
    assert not can_write_straight(object())

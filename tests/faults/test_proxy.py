"""The fault proxy does each of its faults, in one direction only when asked, and heals."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.fakes.http_messages import Requests
from tests.fakes.nats_messages import Messages
from tests.fakes.proxy import Proxy, Way

ONE, TWO = b"MSG a 1 3\r\none\r\n", b"MSG a 1 5\r\nt\r\nwo\r\n"


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """Stand before a server that says everything back."""
    with socket.create_server(("127.0.0.1", 0)) as echo:
        threading.Thread(target=answer_all, args=(echo,), daemon=True).start()
        with Proxy("127.0.0.1", echo.getsockname()[1]) as proxy:
            yield proxy
        echo.shutdown(socket.SHUT_RDWR)


def answer_all(echo: socket.socket) -> None:
    while True:
        try:
            line, _ = echo.accept()
        except OSError:
            return  # the test is over
        threading.Thread(target=say_back, args=(line,), daemon=True).start()


def say_back(line: socket.socket) -> None:
    with line:
        try:
            while piece := line.recv(65536):
                line.sendall(piece)
        except OSError:
            return  # cut, as the test wanted


def call(proxy: Proxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), 5)


def test_a_good_network_passes_everything_on(proxy: Proxy) -> None:
    with call(proxy) as line:
        line.sendall(b"hello")
        assert line.recv(100) == b"hello"


def test_who_is_refused_comes_in_after_healing(proxy: Proxy) -> None:
    proxy.refuse()
    with pytest.raises(ConnectionRefusedError):
        call(proxy)
    proxy.heal()
    with call(proxy) as line:
        line.sendall(b"hello")
        assert line.recv(100) == b"hello"


def test_a_reset_is_heard_as_a_reset(proxy: Proxy) -> None:
    with call(proxy) as line:
        line.sendall(b"hello")
        line.recv(100)
        proxy.reset()
        with pytest.raises(ConnectionResetError):
            line.recv(100)


@pytest.mark.parametrize("which", ["to_server", "to_client", "both"])
def test_a_silent_direction_holds_bytes_and_loses_none(proxy: Proxy, which: str) -> None:
    with call(proxy) as line:
        if which == "both":
            proxy.black_hole()
        else:
            getattr(proxy, which).silent = True
        line.sendall(b"hello")
        line.settimeout(0.2)
        with pytest.raises(TimeoutError):
            line.recv(100)
        proxy.heal()
        line.settimeout(5)
        assert line.recv(100) == b"hello"


def test_a_slow_direction_takes_its_time(proxy: Proxy) -> None:
    with call(proxy) as line:
        proxy.to_client.latency = 0.2
        started = time.monotonic()
        line.sendall(b"hello")
        assert line.recv(100) == b"hello"
        assert time.monotonic() - started >= 0.2


def test_messages_are_dropped_doubled_and_swapped_whole() -> None:
    assert Messages().feed(b"PING\r\n" + ONE, Way(drop=True)) == b"PING\r\n"
    assert Messages().feed(ONE + TWO, Way(double=True)) == ONE + ONE + TWO + TWO
    assert Messages().feed(ONE + TWO, Way(swap=True)) == TWO + ONE


def test_messages_in_pieces_are_put_together() -> None:
    messages, way = Messages(), Way()
    passed = [messages.feed(bytes([byte]), way) for byte in ONE + b"PONG\r\n" + TWO]
    assert [piece for piece in passed if piece] == [ONE, b"PONG\r\n", TWO]


def test_requests_are_said_twice_whole_and_answers_once() -> None:
    ask = b"PUT /a HTTP/1.1\r\nContent-Length: 3\r\n\r\none"
    requests, way = Requests(), Way(double=True)
    passed = [requests.feed(bytes([byte]), way) for byte in ask + ask]
    assert [piece for piece in passed if piece] == [ask * 2, ask * 2]
    assert Requests().feed(ask, Way()) == ask
    assert Requests().feed(b"HTTP/1.1 200 OK\r\n\r\n", way) == b"HTTP/1.1 200 OK\r\n\r\n"

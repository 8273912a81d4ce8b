"""What a network does to people: each makes a proxy bad in one way, until it is healed."""

from __future__ import annotations

from collections.abc import Callable

from .proxy import Proxy

Fault = Callable[[Proxy], None]


def refused(proxy: Proxy) -> None:
    proxy.refuse()
    proxy.reset()


def reset(proxy: Proxy) -> None:
    proxy.reset()


def black_hole(proxy: Proxy) -> None:
    proxy.black_hole()


def hears_nothing(proxy: Proxy) -> None:
    proxy.to_client.silent = True


def says_nothing(proxy: Proxy) -> None:
    proxy.to_server.silent = True


def late(proxy: Proxy) -> None:
    proxy.to_client.latency = 0.2


def trickling(proxy: Proxy) -> None:
    proxy.to_server.bytes_per_second = proxy.to_client.bytes_per_second = 1000


def dropped(proxy: Proxy) -> None:
    proxy.to_client.drop = proxy.to_server.drop = True


def doubled(proxy: Proxy) -> None:
    proxy.to_client.double = True


def said_twice(proxy: Proxy) -> None:
    proxy.to_server.double = True


def swapped(proxy: Proxy) -> None:
    proxy.to_client.swap = True


OF_BYTES: list[Fault] = [refused, reset, black_hole, hears_nothing, says_nothing, late]
OF_MESSAGES: list[Fault] = [dropped, doubled, swapped]

"""Names become addresses here, once, and only addresses that may be dialled come out.

Resolving and dialling are one step, so a name that answers differently the second time (DNS
rebinding) finds nobody who asks a second time.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import ip_address

import httpcore2

from . import Blocked, Unreachable
from .addresses import Trust, reachable

Resolver = Callable[[str], Awaitable[Sequence[str]]]
"""Takes a host name and returns its numeric addresses, best first. Raises Unreachable."""

_SECONDS_PER_ADDRESS = 3.0
_ADDRESSES = 4  # more are not tried


async def ask_the_system(host: str) -> Sequence[str]:
    """Resolve a name as the operating system does."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # no such name, or one that DNS cannot carry
        raise Unreachable from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class PinnedNetwork(httpcore2.AsyncNetworkBackend):
    """Dials nothing but addresses that were checked a moment ago."""

    def __init__(
        self, resolve: Resolver, dial: httpcore2.AsyncNetworkBackend, trust: Trust
    ) -> None:
        self._resolve = resolve
        self._dial = dial
        self._trust: Trust = trust

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - the engine's signature; the whole request has one limit
        local_address: str | None = None,  # noqa: ARG002 - the same
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first checked address that answers."""
        failure: Exception = Unreachable()
        for address in await self._checked(host):
            try:
                return await self._dial.connect_tcp(
                    address, port, timeout=_SECONDS_PER_ADDRESS, socket_options=socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure

    async def _checked(self, host: str) -> Sequence[str]:
        addresses = [host] if _is_number(host) else await self._resolve(host)
        if not all(reachable(address, self._trust) for address in addresses):
            # one bad answer among good ones is an attack or a mistake, never a service
            raise Blocked("private_address" if self._trust == "nobody" else "not_at_home")
        return addresses[:_ADDRESSES]


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

"""The real way out: HTTP/1.1 over connections whose addresses were checked before dialling.

The guard stands inside the connection pool, at the one place where a name becomes an address: the
name is resolved once, every answer is checked, and a checked answer is dialled as a number. The
pool itself only knows the name, so Host, SNI and certificate are right by themselves. The engine
below (httpcore2) has no proxies, cookies, netrc, redirects or decompression that could surprise.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

import httpcore2

from . import (
    Blocked,
    Gate,
    LastLook,
    Recipient,
    Request,
    Response,
    TimedOut,
    TooLarge,
    Unreachable,
)
from .addresses import Trust
from .network import PinnedNetwork, Resolver, ask_the_system
from .targets import Target, admit, registered

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FIRST_BYTE = ".send_request_headers.started"
_CONNECTIONS = 20  # at once, per recipient
_IDLE_SECONDS = 30  # after that a name is resolved again


class HttpOutbound:
    """Sends to the given recipients and to nobody else. Close it when the process stops.

    ``resolve`` and ``dial`` are the network, handed in; ``trust`` are the certificate authorities,
    by default the system's. Until ``gate`` is set, nothing is sent for a workspace.
    """

    def __init__(
        self,
        recipients: Iterable[Recipient],
        *,
        resolve: Resolver = ask_the_system,
        dial: httpcore2.AsyncNetworkBackend | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._recipients = {recipient.name: recipient for recipient in recipients}
        self._resolve = resolve
        self._dial = dial or httpcore2.AnyIOBackend()
        self._trust = trust
        self.gate: Gate | None = None
        self._pools: dict[tuple[str, bool], httpcore2.AsyncConnectionPool] = {}

    async def send(self, request: Request) -> Response:
        """Send it and return the answer. Raises a ``Failure``."""
        recipient = registered(self._recipients, request)
        if recipient.by_workspace:
            await self._pass(request)
        try:
            async with asyncio.timeout(recipient.seconds):
                return await self._follow(recipient, request)
        except TimeoutError:
            raise TimedOut from None

    async def _pass(self, request: Request) -> None:
        if not request.workspace_id:
            raise Blocked("nobodys")
        if self.gate is None:
            raise Blocked("not_enabled")
        await self.gate(request)

    async def aclose(self) -> None:
        """Hang up."""
        for pool in self._pools.values():
            await pool.aclose()
        self._pools.clear()

    async def _follow(self, recipient: Recipient, request: Request) -> Response:
        target, headers = admit(recipient, request.url), request.headers
        url = request.url
        for _ in range(request.redirects + 1):
            response = await self._ask(recipient, target, request, headers)
            location = response.headers.get("location")
            if not request.redirects or response.status not in _REDIRECTS or location is None:
                return response
            url = urljoin(url, location)
            here, target = target, admit(recipient, url)
            headers = headers if target.origin == here.origin else {}
        raise Blocked("too_many_redirects")

    async def _ask(
        self, recipient: Recipient, target: Target, request: Request, headers: Mapping[str, str]
    ) -> Response:
        with _named_failures():
            async with self._pool(recipient, target).stream(
                request.method,
                httpcore2.URL(
                    scheme=target.scheme.encode(),
                    host=target.host.encode(),
                    port=target.port,
                    target=target.path.encode(),
                ),
                headers=_sent(headers, target),
                content=request.content if request.method == "POST" else None,
                extensions=_before_the_first_byte(request.last_look),
            ) as answer:
                content = await _read(answer, recipient.response_bytes)
                return Response(answer.status, _received(answer), content)

    def _pool(self, recipient: Recipient, target: Target) -> httpcore2.AsyncConnectionPool:
        # One pool per recipient and trust: a connection that the operator vouched for must never
        # be found by a request that nobody vouched for.
        key = (recipient.name, target.vouched)
        if key not in self._pools:
            self._trust = self._trust or httpcore2.default_ssl_context()
            self._pools[key] = httpcore2.AsyncConnectionPool(
                ssl_context=self._trust,
                max_connections=_CONNECTIONS,
                keepalive_expiry=_IDLE_SECONDS,
                network_backend=PinnedNetwork(self._resolve, self._dial, _trust(recipient, target)),
            )
        return self._pools[key]


def _trust(recipient: Recipient, target: Target) -> Trust:
    if not target.vouched:
        return "nobody"
    return "anywhere" if recipient.anywhere else "own"


@contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except httpcore2.TimeoutException as error:
        raise TimedOut from error
    except (httpcore2.LocalProtocolError, UnicodeEncodeError) as error:  # a header that is none
        raise Blocked("malformed") from error
    except (httpcore2.NetworkError, httpcore2.RemoteProtocolError, OSError) as error:
        raise Unreachable from error


def _before_the_first_byte(look: LastLook | None) -> dict[str, Any]:
    """Return what the engine is to tell of each of its steps, and to wait for."""
    if look is None:
        return {}

    async def told(step: str, _about: dict[str, Any]) -> None:
        if step.endswith(_FIRST_BYTE) and not await look():
            raise Blocked("taken_back")

    return {"trace": told}


def _sent(headers: Mapping[str, str], target: Target) -> list[tuple[bytes, bytes]]:
    # identity: what nobody unpacks cannot be a bomb
    ours = {"host": target.authority, "accept-encoding": "identity"}
    sent = {name.lower(): value for name, value in headers.items()} | ours
    return [(name.encode("ascii"), value.encode("ascii")) for name, value in sent.items()]


def _received(answer: httpcore2.Response) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, raw_value in answer.headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


async def _read(answer: httpcore2.Response, limit: int) -> bytes:
    content = bytearray()
    async for chunk in answer.aiter_stream():
        content += chunk
        if len(content) > limit:
            raise TooLarge
    return bytes(content)

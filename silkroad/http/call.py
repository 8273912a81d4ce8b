"""One request, as an operation sees it: who calls, the house, and what to set on the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request

from silkroad.kit.errors import refuse
from silkroad.kit.languages import Language, choose
from silkroad.kit.networks import network
from silkroad.kit.scope import Scope, anonymous

from .cookies import Cookie

if TYPE_CHECKING:
    from .house import House


class Call:
    """One request on its way through an operation."""

    __slots__ = ("cookies", "house", "request", "scope")

    def __init__(self, house: House, request: Request) -> None:
        self.house = house
        self.request = request
        self.scope: Scope = anonymous()
        self.cookies: list[Cookie] = []

    @property
    def address(self) -> str:
        """The caller's network address; behind a trusted proxy, the one that it vouches for."""
        client = self.request.client
        return client.host if client else ""

    @property
    def network(self) -> str:
        """The caller's address as limits count it: IPv6 by its /64."""
        return network(self.address)

    @property
    def agent(self) -> str:
        """The browser's own name, cut to 200 characters."""
        return self.request.headers.get("user-agent", "")[:200]

    @property
    def language(self) -> Language:
        """The language that the caller's browser asks for."""
        return choose(self.request.headers.get("accept-language", ""))

    def cookie(self, name: str) -> str:
        return self.request.cookies.get(name, "")

    def header(self, name: str) -> str:
        return self.request.headers.get(name, "")

    def set_cookie(self, cookie: Cookie) -> None:
        self.cookies.append(cookie)

    async def body(self, most: int, take: Callable[[int], None] | None = None) -> bytes:
        """Return the request's body; ``take`` is told of each part before it is kept.

        Raises Refusal ``too_large`` beyond ``most`` bytes, ``malformed`` when it is cut off.
        """
        announced = self.request.headers.get("content-length", "0")
        if announced.isdigit() and int(announced) > most:
            raise refuse("too_large")
        parts: list[bytes] = []
        size = 0
        try:
            async for part in self.request.stream():
                size += len(part)
                if size > most:
                    raise refuse("too_large")
                if take:
                    take(len(part))
                parts.append(part)
        except ClientDisconnect as gone:
            raise refuse("malformed", "This was cut off on its way.") from gone
        return b"".join(parts)

"""Operations: every door of the HTTP interface, typed, with its policy on it.

``@operation(…)`` turns a function of a module's ``routes.py`` into an ``Operation``; ``parts.py``
collects them. There is no way to make one without permission, purpose, data classes and audit.
The OpenAPI document, the TypeScript types and the permission tests are made from the same list.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal, get_type_hints

import msgspec

from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission
from silkroad.kit.policy import Policy

from .throttle import Rate

Door = Literal["console", "widget", "public"]
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

_PATH_NAME = re.compile(r"{(\w+)}")


class Empty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to say."""


class Ticket(msgspec.Struct, frozen=True):
    """A one-time key to the socket, good until ``expires_at``."""

    ticket: str
    expires_at: int


class Download(msgspec.Struct, frozen=True):
    """Bytes instead of JSON, with the headers that make them safe to open."""

    data: bytes
    media_type: str
    headers: dict[str, str]


class Flow(Download, frozen=True):
    """A download that is made while it is sent: pieces of bytes, after ``data``, which is empty."""

    pieces: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Operation:
    """One door. ``raw`` takes the body as bytes, at most that many, instead of a Struct.

    ``rate`` is how often one person may send such a body; it is asked before a byte is read.
    """

    name: str
    method: Method
    path: str
    door: Door
    policy: Policy
    handler: Callable[..., Awaitable[Any]]
    path_names: tuple[str, ...]
    query: type[msgspec.Struct] | None
    body: type[msgspec.Struct] | None
    raw: int
    rate: Rate | None
    result: Any
    doc: str

    @property
    def notice_first(self) -> bool:
        """Whether a stranger would leave something of theirs here, before they read the notice."""
        leaves_something = self.method in {"POST", "PUT", "PATCH"}
        return self.door == "widget" and leaves_something


def operation(
    name: str,
    method: Method,
    path: str,
    *,
    door: Door = "console",
    permission: Permission,
    purpose: Purpose,
    returns: set[DataClass],
    audited: bool,
    raw: int = 0,
    rate: Rate | None = None,
) -> Callable[[Callable[..., Awaitable[Any]]], Operation]:
    """Declare the decorated handler as an operation.

    The handler takes ``call``, then each name in the path as a string, then ``query`` and ``body``
    by their annotated Struct types (``body: bytes`` with ``raw``). Raises TypeError when the
    signature and the declaration differ.
    """

    def declare(handler: Callable[..., Awaitable[Any]]) -> Operation:
        hints = get_type_hints(handler)
        names = tuple(_PATH_NAME.findall(path))
        given = set(inspect.signature(handler).parameters) - {"call", "query", "body"}
        if given != set(names):
            raise TypeError(f"{name}: {sorted(given)} are not the names in {path}")
        if (method in {"POST", "PUT", "PATCH"}) != ("body" in hints):
            raise TypeError(f"{name}: {method} and body do not go together")
        return Operation(
            name=name,
            method=method,
            path=path,
            door=door,
            policy=Policy(permission, purpose, frozenset(returns), audited),
            handler=handler,
            path_names=names,
            query=hints.get("query"),
            body=None if raw else hints.get("body"),
            raw=raw,
            rate=rate,
            result=hints["return"],
            doc=inspect.getdoc(handler) or "",
        )

    return declare

"""The only way out of the process: whoever sends anything to another machine sends it here.

A request names its recipient, and every recipient is registered with its purpose, its data and its
hosts; what is not registered is not sent. Clauses 1.8d, 2.0: third parties are named before they
get anything, and get what is named. See docs/decisions/011.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from silkroad.kit.inventory import DataClass, Purpose

MAX_REDIRECTS = 3

BlockReason = Literal[
    "unregistered",  # nobody declared this recipient
    "undeclared",  # it does not say what it carries, or carries what the recipient may not get
    "malformed",  # the address is not a plain absolute URL, or a header is not one
    "scheme",  # not https
    "port",  # not 443
    "host",  # not one of the recipient's hosts
    "private_address",  # the name leads into a network that is not the public internet
    "not_at_home",  # the operator vouched for it, and the name leads out of the operator's network
    "too_many_redirects",
    "request_too_large",
    "nobodys",  # it is for a workspace, and does not say for which
    "not_enabled",  # this workspace has not switched the recipient on as it is now, or has ended it
    "beyond_the_contract",  # it carries what this workspace's contract does not cover
    "leaves_the_region",  # the workspace's data stays in its region, and no transfer is recorded
    "taken_back",  # whoever asked for it wants it no more, now that it could go
]


class Field(StrEnum):
    """One thing that somebody outside gets, by name. Clause 2.0: what is not named does not go."""

    PUSH_ADDRESS = "push_address"  # where the browser's own push service reaches this browser
    WAKE_ID = "wake_id"  # a random id, sealed for the device
    WAKE_TIME = "wake_time"  # when, how urgently, for how long; related wakes under one blind mark
    OPERATOR_CONTACT = "operator_contact"  # the address that the standard asks for (RFC 8292)
    SERVER_ADDRESS = "server_address"
    ROOT_KEY = "root_key"
    STORED_ROWS = "stored_rows"  # what is kept of everybody, written words and names sealed
    STORED_KEYS = "stored_keys"  # the keys of all that, each wrapped
    STORED_FILES = "stored_files"  # sealed, with their sizes
    NODE_HINTS = "node_hints"  # ids: who is there, and where something is new


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody whom Silkroad may talk to, and what they may get: by kind, and by name.

    Where ``by_workspace`` is set, each request is made for one workspace, and only while that has
    the recipient switched on; the others are for the installation itself. ``region`` is where the
    recipient stands.

    A host is a name, or ``*.name`` for everything below it. A ``vouched`` origin, such as
    ``http://127.0.0.1:8099``, is one that the operator answers for: it needs no https, no port
    443, no listed host, and its address is private, so it stands beside the installation (2.1).
    Only where something else holds where it stands, it may be ``anywhere``.
    """

    name: str
    purpose: Purpose
    data: frozenset[DataClass]
    fields: frozenset[Field]
    hosts: frozenset[str]
    vouched: frozenset[str] = frozenset()
    anywhere: bool = False
    seconds: float = 10
    request_bytes: int = 64 * 1024
    response_bytes: int = 64 * 1024
    by_workspace: bool = False
    region: str = "home"


LastLook = Callable[[], Awaitable[bool]]
"""Whether what was asked for may still go. Until there is a connection, a lot can change."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request. Address, headers and content stay out of ``repr``: an address can be a secret.

    ``fields`` are what it carries; a request that names none carries nothing, so it is not sent.

    Redirects are followed only for GET and only when asked for (at most three), each hop checked
    like the first; headers do not travel to another origin.

    ``last_look`` is asked when the connection stands, before its first byte: names, dialling and
    handshakes take as long as the other side likes.
    """

    recipient: str
    method: Literal["GET", "POST"]
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes = field(default=b"", repr=False)
    redirects: int = 0
    workspace_id: str = ""
    fields: frozenset[Field] = frozenset()
    last_look: LastLook | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not 0 <= self.redirects <= (MAX_REDIRECTS if self.method == "GET" else 0):
            raise ValueError("only GET follows redirects, three at most")


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, whatever its status. Header names are in lower case.

    It is for the code that asked, never to be shown to a tenant.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = field(default=b"", repr=False)


class Failure(Exception):
    """There is no answer. No failure carries the address."""


class Blocked(Failure):
    """Silkroad did not send it, or did not follow."""

    def __init__(self, reason: BlockReason) -> None:
        super().__init__(reason)
        self.reason: BlockReason = reason


class Unreachable(Failure):
    """No connection, no name, a wrong certificate, or a broken answer."""


class TimedOut(Failure):
    """The recipient's seconds were over before the whole answer was there."""


class TooLarge(Failure):
    """The answer is larger than this recipient's may be."""


Gate = Callable[[Request], Awaitable[None]]
"""Takes a request for a workspace. Raises Blocked unless its recipient may get that now."""


class Outbound(Protocol):
    """Sends requests to registered recipients."""

    async def send(self, request: Request) -> Response:
        """Send it and return the answer. Raises a :class:`Failure`."""
        ...

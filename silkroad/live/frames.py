"""Socket frames are operations too: typed, each with its policy. A module's routes declare them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from silkroad.kit.errors import Refusal
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission

from .connection import Connection
from .elsewhere import Presence

Handler = Callable[[Any, Connection, Any], Awaitable[None]]

encode = msgspec.json.Encoder().encode


class ClientFrame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="t"):
    """What a client may say. Each subclass sets its tag."""


class Hello(ClientFrame, frozen=True, tag="hello"):
    """The first frame: a one-time ticket."""

    ticket: str


class ServerFrame(msgspec.Struct, frozen=True, tag_field="t", omit_defaults=True):
    """What the server may say. Each subclass sets its tag."""


class Welcome(ServerFrame, frozen=True, tag="welcome"):
    """The socket is open; ``feed`` is the workspace's newest number, for members."""

    feed: int | None
    at: int
    me: str


class ChangedFrame(ServerFrame, frozen=True, tag="changed"):
    """Something that a console or a visitor's chat shows has changed: fetch it again."""

    what: Literal[
        "me",
        "conversations",
        "members",
        "inboxes",
        "consents",
        "exceptions",
        "requests",
        "campaigns",
        "assessments",
    ]
    feed: int | None = None


class PresenceFrame(ServerFrame, frozen=True, tag="presence"):
    """A member came, went, or stepped away."""

    member: str
    presence: Presence


class ErrorFrame(ServerFrame, frozen=True, tag="error"):
    """A refusal; ``id`` is the client id of the send that it answers, if any."""

    id: str | None
    code: str
    detail: str
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class FrameOperation:
    """One kind of client frame: who may send it, why, what answers it, and what it costs.

    ``permissions`` are alternatives; ``cost`` is in tokens of the connection's bucket.
    """

    frame: type[ClientFrame]
    permissions: frozenset[Permission]
    purpose: Purpose
    returns: frozenset[DataClass]
    handler: Handler
    cost: int


def frame_operation(
    frame: type[ClientFrame],
    *,
    permissions: set[Permission],
    purpose: Purpose,
    returns: set[DataClass],
    cost: int = 1,
) -> Callable[[Handler], FrameOperation]:
    """Declare the decorated coroutine ``(house, connection, frame)`` as the answer to a frame."""

    def declare(handler: Handler) -> FrameOperation:
        return FrameOperation(
            frame, frozenset(permissions), purpose, frozenset(returns), handler, cost
        )

    return declare


def error_frame(refusal: Refusal, client_id: str | None = None) -> bytes:
    """Return a refusal as the socket's error frame."""
    return encode(
        ErrorFrame(
            id=client_id,
            code=refusal.code,
            detail=refusal.detail,
            retry_after=refusal.retry_after,
        )
    )


def tell(connection: Connection, frame: ServerFrame) -> None:
    connection.push(encode(frame))

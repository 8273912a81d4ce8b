"""Socket frames are operations too: typed, each with its policy. A module's routes declare them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec

from silkroad.kit.errors import Refusal
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission
from silkroad.kit.policy import Policy

from .hub import Connection

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


class ErrorFrame(ServerFrame, frozen=True, tag="error"):
    """A refusal; ``id`` is the client id of the send that it answers, if any."""

    id: str | None
    code: str
    detail: str
    retry_after: int | None = None


class Wire(Protocol):
    """What a frame's handler may use of the server: it is the house, as ``http.House`` defines it."""


@dataclass(frozen=True, slots=True)
class FrameOperation:
    """One kind of client frame, its policy, and what answers it. ``cost`` is in tokens of the bucket."""

    frame: type[ClientFrame]
    policy: Policy
    handler: Callable[..., Awaitable[None]]
    cost: int


def frame_operation(
    frame: type[ClientFrame],
    *,
    permissions: tuple[Permission, ...],
    purpose: Purpose,
    returns: set[DataClass],
    cost: int = 1,
) -> Callable[[Callable[..., Awaitable[None]]], list[FrameOperation]]:
    raise NotImplementedError


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

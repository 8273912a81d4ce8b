"""What a device is, in the words of the wire."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple
from urllib.parse import urlsplit

import msgspec

from silkroad.kit.clock import MINUTE
from silkroad.kit.errors import invalid
from silkroad.kit.fields import TokenText
from silkroad.privacy.consent import Agreed

OwnerKind = Literal["member", "visitor"]

MOST_DEVICES = 10  # per person; the one that was used least recently makes room
MOST_REJECTIONS = 3  # in a row
HAND_OVER_LIFE = 10 * MINUTE

PushText = Annotated[str, msgspec.Meta(min_length=1, max_length=2048)]
KeyText = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]


class SubscriptionKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The browser's public key and secret, in base64url."""

    p256dh: KeyText
    auth: KeyText


class DeviceSubscription(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"expires": "expirationTime"}
):
    """What ``PushSubscription.toJSON()`` gives. When it ends, the push service says so itself."""

    endpoint: PushText
    keys: SubscriptionKeys
    expires: float | None = None


class NewDevice(DeviceSubscription, frozen=True, forbid_unknown_fields=True):
    """The same from a member, with their yes to being woken, unless they gave it before."""

    consent: Agreed | None = None


class VisitorSubscription(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same from a visitor's push window; ``page`` is where the notification leads back to."""

    token: TokenText
    subscription: DeviceSubscription
    page: PushText | None
    consent: Agreed | None = None


class HandOver(msgspec.Struct, frozen=True):
    """What tells the push window whose it is: once, until ``expires_at``."""

    token: str
    expires_at: int


class Device(msgspec.Struct, frozen=True):
    """A browser that is woken. ``current``: the one that asks."""

    id: str
    agent: str
    created_at: int
    current: bool


class DeviceList(msgspec.Struct, frozen=True):
    """All devices of the caller, the newest first."""

    items: list[Device]


class Owner(NamedTuple):
    """Whose device it is, and the session that it ends with."""

    kind: OwnerKind
    id: str
    session_id: str


class Whose(NamedTuple):
    """A device's owner and session, and for a visitor's the page with the widget."""

    owner_kind: OwnerKind
    owner_id: str
    session_id: str
    page: str | None


def page_address(page: str | None, allowed_origins: list[str]) -> str | None:
    """Return the address of a page with the widget. Raises Refusal ``invalid``.

    A click on a notification opens it, so it must be one of the company's own.
    """
    if page is None:
        return None
    try:
        parts = urlsplit(page)
    except ValueError:
        parts = urlsplit("")
    origin = f"{parts.scheme}://{parts.netloc}"
    if origin not in allowed_origins or page != f"{origin}{parts.path}":
        raise invalid("$.page", "This is no page of a site that may embed the inbox.")
    return page

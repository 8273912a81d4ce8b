"""Where a browser wants to be woken, and the keys for messages that only it can open (RFC 8291).

Browsers choose their push service, so its hosts are known; anything else in a subscription is
somebody trying to make this server knock at doors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from silkroad.engines.outbound import Blocked, Recipient
from silkroad.engines.outbound.targets import admit, read
from silkroad.kit.errors import invalid
from silkroad.kit.inventory import DataClass, Purpose

from .p256 import from_base64url, public_from

RECIPIENT = "web_push"
AUTH_BYTES = 16

# The push services of the browsers, as they stand in the notice (looked up 2026-11).
_BROWSERS = frozenset(
    {
        "fcm.googleapis.com",  # Chrome, Edge on phones, Opera, Samsung Internet
        "jmt17.google.com",  # Chromium as the distributions build it
        "*.push.services.mozilla.com",  # Firefox
        "*.notify.windows.com",  # Edge
        "*.push.apple.com",  # Safari
    }
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A checked subscription. The endpoint is a secret: whoever knows it can address the device."""

    endpoint: str = field(repr=False)
    p256dh: bytes = field(repr=False)
    auth: bytes = field(repr=False)


def push_services(own: Iterable[str] = ()) -> Recipient:
    """Return the registry entry of Web Push: opaque ids go out, no text, no names.

    ``own`` are push services that the operator vouches for, such as ``http://127.0.0.1:8099``.
    Raises Blocked when one is not an address.
    """
    return Recipient(
        name=RECIPIENT,
        purpose=Purpose.WAKE_UP,
        data=frozenset({DataClass.DEVICE}),
        hosts=_BROWSERS,
        vouched=frozenset(read(service).origin for service in own),
        request_bytes=4096,
        response_bytes=16 * 1024,
    )


def check_subscription(
    endpoint: str, p256dh: str, auth: str, *, services: Recipient
) -> Subscription:
    """Return the subscription that a browser sent, as bytes. Raises Refusal "invalid".

    ``p256dh`` and ``auth`` are base64url, as ``PushSubscription.toJSON()`` writes them.
    """
    try:
        admit(services, endpoint)
    except Blocked as blocked:
        raise invalid("$.endpoint", f"This is no push service: {blocked.reason}.") from None
    return Subscription(
        endpoint,
        _read("$.keys.p256dh", "This is not a point on P-256.", p256dh, _point),
        _read("$.keys.auth", "This is not a secret of 16 bytes.", auth, _secret),
    )


def _read(path: str, detail: str, text: str, parse: Callable[[bytes], bytes]) -> bytes:
    try:
        return parse(from_base64url(text))
    except ValueError:
        raise invalid(path, detail) from None


def _point(value: bytes) -> bytes:
    public_from(value)
    return value


def _secret(value: bytes) -> bytes:
    if len(value) != AUTH_BYTES:
        raise ValueError
    return value

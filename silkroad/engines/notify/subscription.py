"""Where a browser wants to be woken, and the keys for messages that only it can open (RFC 8291).

Browsers choose their push service, so its hosts are known; anything else in a subscription is
somebody trying to make this server knock at doors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from silkroad.engines.outbound import Blocked, Recipient
from silkroad.engines.outbound.targets import admit
from silkroad.kit.errors import invalid

from .p256 import from_base64url, public_from

AUTH_BYTES = 16


@dataclass(frozen=True, slots=True)
class Subscription:
    """A checked subscription. The endpoint is a secret: whoever knows it can address the device."""

    endpoint: str = field(repr=False)
    p256dh: bytes = field(repr=False)
    auth: bytes = field(repr=False)
    service: str = ""  # its push service, by name; empty where nobody has noted it


def service_of(endpoint: str, services: Iterable[Recipient]) -> Recipient:
    """Return the push service that an endpoint belongs to. Raises Blocked when it is none's."""
    refusal = Blocked("unregistered")
    for service in services:
        try:
            admit(service, endpoint)
        except Blocked as blocked:
            refusal = blocked
        else:
            return service
    raise refusal


def check_subscription(
    endpoint: str, p256dh: str, auth: str, *, services: Iterable[Recipient]
) -> Subscription:
    """Return the subscription that a browser sent, as bytes. Raises Refusal "invalid".

    ``p256dh`` and ``auth`` are base64url, as ``PushSubscription.toJSON()`` writes them.
    """
    try:
        service = service_of(endpoint, services)
    except Blocked as blocked:
        raise invalid("$.endpoint", f"This is no push service: {blocked.reason}.") from None
    return Subscription(
        endpoint,
        _read("$.keys.p256dh", "This is not a point on P-256.", p256dh, _point),
        _read("$.keys.auth", "This is not a secret of 16 bytes.", auth, _secret),
        service.name,
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

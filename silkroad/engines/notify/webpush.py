"""Waking a closed browser: one encrypted message to its push service (RFC 8030). Clause 1.7.

What it carries is an opaque id; the service worker fetches the rest itself. The push service
learns when a device is woken and nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Literal

from silkroad.engines import outbound
from silkroad.engines.outbound import (
    BlockReason,
    Field,
    LastLook,
    Outbound,
    Recipient,
    Request,
    Response,
)
from silkroad.engines.outbound.targets import read
from silkroad.kit.clock import DAY, SECOND, Clock
from silkroad.kit.randomness import Randomness

from .encryption import SALT_BYTES, encrypt
from .p256 import draw, to_base64url
from .subscription import Subscription, service_of
from .vapid import Vapid

Urgency = Literal["very-low", "low", "normal", "high"]

MAX_TTL = 28 * DAY // SECOND
_LONGEST_WAIT = DAY // SECOND
CARRIED = frozenset({Field.PUSH_ADDRESS, Field.WAKE_ID, Field.WAKE_TIME, Field.SERVER_ADDRESS})
"""What every message tells a push service; the operator's contact is on top, if it may have it."""
_TOPIC_BYTES = 24  # 32 characters in base64url, which is all that a topic may have


@dataclass(frozen=True, slots=True)
class Delivered:
    """The push service took it."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The subscription is dead: forget the device."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now. ``after_seconds`` is what the service asked for, or None when it did not say."""

    after_seconds: int | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """The push service will not take this message, and would not take it again."""

    status: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """Our own guard refused to send it."""

    reason: BlockReason


Outcome = Delivered | Gone | Retry | Rejected | Blocked


class WebPush:
    """Sends push messages in the name of one installation, to these services."""

    def __init__(
        self,
        way_out: Outbound,
        vapid: Vapid,
        services: Sequence[Recipient],
        *,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._way_out = way_out
        self._services = services
        self._vapid = vapid
        self._clock = clock
        self._randomness = randomness

    def service_of(self, subscription: Subscription) -> str:
        """Return whose an endpoint is, by name; empty when it is none of these services'."""
        try:
            return service_of(subscription.endpoint, self._services).name
        except outbound.Blocked:
            return ""

    async def wake(
        self,
        subscription: Subscription,
        payload: bytes,
        *,
        workspace_id: str,
        ttl: int,
        urgency: Urgency = "normal",
        topic: str | None = None,
        contact: bool = True,
        last_look: LastLook | None = None,
    ) -> Outcome:
        """Send one message and say what became of it; it raises nothing for what others do.

        ``workspace_id`` is the company for which somebody is woken. ``ttl`` is in seconds, at most
        28 days: how long the service keeps it for a device that is off. A newer message with the
        same ``topic`` replaces one that still waits there. ``contact``: the service may learn where
        it can complain. ``last_look``: whether it may go still, asked when it could; if not, it is
        Blocked as ``taken_back``.
        """
        if not 0 <= ttl <= MAX_TTL:
            raise ValueError("a push message lives between 0 seconds and 28 days")
        headers = {"ttl": str(ttl), "urgency": urgency}
        if topic is not None:
            headers["topic"] = _blinded(topic, subscription)
        try:
            response = await self._way_out.send(
                replace(
                    self._request(subscription, payload, headers, workspace_id, contact=contact),
                    last_look=last_look,
                )
            )
        except outbound.Blocked as blocked:
            return Blocked(blocked.reason)
        except outbound.Failure:
            return Retry(None)
        return self._meaning(response)

    def _request(
        self,
        subscription: Subscription,
        payload: bytes,
        headers: dict[str, str],
        workspace_id: str,
        *,
        contact: bool,
    ) -> Request:
        service = service_of(subscription.endpoint, self._services)
        body = encrypt(
            payload,
            subscription,
            salt=self._randomness.bytes(SALT_BYTES),
            sender=draw(self._randomness),
        )
        headers |= {
            "authorization": self._vapid.authorization(
                read(subscription.endpoint).origin, contact=contact
            ),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
        }
        return Request(
            service.name,
            "POST",
            subscription.endpoint,
            headers,
            body,
            workspace_id=workspace_id,
            fields=CARRIED | {Field.OPERATOR_CONTACT} if contact else CARRIED,
        )

    def _meaning(self, response: Response) -> Outcome:
        match response.status:
            case status if 200 <= status < 300:  # noqa: PLR2004 - every success there is
                return Delivered()
            case 404 | 410:
                return Gone()
            case 408 | 429:
                return Retry(self._wait(response))
            case status if status >= 500:  # noqa: PLR2004 - every failure on their side
                return Retry(self._wait(response))
            case status:
                return Rejected(status)

    def _wait(self, response: Response) -> int | None:
        """Read Retry-After (RFC 9110 §10.2.3), in seconds, at most a day."""
        value = response.headers.get("retry-after", "").strip()
        if re.fullmatch(r"[0-9]{1,9}", value):
            return min(int(value), _LONGEST_WAIT)
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return None
        if moment.tzinfo is None:  # an HTTP date is always UTC
            moment = moment.replace(tzinfo=UTC)
        wait = round(moment.timestamp()) - self._clock.now() // SECOND
        return max(0, min(wait, _LONGEST_WAIT))


def _blinded(topic: str, subscription: Subscription) -> str:
    # Two devices that are woken about the same thing must not look alike to the push service.
    digest = hmac.digest(subscription.auth, topic.encode(), hashlib.sha256)
    return to_base64url(digest[:_TOPIC_BYTES])

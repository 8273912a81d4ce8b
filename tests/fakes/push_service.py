"""A push service on loopback that takes nothing but the letter of the RFCs, and its browsers.

It checks each request as RFC 8030, 8188, 8291 and 8292 ask, opens the message with the browser's
keys through another implementation (http-ece), and keeps it for the browser. It shares no code
with the sender. ::

    with PushService() as service:
        phone = service.subscribe(vapid_public_key)
        ...  # give phone.subscription to the product, service.origin to the operator's settings
        [message] = phone.wait_for(1)
        assert message.payload == b"..."

What it is not pleased with is answered with 400 and kept; leaving the block with complaints that
nobody took fails the test.
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import ssl
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

import http_ece
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from silkroad.kit.clock import Clock, SystemClock
from tests.fakes.loopback import Answer, Seen, Strict

MOST = 4096
DAY = 24 * 60 * 60
PLAIN_HEADERS = {"host", "accept-encoding", "content-type", "content-length", "content-encoding"}
KNOWN_HEADERS = PLAIN_HEADERS | {"authorization", "ttl", "urgency", "topic"}


@dataclass(frozen=True, slots=True)
class Message:
    """A push message as the browser opens it."""

    payload: bytes
    ttl: int
    urgency: str
    topic: str | None
    contact: str


@dataclass
class Browser:
    """A subscription's other end. ``subscription`` is what ``PushSubscription.toJSON()`` gives."""

    service: PushService
    endpoint: str
    vapid_public_key: str
    auth: bytes = field(default_factory=lambda: os.urandom(16), repr=False)
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1()), repr=False
    )
    messages: list[Message] = field(default_factory=list)
    planned: deque[Answer] = field(default_factory=deque)
    gone: int | None = None

    @property
    def subscription(self) -> dict[str, Any]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": encoded(point), "auth": encoded(self.auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def wait_for(self, count: int, seconds: float = 5) -> list[Message]:
        """Return the messages as soon as there are so many; AssertionError when time is up."""
        with self.service.changed:
            enough = self.service.changed.wait_for(lambda: len(self.messages) >= count, seconds)
            assert enough, f"{len(self.messages)} of {count} messages came"
            return list(self.messages)

    def unsubscribe(self, status: Literal[404, 410] = 410) -> None:
        """From now on the service says that there is nobody here."""
        self.gone = status


class PushService(Strict):
    """Serves on ``origin`` until the block ends; with ``tls`` as ``localhost``."""

    def __init__(self, clock: Clock | None = None, *, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(self._answer, tls=tls)
        if tls:
            self.origin = f"https://localhost:{self.port}"
        self.changed = threading.Condition()
        self._clock = clock or SystemClock()
        self._browsers: dict[str, Browser] = {}
        self._used: set[bytes] = set()

    def subscribe(self, vapid_public_key: str) -> Browser:
        """Return a new browser, bound to an application server's public key in base64url."""
        path = f"/push/{secrets.token_urlsafe(16)}"
        browser = Browser(self, self.origin + path, vapid_public_key)
        self._browsers[path] = browser
        return browser

    def plan(
        self,
        what: int | Literal["reset", "never", "endless"],
        *,
        retry_after: str | None = None,
        to: Browser | None = None,
    ) -> None:
        """Answer the next good request so, without delivering it. Plans are kept in order.

        ``to``: only the next one for this browser.
        """
        headers = {} if retry_after is None else {"retry-after": retry_after}
        answer = Answer(what, headers) if isinstance(what, int) else Answer(mishap=what)
        (to.planned if to else self._planned).append(answer)

    def _answer(self, seen: Seen) -> Answer:
        with self.changed:
            try:
                answer = self._deliver(seen)
            except Complaint as complaint:
                self.complaints.append(str(complaint))
                answer = Answer(complaint.status, content=str(complaint).encode())
            self.changed.notify_all()
        return answer

    def _deliver(self, seen: Seen) -> Answer:
        require(seen.method == "POST", "a push is a POST", 405)
        browser = self._browsers.get(seen.path)
        if browser is None:
            return Answer(404)
        message = self._check(seen, browser)
        if browser.gone:
            return Answer(browser.gone)
        if planned := browser.planned or self._planned:
            return planned.popleft()
        browser.messages.append(message)
        return Answer(201, {"location": f"{self.origin}/message/{secrets.token_urlsafe(8)}"})

    def _check(self, seen: Seen, browser: Browser) -> Message:
        headers = {name.lower(): value for name, value in seen.headers.items()}
        require(len(headers) == len(seen.headers), "each header once")
        require(set(headers) <= KNOWN_HEADERS, f"what is {set(headers) - KNOWN_HEADERS} for?")
        require(headers["host"] == self.origin.partition("//")[2], "this is another host")
        require("ttl" in headers, "TTL is required (RFC 8030 §5.2)")
        require(bool(re.fullmatch(r"[0-9]+", headers["ttl"])), "TTL is in whole seconds")
        urgency = headers.get("urgency", "normal")
        require(urgency in {"very-low", "low", "normal", "high"}, "no such urgency (RFC 8030 §5.3)")
        topic = headers.get("topic")
        require(
            topic is None or bool(re.fullmatch(r"[A-Za-z0-9_-]{1,32}", topic)),
            "a topic has at most 32 characters of base64url (RFC 8030 §5.4)",
        )
        contact = self._check_vapid(headers.get("authorization", ""), browser)
        payload = self._open(headers, seen.content, browser)
        return Message(payload, int(headers["ttl"]), urgency, topic, contact)

    def _check_vapid(self, authorization: str, browser: Browser) -> str:
        found = re.fullmatch(
            r"vapid t=([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+), ?k=([A-Za-z0-9_-]{87})",
            authorization,
        )
        if not found:
            raise Complaint("no VAPID (RFC 8292 §3)", 401)
        require(found[2] == browser.vapid_public_key, "subscribed with another key", 403)
        claims = verified(found[1], found[2])
        require(set(claims) - {"sub"} == {"aud", "exp"}, "a token has aud, exp and sub", 403)
        require(claims["aud"] == self.origin, "the token is for another push service", 403)
        now = self._clock.now() / 1000
        require(type(claims["exp"]) is int, "exp is a number", 403)
        require(now < claims["exp"] <= now + DAY, "exp is over or more than 24 h ahead", 403)
        contact = str(claims.get("sub", ""))  # RFC 8292 §2.1 only recommends it
        require(not contact or bool(re.match(r"mailto:.+@|https://", contact)), "no contact", 403)
        return contact

    def _open(self, headers: dict[str, str], body: bytes, browser: Browser) -> bytes:
        require(headers.get("content-encoding") == "aes128gcm", "RFC 8291 §2", 415)
        require(headers.get("content-type") == "application/octet-stream", "bytes, please", 415)
        require(len(body) <= MOST, "more than 4,096 bytes (RFC 8030 §7.2)", 413)
        require(len(body) >= 16 + 4 + 1 + 65 + 17, "too short for a message")
        salt, size, length, sender = body[:16], body[16:20], body[20], body[21 : 21 + 65]
        require(length == 65 and sender[0] == 4, "keyid is the sender's point (RFC 8291 §4)")
        record = len(body) - 86
        require(int.from_bytes(size, "big") > record, "one record only (RFC 8291 §4)")
        require(not {salt, sender} & self._used, "salt and key serve one message (RFC 8291 §3)")
        self._used |= {salt, sender}
        try:
            opened = http_ece.decrypt(
                body, private_key=browser.key, auth_secret=browser.auth, version="aes128gcm"
            )
        except http_ece.ECEException as error:
            raise Complaint(f"cannot be opened: {error.message}") from None
        return bytes(opened)


class Complaint(Exception):
    """What is wrong with a request."""

    def __init__(self, what: str, status: int = 400) -> None:
        super().__init__(what)
        self.status = status


def require(good: bool, otherwise: str, status: int = 400) -> None:
    if not good:
        raise Complaint(otherwise, status)


def verified(token: str, public_key: str) -> dict[str, Any]:
    """Return a token's claims once its ES256 signature is right (RFC 7515, 7518 §3.4)."""
    head, claims, signature = token.split(".")
    require(json.loads(decoded(head)) == {"typ": "JWT", "alg": "ES256"}, "not an ES256 JWT", 403)
    raw = decoded(signature)
    require(len(raw) == 64, "a signature is r and s, 32 bytes each", 403)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(public_key))
    try:
        key.verify(
            encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())
        )
    except InvalidSignature:
        raise Complaint("the signature is wrong", 403) from None
    return dict(json.loads(decoded(claims)))


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

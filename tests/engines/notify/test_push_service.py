"""The judge is judged: the strict push service turns down each thing that a sender can do wrong."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from silkroad.engines.notify.encryption import encrypt
from silkroad.engines.notify.p256 import draw
from silkroad.engines.notify.subscription import check_subscription
from silkroad.engines.notify.vapid import Vapid, new_private_key
from silkroad.kit.clock import DAY, HOUR, FrozenClock
from silkroad.kit.randomness import SeededRandomness
from silkroad.privacy.processors import push_services
from tests.fakes.push_service import Browser, PushService

MONDAY = 1_763_942_400_000
Headers = dict[str, str]
Spoil = Callable[[Headers, bytes], tuple[Headers, bytes]]


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(MONDAY)


@pytest.fixture
def vapid(clock: FrozenClock) -> Vapid:
    return Vapid(new_private_key(SeededRandomness(1)), "https://shop.example/", clock)


@pytest.fixture
def service(clock: FrozenClock) -> Iterator[PushService]:
    with PushService(clock) as service:
        yield service


@pytest.fixture
def phone(service: PushService, vapid: Vapid) -> Browser:
    return service.subscribe(vapid.public_key)


def without(name: str) -> Spoil:
    return lambda headers, body: ({k: v for k, v in headers.items() if k != name}, body)


def with_header(name: str, value: str) -> Spoil:
    return lambda headers, body: (headers | {name: value}, body)


def with_body(spoil: Callable[[bytes], bytes]) -> Spoil:
    return lambda headers, body: (headers, spoil(body))


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        (without("ttl"), 400),
        (with_header("ttl", "1h"), 400),
        (with_header("ttl", "-1"), 400),
        (with_header("urgency", "now"), 400),
        (with_header("topic", "t" * 33), 400),
        (with_header("topic", "a b"), 400),
        (with_header("cookie", "a=b"), 400),
        (with_header("user-agent", "Silkroad"), 400),
        (without("authorization"), 401),
        (with_header("authorization", "Bearer abc"), 401),
        (without("content-encoding"), 415),
        (with_header("content-encoding", "aesgcm"), 415),
        (without("content-type"), 415),
        (with_body(lambda body: body + bytes(4096)), 413),
        (with_body(lambda body: body[:100]), 400),
        (with_body(lambda body: body[:-1] + bytes([body[-1] ^ 1])), 400),
        (with_body(lambda body: body[:16] + (18).to_bytes(4, "big") + body[20:]), 400),
        (with_body(lambda body: body[:20] + b"\x00" + body[21:]), 400),
    ],
)
def test_a_wrong_message_is_turned_down(
    service: PushService, phone: Browser, vapid: Vapid, spoil: Spoil, status: int
) -> None:
    assert post(phone, *spoil(*good(phone, vapid))) == status
    assert len(service.take_complaints()) == 1
    assert phone.messages == []
    assert post(phone, *good(phone, vapid, seed=2)) == 201


@pytest.mark.parametrize("move", [DAY, -14 * HOUR])
def test_an_old_card_or_one_from_too_far_ahead_is_turned_down(
    service: PushService, phone: Browser, vapid: Vapid, clock: FrozenClock, move: int
) -> None:
    headers, body = good(phone, vapid)
    clock.move(move)
    assert post(phone, headers, body) == 403
    assert "24 h" in service.take_complaints()[0]


def test_a_card_for_another_service_is_turned_down(
    service: PushService, phone: Browser, vapid: Vapid
) -> None:
    headers, body = good(phone, vapid)
    headers["authorization"] = vapid.authorization("https://fcm.googleapis.com")
    assert post(phone, headers, body) == 403
    assert service.take_complaints() == ["the token is for another push service"]


def test_a_message_that_comes_twice_is_turned_down(
    service: PushService, phone: Browser, vapid: Vapid
) -> None:
    assert post(phone, *good(phone, vapid)) == 201
    assert post(phone, *good(phone, vapid)) == 400
    assert "one message" in service.take_complaints()[0]


def test_nobody_can_overlook_a_complaint(vapid: Vapid, clock: FrozenClock) -> None:
    service = PushService(clock)
    with pytest.raises(AssertionError), service:
        post(service.subscribe(vapid.public_key), {}, b"")


def good(phone: Browser, vapid: Vapid, seed: int = 1) -> tuple[Headers, bytes]:
    keys = phone.subscription["keys"]
    services = push_services([phone.service.origin])
    subscription = check_subscription(
        phone.endpoint, keys["p256dh"], keys["auth"], services=services
    )
    randomness = SeededRandomness(seed)
    salt, sender = randomness.bytes(16), draw(randomness)
    headers = {
        "ttl": "60",
        "authorization": vapid.authorization(phone.service.origin),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
    }
    return headers, encrypt(b"hello", subscription, salt=salt, sender=sender)


def post(phone: Browser, headers: Headers, body: bytes) -> int:
    address = urlsplit(phone.endpoint)
    connection = http.client.HTTPConnection(address.netloc)
    try:
        connection.request("POST", address.path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()

"""Waking a browser through a push service that takes nothing but the letter of the RFCs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from email.utils import formatdate
from typing import Literal

import pytest

from silkroad.engines.notify.subscription import Subscription, check_subscription
from silkroad.engines.notify.vapid import Vapid, new_private_key
from silkroad.engines.notify.webpush import (
    Blocked,
    Delivered,
    Gone,
    Outcome,
    Rejected,
    Retry,
    WebPush,
)
from silkroad.engines.outbound import (
    BlockReason,
    Failure,
    Request,
    Response,
    TimedOut,
    TooLarge,
    Unreachable,
)
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.kit.clock import DAY, HOUR, MINUTE, SECOND, FrozenClock
from silkroad.kit.randomness import SeededRandomness
from silkroad.privacy.processors import push_services
from tests.fakes.push_service import Browser, PushService
from tests.fakes.recorder import Recorder

pytestmark = pytest.mark.anyio

MONDAY = 1_763_942_400_000
SHOP = "wsp_abcdefghijklmnopqrstuvwxyz"
WAKE = b'{"id":"wak_abcdefghijklmnopqrstuvwxyz"}'
FCM = "https://fcm.googleapis.com/fcm/send/1"


@dataclass
class Sender:
    push: WebPush
    vapid: Vapid
    clock: FrozenClock

    async def wake(self, browser: Browser, topic: str | None = None) -> Outcome:
        return await self.push.wake(
            received(browser), WAKE, workspace_id=SHOP, ttl=3_600, topic=topic
        )


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(MONDAY)


@pytest.fixture
def service(clock: FrozenClock) -> Iterator[PushService]:
    with PushService(clock) as service:
        yield service


@pytest.fixture
async def sender(service: PushService, clock: FrozenClock) -> AsyncIterator[Sender]:
    vapid = Vapid(new_private_key(SeededRandomness(1)), "mailto:push@shop.example", clock)
    services = [replace(known, seconds=2) for known in push_services([service.origin])]
    way_out = HttpOutbound(services)
    way_out.gate = let_pass
    push = WebPush(way_out, vapid, services, clock=clock, randomness=SeededRandomness(2))
    yield Sender(push, vapid, clock)
    await way_out.aclose()


@pytest.fixture
def phone(service: PushService, sender: Sender) -> Browser:
    return service.subscribe(sender.vapid.public_key)


async def test_the_browser_reads_what_was_sent(sender: Sender, phone: Browser) -> None:
    subscription = received(phone)
    outcome = await sender.push.wake(
        subscription, WAKE, workspace_id=SHOP, ttl=60, urgency="high", topic="chat 1"
    )
    assert outcome == Delivered()
    [message] = phone.wait_for(1)
    assert (message.payload, message.ttl, message.urgency) == (WAKE, 60, "high")
    assert message.contact == "mailto:push@shop.example"


async def test_only_the_addressed_browser_is_woken(
    service: PushService, sender: Sender, phone: Browser
) -> None:
    laptop = service.subscribe(sender.vapid.public_key)
    await sender.wake(laptop)
    assert len(laptop.messages) == 1
    assert phone.messages == []


async def test_every_message_is_sealed_afresh_over_hours(sender: Sender, phone: Browser) -> None:
    for _ in range(5):  # the service complains when a salt, a key or an old card comes again
        assert await sender.wake(phone) == Delivered()
        sender.clock.move(7 * HOUR)
    assert len(phone.messages) == 5


async def test_a_topic_is_the_same_for_one_device_and_unlike_on_another(
    service: PushService, sender: Sender, phone: Browser
) -> None:
    laptop = service.subscribe(sender.vapid.public_key)
    for topic in ("cnv_1", "cnv_1", "cnv_2", None):
        await sender.wake(phone, topic)
    await sender.wake(laptop, "cnv_1")
    first, again, other, none = (message.topic for message in phone.messages)
    assert first == again
    assert none is None
    assert len({first, other, laptop.messages[0].topic}) == 3
    assert "cnv" not in f"{first}{other}"


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_left_is_gone(
    sender: Sender, phone: Browser, status: Literal[404, 410]
) -> None:
    phone.unsubscribe(status)
    assert await sender.wake(phone) == Gone()
    assert phone.messages == []


@pytest.mark.parametrize(
    ("status", "retry_after", "outcome"),
    [
        (429, "120", Retry(120)),
        (429, None, Retry(None)),
        (500, None, Retry(None)),
        (502, "soon", Retry(None)),
        (503, "0", Retry(0)),
        (503, "-5", Retry(None)),
        (503, "1.5", Retry(None)),
        (503, "²", Retry(None)),
        (503, "99999999", Retry(DAY // SECOND)),
        (503, "9" * 5_000, Retry(None)),
        (503, formatdate((MONDAY + 5 * MINUTE) / SECOND, usegmt=True), Retry(300)),
        (503, formatdate((MONDAY - HOUR) / SECOND, usegmt=True), Retry(0)),
        (503, formatdate((MONDAY + 9 * DAY) / SECOND, usegmt=True), Retry(DAY // SECOND)),
        (503, "Mon, 99 Foo 2026 99:99:99 GMT", Retry(None)),
        (408, None, Retry(None)),
        (400, None, Rejected(400)),
        (401, None, Rejected(401)),
        (403, None, Rejected(403)),
        (413, None, Rejected(413)),
        (301, None, Rejected(301)),
        (200, None, Delivered()),
        (202, None, Delivered()),
    ],
)
async def test_every_answer_means_one_thing(
    service: PushService,
    sender: Sender,
    phone: Browser,
    status: int,
    retry_after: str | None,
    outcome: Outcome,
) -> None:
    service.plan(status, retry_after=retry_after)
    assert await sender.wake(phone) == outcome
    assert await sender.wake(phone) == Delivered()


@pytest.mark.parametrize("mishap", ["reset", "never", "endless"])
async def test_a_mishap_on_the_way_is_tried_again(
    service: PushService, sender: Sender, phone: Browser, mishap: Literal["reset", "never"]
) -> None:
    service.plan(mishap)
    assert await sender.wake(phone) == Retry(None)
    assert phone.messages == []
    assert await sender.wake(phone) == Delivered()


async def test_a_subscription_of_another_installation_is_rejected(
    service: PushService, sender: Sender
) -> None:
    theirs = service.subscribe(
        Vapid(
            new_private_key(SeededRandomness(9)), "mailto:x@bank.example", sender.clock
        ).public_key
    )
    assert await sender.wake(theirs) == Rejected(403)
    assert theirs.messages == []
    assert service.take_complaints() == ["subscribed with another key"]


@pytest.mark.parametrize(
    ("endpoint", "reason"), [("https://127.0.0.1/", "host"), ("nonsense", "malformed")]
)
async def test_an_endpoint_that_is_no_push_service_gets_nothing(
    sender: Sender, phone: Browser, endpoint: str, reason: BlockReason
) -> None:
    outcome = await sender.push.wake(stored(endpoint, phone), WAKE, workspace_id=SHOP, ttl=0)
    assert outcome == Blocked(reason)


@pytest.mark.parametrize("failure", [Unreachable, TimedOut, TooLarge])
async def test_a_failure_of_the_way_out_is_tried_again(
    sender: Sender, phone: Browser, failure: type[Failure]
) -> None:
    def fail(_: Request) -> Response:
        raise failure

    push = recorded(sender, Recorder(push_services(), fail))
    assert await push.wake(stored(FCM, phone), WAKE, workspace_id=SHOP, ttl=0) == Retry(None)


async def test_the_push_service_is_told_nothing_but_the_wake_up(
    sender: Sender, phone: Browser
) -> None:
    recorder = Recorder(push_services())
    await recorded(sender, recorder).wake(
        stored(FCM, phone), WAKE, workspace_id=SHOP, ttl=0, topic="cnv_secret"
    )
    [request] = recorder.requests
    assert (request.recipient, request.redirects) == ("google_push", 0)
    assert request.workspace_id == SHOP
    assert b"wak_" not in request.content
    assert "cnv_secret" not in str(dict(request.headers))


@pytest.mark.parametrize("ttl", [-1, 28 * 24 * 3_600 + 1])
async def test_a_life_that_no_service_keeps_is_our_own_mistake(
    sender: Sender, phone: Browser, ttl: int
) -> None:
    with pytest.raises(ValueError, match="28 days"):
        await sender.push.wake(received(phone), WAKE, workspace_id=SHOP, ttl=ttl)


def received(browser: Browser) -> Subscription:
    keys = browser.subscription["keys"]
    services = push_services([browser.service.origin])
    return check_subscription(browser.endpoint, keys["p256dh"], keys["auth"], services=services)


def stored(endpoint: str, phone: Browser) -> Subscription:
    return replace(received(phone), endpoint=endpoint)


def recorded(sender: Sender, recorder: Recorder) -> WebPush:
    return WebPush(
        recorder,
        sender.vapid,
        push_services(),
        clock=sender.clock,
        randomness=SeededRandomness(3),
    )


async def let_pass(_request: Request) -> None:
    """Be a gate that is open."""

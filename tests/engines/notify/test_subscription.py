"""A subscription comes from a browser that may lie: address, point and secret are checked."""

from __future__ import annotations

from typing import Any

import pytest

from silkroad.engines.notify.subscription import check_subscription
from silkroad.engines.outbound import Blocked
from silkroad.kit.errors import Refusal
from silkroad.privacy.processors import push_services
from tests.fakes.push_service import PushService, decoded

POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc:APA91b-_x"
OFF_THE_CURVE = "BA" + "A" * 85
COMPRESSED = "AiVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx"
BROWSERS = push_services()


@pytest.mark.parametrize(
    "endpoint",
    [
        ENDPOINT,
        "https://jmt17.google.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAA%2bX%3d",
        "https://web.push.apple.com/QGuQyav",
    ],
)
def test_the_browsers_of_today_are_taken(endpoint: str) -> None:
    subscription = check_subscription(endpoint, POINT, AUTH, services=BROWSERS)
    assert subscription.endpoint == endpoint
    assert subscription.p256dh == decoded(POINT)
    assert subscription.auth == decoded(AUTH)


def test_padding_changes_nothing() -> None:
    plain = check_subscription(ENDPOINT, POINT, AUTH, services=BROWSERS)
    assert check_subscription(ENDPOINT, POINT + "=", AUTH + "==", services=BROWSERS) == plain


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/fcm/send/abc",
        "https://fcm.googleapis.com@127.0.0.1/",
        "https://fcm.googleapis.com.evil.example/",
        "https://notify.windows.com/",
        "https://push.evil.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:8099/push/1",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/" + "a" * 3_000,
    ],
)
def test_what_is_no_push_service_is_refused(endpoint: str) -> None:
    assert wrong_field(endpoint=endpoint) == "$.endpoint"


@pytest.mark.parametrize(
    "point", ["", "!", POINT[:-2], POINT + "AA", OFF_THE_CURVE, COMPRESSED, "B" + "_" * 86, "BÜ"]
)
def test_what_is_no_point_on_the_curve_is_refused(point: str) -> None:
    assert wrong_field(p256dh=point) == "$.keys.p256dh"


@pytest.mark.parametrize("auth", ["", "AAAA", AUTH + "AA", "no spaces please 1", "é" * 22])
def test_what_is_no_secret_of_16_bytes_is_refused(auth: str) -> None:
    assert wrong_field(auth=auth) == "$.keys.auth"


def test_a_push_service_of_the_operator_is_taken_where_the_operator_says_so() -> None:
    with PushService() as service:
        browser = service.subscribe("irrelevant")
        keys: dict[str, Any] = browser.subscription["keys"]
        own = push_services([service.origin])
        taken = check_subscription(browser.endpoint, keys["p256dh"], keys["auth"], services=own)
        assert taken.endpoint == browser.endpoint
        assert wrong_field(endpoint=browser.endpoint) == "$.endpoint"


def test_a_push_service_that_is_no_address_is_noticed_at_once() -> None:
    with pytest.raises(Blocked, match="malformed"):
        push_services(["127.0.0.1:8099"])


def test_nobody_reads_an_endpoint_or_a_key_in_a_log() -> None:
    subscription = check_subscription(ENDPOINT, POINT, AUTH, services=BROWSERS)
    assert "fcm" not in repr(subscription)
    assert "x04" not in repr(subscription)


def wrong_field(endpoint: str = ENDPOINT, p256dh: str = POINT, auth: str = AUTH) -> str:
    with pytest.raises(Refusal) as refused:
        check_subscription(endpoint, p256dh, auth, services=BROWSERS)
    assert refused.value.code == "invalid"
    [field] = refused.value.fields
    assert not endpoint or endpoint not in field.detail
    return field.path

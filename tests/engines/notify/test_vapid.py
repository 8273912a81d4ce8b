"""The name card that push services see: signed, short-lived, one per service."""

from __future__ import annotations

import pytest

from silkroad.engines.notify.p256 import from_base64url, to_base64url
from silkroad.engines.notify.vapid import Vapid, new_private_key, public_key
from silkroad.kit.clock import DAY, HOUR, MINUTE, SECOND, FrozenClock
from silkroad.kit.randomness import SeededRandomness, SystemRandomness
from tests.fakes.push_service import Complaint, verified

MONDAY = 1_763_942_400_000
CONTACT = "mailto:push@shop.example"
FCM = "https://fcm.googleapis.com"
# RFC 8292 §2.4
THEIR_TOKEN = (
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAi"
    "OjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLG"
    "kMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA"
)
THEIR_KEY = (
    "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(MONDAY)


@pytest.fixture
def vapid(clock: FrozenClock) -> Vapid:
    return Vapid(new_private_key(SeededRandomness(7)), CONTACT, clock)


def test_the_judge_of_these_tests_knows_the_example_of_the_standard() -> None:
    claims = verified(THEIR_TOKEN, THEIR_KEY)
    assert claims["aud"] == "https://push.example.net"
    with pytest.raises(Complaint, match="signature"):
        verified(THEIR_TOKEN, public_key(new_private_key(SystemRandomness())))


def test_a_card_names_the_service_the_contact_and_an_end_within_a_day(vapid: Vapid) -> None:
    claims = verified(token(vapid), vapid.public_key)
    assert (claims["aud"], claims["sub"]) == (FCM, CONTACT)
    assert MONDAY // SECOND < claims["exp"] <= (MONDAY + DAY) // SECOND


def test_a_service_sees_the_same_card_for_hours_and_then_a_new_one(
    vapid: Vapid, clock: FrozenClock
) -> None:
    first = token(vapid)
    clock.move(10 * HOUR)
    assert token(vapid) == first
    clock.move(HOUR + MINUTE)
    second = token(vapid)
    assert second != first
    assert verified(second, vapid.public_key)["exp"] > clock.now() // SECOND


def test_a_clock_that_is_set_back_does_not_leave_a_card_that_is_valid_too_long(
    vapid: Vapid, clock: FrozenClock
) -> None:
    token(vapid)
    clock.move(-2 * DAY)
    assert verified(token(vapid), vapid.public_key)["exp"] <= (clock.now() + DAY) // SECOND


def test_the_same_key_at_the_same_time_writes_the_same_card(
    vapid: Vapid, clock: FrozenClock
) -> None:
    again = Vapid(new_private_key(SeededRandomness(7)), CONTACT, clock)
    assert token(again) == token(vapid)


def test_each_service_gets_a_card_of_its_own(vapid: Vapid) -> None:
    other = "https://updates.push.services.mozilla.com"
    assert token(vapid) != token(vapid, other)
    assert verified(token(vapid, other), vapid.public_key)["aud"] == other


def test_thousands_of_services_are_not_all_remembered(vapid: Vapid) -> None:
    for number in range(1_000):
        token(vapid, f"https://n{number}.notify.windows.com")
    assert len(vapid._cards) <= 256


def test_the_private_key_is_32_bytes_and_fits_the_public_one() -> None:
    secret = new_private_key(SystemRandomness())
    assert len(secret) == 32
    assert new_private_key(SystemRandomness()) != secret
    point = from_base64url(public_key(secret))
    assert (len(point), point[0]) == (65, 4)
    assert to_base64url(point) == public_key(secret)


@pytest.mark.parametrize("secret", [b"", b"x" * 31, b"x" * 33, b"\x00" * 32, b"\xff" * 32])
def test_what_is_no_key_is_refused(secret: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever words the library chooses
        public_key(secret)


@pytest.mark.parametrize("contact", ["", "push@shop.example", "http://shop.example", "tel:+355"])
def test_a_contact_that_a_push_service_would_not_take_is_refused(
    contact: str, clock: FrozenClock
) -> None:
    with pytest.raises(ValueError, match="contact"):
        Vapid(new_private_key(SeededRandomness(7)), contact, clock)


def token(vapid: Vapid, origin: str = FCM) -> str:
    scheme, _, rest = vapid.authorization(origin).partition(" t=")
    card, _, key = rest.partition(", k=")
    assert (scheme, key) == ("vapid", vapid.public_key)
    return card

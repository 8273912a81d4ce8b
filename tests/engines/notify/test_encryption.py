"""A push message is sealed exactly as RFC 8291 says, and only its browser can open it."""

from __future__ import annotations

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from silkroad.engines.notify.encryption import MAX_PAYLOAD, encrypt
from silkroad.engines.notify.p256 import draw, from_base64url, point_of, private_from, to_base64url
from silkroad.engines.notify.subscription import Subscription
from silkroad.kit.randomness import SeededRandomness

# RFC 8291, Appendix A
PLAIN = b"When I grow up, I want to be a watermelon"
BROWSER_KEY = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
BROWSER_POINT = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
)
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SENDER_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SENDER_POINT = (
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
)
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmY"
    "WAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexS"
    "gSxsj_Qulcy4a-fN"
)
SUBSCRIPTION = Subscription(
    "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
    from_base64url(BROWSER_POINT),
    from_base64url(AUTH),
)


def test_the_example_of_the_standard_comes_out_to_the_byte() -> None:
    sender = private_from(from_base64url(SENDER_KEY))
    assert to_base64url(point_of(sender)) == SENDER_POINT
    message = encrypt(PLAIN, SUBSCRIPTION, salt=from_base64url(SALT), sender=sender)
    assert to_base64url(message) == MESSAGE


@settings(max_examples=50)
@given(payload=st.binary(max_size=MAX_PAYLOAD), seed=st.integers(0, 2**32))
def test_another_implementation_opens_every_message(payload: bytes, seed: int) -> None:
    assert opened(sealed(payload, seed), private_from(from_base64url(BROWSER_KEY))) == payload


def test_the_longest_message_fits_what_every_push_service_takes() -> None:
    assert len(sealed(b"x" * MAX_PAYLOAD, 1)) <= 4096
    with pytest.raises(ValueError, match="3993"):
        sealed(b"x" * (MAX_PAYLOAD + 1), 1)


def test_nobody_else_opens_it() -> None:
    with pytest.raises(http_ece.ECEException):
        opened(sealed(PLAIN, 1), draw(SeededRandomness(2)))


def test_not_a_byte_may_change() -> None:
    message = bytearray(sealed(PLAIN, 1))
    message[-1] ^= 1
    with pytest.raises(http_ece.ECEException):
        opened(bytes(message), private_from(from_base64url(BROWSER_KEY)))


def sealed(payload: bytes, seed: int) -> bytes:
    randomness = SeededRandomness(seed)
    salt, sender = randomness.bytes(16), draw(randomness)
    return encrypt(payload, SUBSCRIPTION, salt=salt, sender=sender)


def opened(message: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    secret = from_base64url(AUTH)
    plain: bytes = http_ece.decrypt(
        message, private_key=key, auth_secret=secret, version="aes128gcm"
    )
    return plain

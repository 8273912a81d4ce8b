"""Keys on the curve P-256 and their base64url forms, as browsers and push services write them."""

from __future__ import annotations

import base64
import re

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from silkroad.kit.randomness import Randomness

PRIVATE_BYTES = 32
POINT_BYTES = 65  # uncompressed: 0x04, x, y (SEC 1 §2.3.3)

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_EXTRA_BITS = (
    8  # bytes beyond the order's size, so that the remainder shows no bias (FIPS 186-5 A.2.1)
)
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*={0,2}", re.ASCII)


def draw(randomness: Randomness) -> ec.EllipticCurvePrivateKey:
    """Return a new private key."""
    number = int.from_bytes(randomness.bytes(PRIVATE_BYTES + _EXTRA_BITS), "big")
    return ec.derive_private_key(number % (_ORDER - 1) + 1, ec.SECP256R1())


def private_from(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the private key of 32 stored bytes. Raises ValueError."""
    if len(secret) != PRIVATE_BYTES:
        raise ValueError("a P-256 private key has 32 bytes")
    return ec.derive_private_key(int.from_bytes(secret, "big"), ec.SECP256R1())


def private_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the 32 bytes of a private key."""
    return key.private_numbers().private_value.to_bytes(PRIVATE_BYTES, "big")


def public_from(point: bytes) -> ec.EllipticCurvePublicKey:
    """Return the public key of an uncompressed point. Raises ValueError when it is not one."""
    if len(point) != POINT_BYTES:
        raise ValueError("an uncompressed P-256 point has 65 bytes")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the uncompressed public point of a private key: 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def to_base64url(value: bytes) -> str:
    """Return base64url without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    """Read base64url with or without padding. Raises ValueError for anything else."""
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    bare = text.rstrip("=")
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))

"""Message encryption for Web Push: RFC 8291 over RFC 8188 (aes128gcm), one record.

The push service carries it and cannot read it; only the browser's key and secret open it.
"""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .p256 import POINT_BYTES, point_of, public_from
from .subscription import Subscription

SALT_BYTES = 16
RECORD_SIZE = 4096  # what every push service takes (RFC 8030 §7.2), and what RFC 8291 §4 asks for
_HEADER = SALT_BYTES + 4 + 1 + POINT_BYTES
_LAST_RECORD = b"\x02"
_TAG = 16
MAX_PAYLOAD = RECORD_SIZE - _HEADER - len(_LAST_RECORD) - _TAG


def encrypt(
    payload: bytes, subscription: Subscription, *, salt: bytes, sender: ec.EllipticCurvePrivateKey
) -> bytes:
    """Return the body of a push message. ``salt`` (16 bytes) and ``sender`` serve one message only.

    Raises ValueError when the payload has more than 3,993 bytes.
    """
    if len(payload) > MAX_PAYLOAD:
        raise ValueError(f"a push message carries at most {MAX_PAYLOAD} bytes")
    sender_point = point_of(sender)
    shared = sender.exchange(ec.ECDH(), public_from(subscription.p256dh))
    info = b"WebPush: info\x00" + subscription.p256dh + sender_point
    material = _derive(shared, subscription.auth, info, 32)
    key = _derive(material, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derive(material, salt, b"Content-Encoding: nonce\x00", 12)
    header = salt + RECORD_SIZE.to_bytes(4, "big") + bytes([POINT_BYTES]) + sender_point
    return header + AESGCM(key).encrypt(nonce, payload + _LAST_RECORD, None)


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)

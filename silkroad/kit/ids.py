"""Names for things and secrets for doors, both made of handed-in randomness.

An id is public, opaque and random, so that it tells nothing of volume or order; its prefix says
what it names. A token opens a door: it has 256 bits, and only its hash is ever stored.
"""

from __future__ import annotations

import base64
import hashlib
import re

from .randomness import Randomness

ID = re.compile(r"[a-z]{3}_[a-z2-7]{26}")
CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def new_id(prefix: str, randomness: Randomness) -> str:
    """Return a new id such as ``cnv_…``: a three-letter noun and 128 random bits in base32."""
    return _named(prefix, randomness.bytes(16))


def same_id(prefix: str, *parts: str) -> str:
    """Return an id that these parts give at every node, so that a thing is made once."""
    return _named(prefix, hashlib.sha256("\n".join(parts).encode()).digest()[:16])


def _named(prefix: str, bits: bytes) -> str:
    return f"{prefix}_{base64.b32encode(bits).decode().rstrip('=').lower()}"


def new_token(randomness: Randomness) -> str:
    """Return a new bearer secret: 256 random bits, URL-safe, 43 characters."""
    return base64.urlsafe_b64encode(randomness.bytes(32)).decode().rstrip("=")


def token_hash(token: str) -> bytes:
    """Return what is stored of a token. A plain hash is enough: there is nothing to guess."""
    return hashlib.sha256(token.encode()).digest()

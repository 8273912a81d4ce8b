"""What a good password is, how it is hashed, and how an authenticator's code is checked.

Hashing costs 19 MiB and some 20 ms on purpose (argon2id, two passes: the least that OWASP's
Password Storage Cheat Sheet of 2024 accepts). It must never run in the writer's thread.
"""

from __future__ import annotations

import hmac
import re
from itertools import pairwise

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from silkroad.accounts.limits import Limit
from silkroad.kit.clock import MINUTE, SECOND
from silkroad.kit.errors import FieldError, Refusal

from .favourites import FAVOURITES

SHORTEST = 10
STEP = 30 * SECOND
PER_ACCOUNT = Limit("password.account", 5, 30 * MINUTE)
PER_ADDRESS = Limit("password.address", 50, 30 * MINUTE)
ISSUER = "Silkroad"

_FEW = 4
_LONG_NAME = 4
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str) -> str:
    """Return the argon2id hash of a password, salt and parameters in it."""
    return _hasher.hash(password)


def matches(password: str, stored: str) -> bool:
    """Whether a password is the one that was hashed."""
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


NOBODYS_HASH = hashed("")
"""What is checked for a phone that nobody has, so that it takes as long as for one that exists."""


def refuse_weak(password: str, *, about: tuple[str, ...]) -> None:
    """Refuse what is guessed first: short, a favourite, a row of signs, the owner's own data.

    ``about`` holds the owner's phone and name. Raises Refusal ``invalid``.
    """
    plain = password.casefold()
    letters = re.sub(r"[\W\d_]+$", "", re.sub(r"^[\W\d_]+", "", plain))
    if len(password) < SHORTEST:
        raise _weak("password_short", f"Use at least {SHORTEST} characters.")
    if plain in FAVOURITES or letters in FAVOURITES or len(set(plain)) <= _FEW or _is_row(plain):
        raise _weak("password_common", "This is among the first passwords that are tried.")
    if any(part in plain for text in about for part in _telling(text)):
        raise _weak("password_personal", "Leave your own name and number out of it.")


def _weak(code: str, detail: str) -> Refusal:
    return Refusal("invalid", fields=(FieldError("$.password", code, detail),))


def _is_row(text: str) -> bool:
    steps = {ord(b) - ord(a) for a, b in pairwise(text)}
    return steps in ({1}, {-1}, {1, -9}, {-1, 9})


def _telling(text: str) -> list[str]:
    digits = re.sub(r"\D", "", text)
    words = [text.casefold().replace(" ", ""), *text.casefold().split()]
    found = [word for word in words if len(word) >= _LONG_NAME and not word.lstrip("+").isdigit()]
    return [*found, digits[-7:]] if digits else found


def totp_uri(secret: str, phone: str) -> str:
    """Return the otpauth:// address that authenticator apps scan."""
    return pyotp.TOTP(secret).provisioning_uri(name=phone, issuer_name=ISSUER)


def totp_step(secret: str, code: str, now: int) -> int | None:
    """Return the 30-second step (RFC 6238) whose code this is, one to either side allowed."""
    authenticator = pyotp.TOTP(secret)
    step = now // STEP
    for near in (step, step - 1, step + 1):
        if hmac.compare_digest(authenticator.at(near * STEP // SECOND).encode(), code.encode()):
            return near
    return None

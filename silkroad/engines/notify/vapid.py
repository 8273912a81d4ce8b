"""Who is knocking: the application server's signed name card for push services (RFC 8292, VAPID).

One key per installation. A browser binds its subscription to the public half, so a stolen endpoint
alone wakes nobody.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from silkroad.kit.clock import HOUR, SECOND, Clock
from silkroad.kit.randomness import Randomness

from .p256 import draw, point_of, private_bytes, private_from, to_base64url

_LIFE = 12 * HOUR  # push services take at most 24 h
_MARGIN = HOUR  # a card is renewed this long before it ends, for clocks that disagree
_CARDS = 256
_NUMBER = 32


def new_private_key(randomness: Randomness) -> bytes:
    """Return a new VAPID private key: 32 bytes, to be sealed wherever it is kept."""
    return private_bytes(draw(randomness))


def public_key(private_key: bytes) -> str:
    """Return what browsers subscribe with: the public point in base64url, 87 characters."""
    return to_base64url(point_of(private_from(private_key)))


class Vapid:
    """Writes and remembers the name cards of one installation.

    ``contact`` is where a push service can complain: a ``mailto:`` or ``https:`` address.
    """

    def __init__(self, private_key: bytes, contact: str, clock: Clock) -> None:
        if not contact.startswith(("mailto:", "https:")):
            raise ValueError("a push service wants a mailto: or https: contact")
        self._key = private_from(private_key)
        self._contact = contact
        self._clock = clock
        self._cards: dict[tuple[str, bool], tuple[int, str]] = {}
        self.public_key = public_key(private_key)

    def authorization(self, origin: str, *, contact: bool = True) -> str:
        """Return the Authorization value for a push service's origin; the same one for hours.

        Without ``contact`` it does not say where to complain, which RFC 8292 only recommends.
        """
        now = self._clock.now()
        expires, card = self._cards.get((origin, contact), (0, ""))
        if not now + _MARGIN <= expires <= now + _LIFE:  # too old, or the clock was set back
            expires = now + _LIFE
            card = f"vapid t={self._token(origin, expires, contact=contact)}, k={self.public_key}"
            if len(self._cards) >= _CARDS:
                self._cards.clear()
            self._cards[origin, contact] = (expires, card)
        return card

    def _token(self, origin: str, expires: int, *, contact: bool) -> str:
        claims: dict[str, str | int] = {"aud": origin, "exp": expires // SECOND}
        if contact:
            claims["sub"] = self._contact
        signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
        # deterministic (RFC 6979): no chance is drawn, and a weak generator cannot leak the key
        algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = decode_dss_signature(self._key.sign(signed.encode(), algorithm))
        signature = r.to_bytes(_NUMBER, "big") + s.to_bytes(_NUMBER, "big")  # RFC 7518 §3.4
        return f"{signed}.{to_base64url(signature)}"


def _part(claims: Mapping[str, str | int]) -> str:
    return to_base64url(msgspec.json.encode(claims))

"""Who knocks, and at whose door: the installation's key and the push services that it may ask."""

from __future__ import annotations

from functools import cache

from silkroad.engines.notify.vapid import public_key
from silkroad.engines.outbound import Recipient
from silkroad.http import House
from silkroad.privacy.processors import push_services


@cache
def services(vouched: frozenset[str]) -> tuple[Recipient, ...]:
    """Return the push services of the registry, with the operator's own, as origins."""
    return push_services(vouched)


def push_key(house: House) -> str | None:
    """Return the public key that browsers subscribe with, in base64url; None before the start."""
    return _public(house.vapid_key) if house.vapid_key else None


@cache
def _public(private: bytes) -> str:
    return public_key(private)

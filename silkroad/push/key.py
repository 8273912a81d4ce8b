"""Who knocks, and at whose door: the installation's key and the push services that it may ask."""

from __future__ import annotations

from functools import cache

from silkroad.engines.notify.subscription import push_services
from silkroad.engines.notify.vapid import public_key
from silkroad.engines.outbound import Recipient
from silkroad.http import House


@cache
def recipient(vouched: frozenset[str]) -> Recipient:
    """Return the registry entry of Web Push with the operator's own push services, as origins."""
    return push_services(vouched)


def push_key(house: House) -> str | None:
    """Return the public key that browsers subscribe with, in base64url; None before the start."""
    return _public(house.vapid_key) if house.vapid_key else None


@cache
def _public(private: bytes) -> str:
    return public_key(private)

"""Token buckets in memory: how often one key may knock. Clause 4.1.2.

A key is a keyed hash or an opaque id, never a phone number or an address in the clear beyond
this process. Buckets that are full again are forgotten.
"""

from __future__ import annotations

from typing import NamedTuple

from silkroad.kit.clock import Clock
from silkroad.kit.errors import refuse

KEPT = 50_000


class Rate(NamedTuple):
    """``burst`` tries at once, and one more every ``every`` milliseconds."""

    burst: int
    every: int


class Throttle:
    """Counts tries per key. Not thread-safe: it lives on the event loop."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[tuple[Rate, str], tuple[float, int]] = {}

    def spend(self, rate: Rate, key: str) -> None:
        """Take one try. Raises Refusal ``throttled`` with the seconds to wait."""
        now = self._clock.now()
        left, at = self._buckets.get((rate, key), (float(rate.burst), now))
        left = min(rate.burst, left + max(0, now - at) / rate.every)
        if left < 1:
            raise refuse("throttled", retry_after=int((1 - left) * rate.every / 1000) + 1)
        self._buckets[rate, key] = (left - 1, now)
        if len(self._buckets) > KEPT:
            self._forget(now)

    def _forget(self, now: int) -> None:
        """Drop the buckets that have refilled; if all are in use, the older half."""
        full = [
            k
            for k, (left, at) in self._buckets.items()
            if left + (now - at) / k[0].every >= k[0].burst
        ]
        for key in full or list(self._buckets)[: KEPT // 2]:
            del self._buckets[key]

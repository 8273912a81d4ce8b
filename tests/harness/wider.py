"""The server of the tests in a later version, which keeps one more detail on a consent."""

from __future__ import annotations

from collections.abc import Iterable

import uvloop

from silkroad.kit.inventory import CALL, DataClass, Declarations, Purpose, personal
from silkroad.privacy import consent
from tests.harness import served

HEARD = personal(
    "visitor",
    DataClass.RECORDING,
    "S1",
    Purpose.MICROPHONE,
    source="subject",
    basis="consent",
    retention=CALL,
    erasure="delete",
)
PLANTED: Declarations = {"calls": {"loudness": HEARD}}

_learn = consent.learn


def learn(declarations: Iterable[Declarations]) -> None:
    _learn([*declarations, PLANTED])


if __name__ == "__main__":
    consent.learn = learn
    uvloop.run(served.main())

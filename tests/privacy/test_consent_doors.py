"""Whatever acts for a purpose that rests on consent is written down, with what stands before it.

A new door, job or consumer for such a purpose fails here until somebody has said how it asks.
Clauses 1.1, 4.1.6, 6.3.
"""

from __future__ import annotations

import pytest

from silkroad import parts, wiring
from silkroad.kit.inventory import CONSENT_NEEDS, Purpose
from silkroad.privacy.policy import record
from tests.clauses.campaigns import line_of

ASKS = "requires the consent, in the same transaction"
OWN = "shows somebody what is theirs, so that they can end it"
ENDS = "ends or deletes, and takes nothing"
OPENED = "says what a wake was about, to the device that it was sent to"
QUEUES = "queues a wake, which requires the consent when it is sent"

STANDS_BEFORE = {
    "media.microphone": ASKS,  # test_section_6_consent.py tries each without a consent
    "media.camera": ASKS,
    "widget.microphone": ASKS,
    "widget.camera": ASKS,
    "devices.add": ASKS,
    "widget.subscribe": ASKS,
    "SendWake": ASKS,  # tests/attacks/test_wakes_in_flight.py
    "SendNotice": ASKS,
    "devices.list": OWN,
    "widget.hand_over": OWN,
    "devices.remove": ENDS,
    "widget.unsubscribe": ENDS,
    "SweepPush": ENDS,
    "wakes.read": OPENED,
    "widget.wake": OPENED,
    "wake_absent": QUEUES,
}

KEPT_FOR = {
    "wake_up": {"DEV"},
    "microphone": set[str](),  # what is heard is not kept; that it was granted is, as a proof
    "camera": set[str](),
    "recording": set[str](),
    "statistics": set[str](),
}
"""What rests on a consent to each purpose, by kind. A further kind needs another question."""


def test_everything_that_acts_for_such_a_purpose_says_what_stands_before_it() -> None:
    works = parts.works()
    doors = {name for name, door in works.doors.items() if door.purpose in CONSENT_NEEDS}
    jobs = {job.__name__ for job in works.jobs if job.purpose in CONSENT_NEEDS}
    consumers = {name for name, known in wiring.CONSUMERS.items() if known.purpose in CONSENT_NEEDS}
    assert STANDS_BEFORE.keys() == doors | jobs | consumers


@pytest.mark.parametrize("device", ["microphone", "camera"])
def test_a_device_is_granted_for_its_own_purpose(device: str) -> None:
    line = line_of(record(parts.works()), device)
    assert line["doors"] == [f"media.{device}", f"widget.{device}"]


def test_nothing_else_rests_on_a_consent() -> None:
    assert KEPT_FOR.keys() == {purpose.value for purpose in CONSENT_NEEDS}
    for purpose in CONSENT_NEEDS:
        kinds = {
            column.data.value
            for module in parts.works().declarations
            for columns in module.values()
            for column in columns.values()
            if purpose in column.purposes and column.basis == "consent"
        }
        assert kinds <= KEPT_FOR[purpose.value], purpose


def test_what_nobody_can_agree_to_yet_opens_nothing() -> None:
    """No question asks for it: whoever gives a column such a purpose builds that first."""
    closed = CONSENT_NEEDS.keys() - {door.purpose for door in parts.works().doors.values()}
    assert closed == {Purpose.RECORDING, Purpose.STATISTICS}
    opened = [
        f"{table}.{name}"
        for module in (*parts.works().declarations, *parts.works().beyond)
        for table, columns in module.items()
        for name, column in columns.items()
        if column.purposes & closed
    ]
    assert opened == []

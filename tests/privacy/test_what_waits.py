"""Which new details wait for whoever was not told of them: all but a short list. 1.8d, 2.0.7."""

from __future__ import annotations

from typing import Any

import pytest

from silkroad.kit.inventory import (
    CONVERSATION,
    Basis,
    Column,
    DataClass,
    Purpose,
    Sensitivity,
    personal,
)
from silkroad.parts import DECLARATIONS
from silkroad.privacy.campaigns.points import DOOR, PROOF, opened_by


def planted(basis: Basis, sensitivity: Sensitivity = "S1") -> Column:
    purpose = Purpose.CAMERA if basis == "consent" else Purpose.ACCOUNTABILITY
    return personal(
        "visitor",
        DataClass.IDENTITY,
        sensitivity,
        purpose,
        source="subject",
        basis=basis,
        retention=CONVERSATION,
        erasure="shred",
        sealed=sensitivity != "S1",
    )


def a_record(*columns: str) -> dict[str, Any]:
    return {"activities": [{"purpose": "accountability", "columns": list(columns)}]}


@pytest.mark.parametrize(
    ("name", "column", "waits"),
    [
        ("visitors.passport", planted("legal_duty"), True),
        ("visitors.passport", planted("legal_duty", "S3"), True),
        ("publications.passport", planted("legal_duty", "S3"), True),
        ("consents.passport", planted("legal_duty", "S3"), True),
        ("consents.passport", planted("contract"), True),
        ("consents.reason", planted("legal_duty"), False),
        ("media_grants.passport", planted("consent"), False),
    ],
)
def test_the_law_alone_opens_nothing(name: str, column: Column, waits: bool) -> None:
    opened = opened_by(a_record(), a_record(name), {name: column})
    assert (name in opened.stored) is waits


def test_what_waits_for_nobody_is_there_and_says_why() -> None:
    tables = {table for known in DECLARATIONS for table in known}
    for listed in (PROOF, DOOR):
        assert listed.keys() <= tables
        assert all(listed.values())
    assert not PROOF.keys() & DOOR.keys()

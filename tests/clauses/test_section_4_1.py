"""Clause 4.1.2: what is taken to protect people serves nothing else, and never to reach them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from silkroad.accounts.limits.store import tries
from silkroad.accounts.sessions.store import sessions
from silkroad.engines.database import OutsidePurpose, Statement, Transaction, mine
from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.engines.database.tables import metadata
from silkroad.kit.inventory import LOG, PROTECTION, Column, DataClass, Purpose, personal
from silkroad.kit.scope import system
from silkroad.parts import DECLARATIONS, EVERYTHING
from silkroad.workspaces.actions import found
from tests.engines.database.conftest import db, keyring, store, world  # noqa: F401 - fixtures

REACHES = (Purpose.CONVERSATION, Purpose.WAKE_UP, Purpose.RIGHTS, Purpose.ACCOUNTABILITY)
"""For what somebody is written to, woken, answered or told of a change."""

LOOKS = [Statement(select(table).where(mine(table))) for table in (tries, sessions)]


def of_security() -> dict[str, Column]:
    return {
        f"{thing}.{name}": column
        for module in EVERYTHING
        for thing, known in module.items()
        for name, column in known.items()
        if Purpose.SECURITY in column.purposes or column.data is DataClass.NETWORK
    }


def test_what_is_taken_for_security_is_for_nothing_else() -> None:
    known = of_security()
    assert {"tries.who", "sessions.agent", "memory http.throttle.Throttle._buckets"} <= set(known)
    assert [name for name, column in known.items() if not column.purposes <= PROTECTION] == []


@pytest.mark.parametrize("purpose", REACHES)
def test_no_statement_shows_it_to_whoever_would_reach_somebody(purpose: Purpose) -> None:
    tables = {name for module in DECLARATIONS for name in module}
    tried = 0
    for place in of_security():
        table, _, column = place.partition(".")
        if table in tables:
            tried += 1
            made = Statement(select(metadata.tables[table].c[column]), across="a test's own")
            EVERY_STATEMENT.remove(made)
            assert not made.purposes & purpose.bit, place
    assert tried > 10


def test_nobody_can_declare_it_for_more() -> None:
    kept: Any = {"source": "use", "basis": "legitimate_interest", "retention": LOG}
    for purpose in set(Purpose) - PROTECTION:
        with pytest.raises(ValueError, match=r"serves nothing else|figures"):
            personal(
                "member",
                DataClass.NETWORK,
                "S1",
                Purpose.SECURITY,
                purpose,
                erasure="delete",
                controller="operator",
                **kept,
            )


@pytest.mark.anyio
@pytest.mark.parametrize("purpose", REACHES)
async def test_whoever_tries_is_refused(db: Any, purpose: Purpose) -> None:  # noqa: F811 - a fixture
    """As a job would that wants to write to whoever tried too often."""
    workspace_id = await db.write(system(purpose=Purpose.REGISTRATION), found, "Linden", "eu")

    for statement in LOOKS:
        with pytest.raises(OutsidePurpose):
            await db.read(system(workspace_id, purpose), Transaction.all, statement)

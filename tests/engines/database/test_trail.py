"""The audit trail takes what its declarations name, and refuses the rest as it runs. Clause P.1."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from silkroad.engines.database import Database, Statement, Transaction, Undeclared, mine
from silkroad.engines.database.tables import audit_entries
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import system

SCOPE = system("wsp_a", Purpose.ACCOUNTABILITY)
WRITTEN = Statement(
    select(audit_entries.c.action, audit_entries.c.detail).where(mine(audit_entries))
)


def written(tx: Transaction) -> list[tuple[str, bytes]]:
    return [(action, bytes(detail)) for action, detail in tx.all(WRITTEN)]


@pytest.mark.anyio
async def test_what_is_declared_is_written(db: Database) -> None:
    def act(tx: Transaction) -> None:
        tx.audit("role.granted", "mbr_1", role="agent")
        tx.audit("member.signed_in", "mbr_1")

    await db.write(SCOPE, act)
    assert await db.read(SCOPE, written) == [
        ("role.granted", b'{"role":"agent"}'),
        ("member.signed_in", b"{}"),
    ]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("action", "detail"),
    [
        ("member.signed_in", {"phone": "+12025550100"}),
        ("role.granted", {"role": "admin", "phone": "+12025550100"}),
        ("conversation.state", {"role": "admin"}),
        ("gossip.heard", {"role": "admin"}),
    ],
)
async def test_what_is_not_declared_is_refused_and_nothing_is_written(
    db: Database, action: str, detail: dict[str, Any]
) -> None:
    def act(tx: Transaction) -> None:
        tx.audit("role.granted", "mbr_1", role="agent")
        tx.audit(action, "mbr_1", **detail)

    key = list(detail)[-1]
    with pytest.raises(Undeclared, match=rf"^audit {action}\.{key}: nobody declares it$"):
        await db.write(SCOPE, act)
    assert await db.read(SCOPE, written) == []

"""What is sealed or looked up blind goes only where the declarations have it so. P.1, D.4."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Column, LargeBinary, MetaData, Table, Text

from silkroad.engines.database import Database, Transaction, Undeclared, seals
from silkroad.kit.inventory import DataClass as Data
from silkroad.kit.inventory import Declarations, Purpose, in_memory, nonpersonal, passing, secret
from silkroad.kit.scope import system
from silkroad.parts import DECLARATIONS
from silkroad.visitors.store import visitors

planted = Table(
    "planted",
    MetaData(),
    Column("workspace_id", Text, primary_key=True),
    *(Column(name, LargeBinary) for name in ("mood", "trace", "ours", "gossip")),
)
_p = planted.c
KNOWN: Declarations = {
    "planted": {
        "workspace_id": nonpersonal("the company's workspace"),
        "mood": nonpersonal("random"),
        "trace": passing("visitor", Purpose.CONVERSATION),
        "ours": secret("a key of ours"),
    }
}
SCOPE = system("wsp_a", Purpose.CONVERSATION)


@pytest.fixture(autouse=True)
def _learned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plant a table: a column about nobody, one about a person, a secret, and one undeclared."""
    for known in ("_sealed", "_personal"):
        monkeypatch.setattr(seals, known, set(getattr(seals, known)))
    seals.learn([*DECLARATIONS, KNOWN])


@pytest.mark.anyio
@pytest.mark.parametrize("column", [_p.mood, _p.trace, _p.gossip, visitors.c.language], ids=str)
async def test_nothing_is_sealed_for_a_column_that_is_not_declared_so(
    db: Database, column: Any
) -> None:
    with pytest.raises(Undeclared):
        await db.write(SCOPE, Transaction.seal, "wsp_a", column, "vis_mira", "Mira")


@pytest.mark.anyio
@pytest.mark.parametrize("column", [_p.mood, _p.ours, _p.gossip, visitors.c.inbox_id], ids=str)
async def test_nobody_is_looked_up_by_a_column_that_is_about_nobody(
    db: Database, column: Any
) -> None:
    with pytest.raises(Undeclared):
        await db.write(SCOPE, Transaction.blind, column, "+12025550100")


@pytest.mark.anyio
async def test_what_is_declared_goes_where_it_belongs(db: Database) -> None:
    for column in (_p.ours, visitors.c.name):
        sealed = await db.write(SCOPE, Transaction.seal, "wsp_a", column, "vis_mira", "Mira")
        assert b"Mira" not in sealed
    for column in (_p.trace, visitors.c.customer_index):
        assert b"4711" not in await db.write(SCOPE, Transaction.blind, column, "4711")


def test_no_table_lies_in_memory() -> None:
    remembered = in_memory("visitor", Data.CONTACT, Purpose.CONVERSATION, sensitivity="S3")
    with pytest.raises(Undeclared, match=r"planted\.mood"):
        seals.learn([{"planted": {"mood": remembered}}])

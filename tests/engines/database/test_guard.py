"""The guard: no statement on a tenant's table without the tenant, and no way to name another."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import (
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.sql.schema import ColumnCollectionConstraint

import silkroad.parts
from silkroad.engines.database import Statement, Unguarded, Upsert, mine
from silkroad.engines.database.statement import DIALECTS, EVERY_STATEMENT
from silkroad.engines.database.tables import facts, feeds, jobs, metadata

_f, _j = facts.c, jobs.c
_also = (_j.workspace_id == _f.workspace_id) & (_j.id == _f.kind)


@pytest.mark.parametrize(
    "clause",
    [
        select(_f.body),
        select(_f.body).where(_f.number == 1),
        select(_f.body).where(_f.workspace_id == "wsp_b"),
        select(_f.body).where(_f.workspace_id == bindparam("other")),
        select(_f.body, _j.id).where(mine(facts)),
        select(_f.body, _j.id).join(jobs, _j.id == _f.kind).where(mine(facts)),
        update(feeds).values(last=0),
        update(feeds).where(mine(feeds)).values(workspace_id=bindparam("to")),
        delete(jobs).where(_j.id == bindparam("id")),
        insert(feeds).values(workspace_id="wsp_b", last=1),
    ],
    ids=str,
)
def test_a_statement_that_reaches_other_tenants_cannot_be_made(clause: Any) -> None:
    with pytest.raises(Unguarded):
        Statement(clause)


def test_an_upsert_without_the_workspace_in_its_key_cannot_be_made() -> None:
    with pytest.raises(Unguarded):
        Upsert(jobs, ("id",))


@pytest.mark.parametrize(
    "clause",
    [
        select(_f.body).where(mine(facts), _f.number == 1),
        select(_f.body, _j.id).join(jobs, _also).where(mine(facts)),
        update(feeds).where(mine(feeds)).values(last=0),
        delete(jobs).where(mine(jobs)),
        insert(feeds).values(workspace_id=bindparam("workspace_id"), last=1),
    ],
    ids=str,
)
def test_a_statement_tied_to_its_own_workspace_can(clause: Any) -> None:
    made = Statement(clause)
    EVERY_STATEMENT.remove(made)


def test_every_statement_of_the_product_compiles_for_both_databases() -> None:
    assert silkroad.parts.OPERATIONS
    assert len(EVERY_STATEMENT) > 100
    for statement in EVERY_STATEMENT:
        for dialect in DIALECTS:
            assert statement.on(dialect).sql


def test_statements_that_see_several_workspaces_say_why() -> None:
    reasons = [s.across for s in EVERY_STATEMENT if s.across]
    assert all(len(reason.split()) > 3 for reason in reasons), reasons
    assert len(reasons) < 30, "each of them is a door in the wall"


def test_every_tables_key_and_unique_constraints_carry_the_workspace() -> None:
    for table in metadata.tables.values():
        assert "workspace_id" in table.c, table.name
        keys: list[ColumnCollectionConstraint] = [
            key for key in table.constraints if isinstance(key, UniqueConstraint)
        ]
        if [c.name for c in table.primary_key] != ["row"]:
            keys.append(table.primary_key)
        for key in keys:
            assert "workspace_id" in {c.name for c in key.columns}, f"{table.name}: {key.name}"
        for foreign in table.foreign_key_constraints:
            assert "workspace_id" in foreign.column_keys, f"{table.name}: {foreign.name}"

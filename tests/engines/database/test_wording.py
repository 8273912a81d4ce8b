"""What is written as text, or described a second time, is in no statement, whatever excuses it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    cast,
    column,
    delete,
    exists,
    extract,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import quoted_name

import silkroad.parts
from silkroad.engines.database import Statement, Unguarded, mine
from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.engines.database.tables import facts, feeds
from silkroad.engines.database.wording import strange

_f = facts.c
_own = select(_f.number).where(mine(facts))
_union = "1=0 UNION SELECT body FROM messages"
_names = "(select name from visitors)"
_again = Table("messages", MetaData(), Column("body", Text))
_forged = _f.number.op("= 1 UNION SELECT name FROM visitors --")(1)
_upsert = sqlite.insert(feeds).values(workspace_id=bindparam("workspace_id"), last=1)

PLANTED = [
    _own.where(text(_union)),
    _own.where(_f.number.in_(select(text(_names)))),
    _own.order_by(text(_names)),
    _own.group_by(text(_names)),
    _own.having(text(_union)),
    _own.limit(literal_column(_names)),
    _own.suffix_with("UNION SELECT name FROM visitors"),
    _own.prefix_with("name FROM visitors UNION SELECT"),
    _own.with_hint(facts, "JOIN visitors"),
    _own.with_statement_hint("UNION SELECT name FROM visitors"),
    _own.where(_forged),
    _own.where(exists(_own.where(_forged))),
    _own.where(_f.number.bool_op("= 1 OR")(1)),
    _own.order_by(literal_column(_names)),
    _own.where(_f.kind == literal_column("'x' OR 'x' = 'x'")),
    _own.add_columns(column("name")),
    _own.add_columns(_f.kind.label(quoted_name(f"k, {_names}", quote=False))),
    _own.add_columns(func.pg_read_file("/etc/passwd")),
    _own.add_columns(cast(_f.kind, Integer)),
    _own.add_columns(extract(f"{_names}) --", _f.at)),
    select(_again.c.body),
    select(table("messages", column("body")).c.body),
    select(_own.where(text(_union)).subquery().c.number),
    select(_own.where(text(_union)).cte().c.number),
    _own.add_cte(select(text(_names)).cte()),
    union_all(_own, select(text(_names))),
    select(select(text(_names)).scalar_subquery()),
    select(text(_names)).where(mine(facts)).select_from(facts),
    text(f"SELECT {_names}"),
    text(f"SELECT {_names}").columns(_f.number),
    update(feeds).where(mine(feeds)).values(last=text(_names)),
    update(feeds).where(mine(feeds)).values(last=0).returning(text(_names)),
    update(feeds).where(mine(feeds)).values(last=0).prefix_with("OR REPLACE"),
    delete(feeds).where(mine(feeds), text(_union)),
    insert(feeds).values(workspace_id=bindparam("workspace_id"), last=text(_names)),
    insert(feeds).prefix_with("OR REPLACE"),
    insert(feeds).values([{"workspace_id": bindparam("workspace_id"), "last": 1}]),
    _own.add_cte(update(feeds).where(mine(feeds)).values(last=0).cte()),
    _own.add_cte(delete(feeds).where(mine(feeds)).returning(feeds.c.last).cte()),
    insert(feeds).from_select(["last"], select(text(_names))),
    _upsert.on_conflict_do_update(index_elements=["workspace_id"], set_={"last": text(_names)}),
    _upsert.on_conflict_do_update(
        index_elements=["workspace_id"], set_={"last": 1}, where=text(_union)
    ),
]


@pytest.mark.parametrize("across", ["", "a test's own"], ids=["guarded", "across"])
@pytest.mark.parametrize("clause", PLANTED, ids=range(len(PLANTED)))
def test_what_cannot_be_judged_cannot_be_made(clause: Any, across: str) -> None:
    before = len(EVERY_STATEMENT)
    with pytest.raises(Unguarded, match="cannot be judged"):
        Statement(clause, across=across)
    assert len(EVERY_STATEMENT) == before


def test_every_statement_of_the_product_can_be_judged() -> None:
    assert silkroad.parts.OPERATIONS
    assert len(EVERY_STATEMENT) > 100
    assert [odd for one in EVERY_STATEMENT for odd in strange(one._clause)] == []

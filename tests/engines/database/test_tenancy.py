"""A condition ties a table where it has to hold for every row of it, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import (
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import sqlite

import silkroad.parts
from silkroad.engines.database import Statement, Unguarded, mine
from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.engines.database.tables import facts, feeds, jobs
from silkroad.engines.database.tenancy import gaps

_f, _j = facts.c, jobs.c
_same = _j.workspace_id == _f.workspace_id
_own: Any = bindparam("workspace_id")
_inner = select(_j.id).where(mine(jobs))
_again = facts.alias("excluded")
_new = sqlite.insert(jobs).values(workspace_id=_own, id="job_b")

LOOSE = [
    select(_f.body).where(or_(mine(facts), _f.number == 1)),
    select(_f.body).where(mine(facts) | (_f.number == 1), _f.at > 0),
    select(_f.body).where(not_(mine(facts))),
    select(_f.body).where(not_(and_(mine(facts), _f.number == 1))),
    select(_f.body).where(case((mine(facts), _f.number == 1), else_=_f.number == 2)),
    select(_f.body).where(case((mine(facts), 1), else_=1) == 1),
    select(_f.body).where(mine(facts).is_(None)),
    select(_f.body).where(mine(facts) == (_f.number == 1)),
    select(_f.body).where(func.coalesce(mine(facts), 1)),
    select(_f.body, mine(facts)),
    select(_f.body).order_by(mine(facts)),
    select(func.count()).group_by(_f.kind).having(mine(facts)),
    select(func.count()).select_from(facts),
    select(_again.c.body),
    # what is tied inside another query, or outside it, is not tied in this one
    select(_f.body).where(exists(select(_j.id).where(mine(jobs), mine(facts)))),
    select(_f.body).where(mine(facts), exists(select(_j.id).where(_j.id == _f.kind))),
    select(_f.body).where(mine(facts), _f.kind.in_(select(_j.id))),
    select(_f.body, select(_j.id).limit(1).scalar_subquery()).where(mine(facts)),
    select(select(_f.body).subquery().c.body),
    select(select(_f.body).cte().c.body),
    union_all(select(_f.body).where(mine(facts)), select(_j.body)),
    # joins: of a row that stays without a partner, ON says nothing
    select(_f.body).outerjoin(jobs, and_(mine(facts), mine(jobs))),
    select(_f.body).outerjoin(jobs, _same).where(mine(jobs) | _j.id.is_(None)),
    select(_f.body).outerjoin(jobs, or_(_same, _j.id == _f.kind)).where(mine(facts)),
    select(_f.body).join(jobs, and_(mine(facts), mine(jobs)), full=True),
    select(_f.body).join(jobs, or_(_same, _j.id == _f.kind)).where(mine(facts)),
    # changing and adding
    update(feeds).where(or_(mine(feeds), feeds.c.last == 0)).values(last=0),
    update(feeds).where(mine(feeds)).values(last=select(_f.number).limit(1).scalar_subquery()),
    update(feeds).where(mine(feeds), feeds.c.last == _f.number).values(last=0),
    delete(jobs).where(or_(mine(jobs), _j.id == "job_b")),
    delete(jobs).where(not_(mine(jobs))),
    insert(feeds).from_select(["workspace_id", "last"], select(literal("wsp_b"), literal(1))),
    insert(feeds).values(workspace_id=_own, last=select(_f.number).limit(1).scalar_subquery()),
    _new.on_conflict_do_update(index_elements=["id"], set_={"body": b""}),
    _new.on_conflict_do_update(
        index_elements=["workspace_id", "id"], set_={"workspace_id": "wsp_b"}
    ),
]


@pytest.mark.parametrize("clause", LOOSE, ids=range(len(LOOSE)))
def test_a_condition_that_need_not_hold_ties_nothing(clause: Any) -> None:
    with pytest.raises(Unguarded, match="without its workspace"):
        Statement(clause)


TIED = [
    select(_f.body).where(and_(_f.number == 1, and_(mine(facts), _f.at > 0))),
    select(_f.body).where(mine(facts), or_(_f.number == 1, _f.number == 2)),
    select(_f.body).where(mine(facts), _f.kind.in_(_inner)),
    select(_f.body).where(mine(facts), exists(_inner.where(_same, _j.id == _f.kind))),
    select(select(_f.body).where(mine(facts)).subquery().c.body),
    select(_f.body, _j.id).where(mine(facts), _same),
    select(_f.body, _j.id).join(jobs, and_(_same, mine(facts))),
    select(_f.body, _j.id).outerjoin(jobs, _same).where(mine(facts)),
    select(_f.body, _j.id).outerjoin(jobs, mine(jobs)).where(mine(facts)),
    union_all(select(_f.body).where(mine(facts)), select(_j.body).where(mine(jobs))),
]


@pytest.mark.parametrize("clause", TIED, ids=range(len(TIED)))
def test_one_that_has_to_hold_ties(clause: Any) -> None:
    made = Statement(clause)
    EVERY_STATEMENT.remove(made)


def test_every_statement_of_the_product_is_tied_or_says_why_not() -> None:
    assert silkroad.parts.OPERATIONS
    assert len(EVERY_STATEMENT) > 100
    loose = [str(one) for one in EVERY_STATEMENT if not one.across and any(gaps(one._clause))]
    assert loose == []

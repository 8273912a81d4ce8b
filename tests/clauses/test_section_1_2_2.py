"""To operate, to improve and to secure are purposes of their own. Clause 1.2.2."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import bindparam, func, select

from silkroad.engines.database import Statement
from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.engines.database.tables import metadata
from silkroad.kit.inventory import SHORT, DataClass, Purpose, aggregate, nonpersonal, personal
from silkroad.parts import DECLARATIONS, FRAMES, OPERATIONS
from silkroad.research.store import research_extracts, research_settings
from silkroad.visitors.store import visitors

FIGURES = "research_extracts"
_v = visitors.c


def test_each_is_a_purpose_of_its_own_and_there_is_none_to_optimise() -> None:
    three = (Purpose.OPERATION, Purpose.IMPROVEMENT, Purpose.SECURITY)
    assert len({purpose.bit for purpose in three}) == 3
    assert [purpose for purpose in Purpose if "optim" in purpose] == []
    for purpose in three[::2]:
        assert not any(_opens(select(c), purpose) for c in (_v.id, _v.name, _v.language))


def test_to_improve_reads_figures_and_no_other_column_that_there_is() -> None:
    opened = {
        table
        for tables in DECLARATIONS
        for table, columns in tables.items()
        if table in metadata.tables
        for name in columns
        if _opens(select(metadata.tables[table].c[name]))
    }
    assert opened == {FIGURES}


@pytest.mark.parametrize(
    "statement",
    [
        select(func.count()).select_from(visitors),
        select(func.count()).where(_v.id == bindparam("visitor_id")),
        select(research_extracts.c.lines).where(select(_v.id).exists()),
        select(research_extracts.c.lines).join(
            visitors, _v.workspace_id == research_extracts.c.workspace_id
        ),
        select(research_extracts.c.month, research_settings.c.k),
        select(visitors.alias().c.id),
        select(func.min(_v.created_at)),
    ],
    ids=lambda statement: " ".join(str(statement).split())[:70],
)
def test_nor_does_it_count_or_compare_people(statement: Any) -> None:
    """A number of those who match tells of somebody when it is one."""
    assert not _opens(statement)


def test_figures_may_be_read_compared_and_counted() -> None:
    own = research_extracts.c
    assert _opens(select(own.lines).where(own.month == bindparam("month")))
    assert _opens(select(func.sum(own.people)))


def _opens(statement: Any, purpose: Purpose = Purpose.IMPROVEMENT) -> bool:
    made = Statement(statement, across="a test's own")
    EVERY_STATEMENT.remove(made)
    return bool(made.purposes & purpose.bit)


def test_nobody_can_declare_people_for_it() -> None:
    kept: Any = {"source": "use", "basis": "contract", "retention": SHORT, "erasure": "delete"}
    with pytest.raises(ValueError, match="from figures"):
        personal("visitor", DataClass.OPERATION, "S1", Purpose.IMPROVEMENT, **kept)
    assert aggregate("sums").aggregate and not nonpersonal("a channel").aggregate


def test_there_is_one_door_for_it_and_it_only_looks() -> None:
    doors = [one for one in OPERATIONS if one.policy.purpose is Purpose.IMPROVEMENT]
    assert [(door.name, door.method) for door in doors] == [("figures.read", "GET")]
    assert [frame for frame in FRAMES if frame.purpose is Purpose.IMPROVEMENT] == []

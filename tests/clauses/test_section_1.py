"""What is collected, and how: clauses 1.3 and 1.4."""

from __future__ import annotations

from silkroad.kit.inventory import Column, DataClass
from silkroad.parts import DECLARATIONS
from silkroad.privacy.clauses import SECTIONS

WRITTEN = {DataClass.MESSAGE, DataClass.FILE}


def test_what_a_company_puts_in_is_controlled_by_the_company() -> None:
    found = [(name, column) for name, column in columns() if is_put_in(column)]
    assert {"visitors.name", "visitors.phone", "messages.body"} <= {name for name, _ in found}
    assert [name for name, column in found if column.controller != "tenant"] == []


def test_the_number_that_the_policy_leaves_out_is_reserved() -> None:
    numbers = [clause.id for clause in SECTIONS["1"].clause]
    assert numbers.index("1.3.5") + 1 == numbers.index("1.4") == numbers.index("1.5") - 1
    (gap,) = (clause for clause in SECTIONS["1"].clause if clause.id == "1.4")
    assert "no clause of this number" in gap.promise


def columns() -> list[tuple[str, Column]]:
    return [
        (f"{table}.{name}", column)
        for module in DECLARATIONS
        for table, known in module.items()
        for name, column in known.items()
    ]


def is_put_in(column: Column) -> bool:
    """Whether it tells of a company's customers, or holds what was written in its workspace."""
    return "visitor" in column.subjects or column.data in WRITTEN

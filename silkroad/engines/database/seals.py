"""What may be sealed, and what may be looked up blind: as the declarations have it. P.1, D.4.

What is sealed goes into a column that is declared sealed, and a keyed hash by which somebody is
found into one that is declared personal. Anything else was declared wrongly, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column

from silkroad.kit.inventory import Declarations

_sealed: set[tuple[str, str]] = set()
_personal: set[tuple[str, str]] = set()


class Undeclared(Exception):
    """Something would be stored that is not declared, or not for the place it goes to: a defect."""


def learn(declarations: Iterable[Declarations]) -> None:
    """Take over which columns are sealed, and which are personal; what was learned before stays.

    Raises Undeclared for a column that is declared to lie elsewhere than on a disk.
    """
    for tables in declarations:
        for table, columns in tables.items():
            for name, column in columns.items():
                if column.lies != "disk":
                    raise Undeclared(f"{table}.{name} is stored, and not in the {column.lies}")
            _sealed.update((table, name) for name, column in columns.items() if column.sealed)
            _personal.update((table, name) for name, column in columns.items() if column.personal)


def admit_sealed(column: Column[Any]) -> None:
    """Let a sealed value into its column. Raises Undeclared where none is declared."""
    if (column.table.name, column.name) not in _sealed:
        raise Undeclared(f"{column} is not declared to be sealed")


def admit_blind(column: Column[Any]) -> None:
    """Let what a look-up uses into its column. Raises Undeclared where that is about nobody."""
    if (column.table.name, column.name) not in _personal:
        raise Undeclared(f"{column} is not declared to be about a person")

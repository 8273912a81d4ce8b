"""Which details rest on a consent to each purpose: told at the start, by the modules above."""

from __future__ import annotations

from collections.abc import Iterable

from silkroad.kit.inventory import Column, Declarations, Purpose

_resting: dict[str, list[str]] = {}


def learn(declarations: Iterable[Declarations]) -> None:
    """Take over what is declared, instead of what was learned before."""
    found: dict[str, list[str]] = {purpose: [] for purpose in Purpose}
    for tables in declarations:
        for table, columns in tables.items():
            for name, column in columns.items():
                if column.basis == "consent":
                    for purpose in column.purposes:
                        found[purpose].append(_fact(f"{table}.{name}", column))
    _resting.update({purpose: sorted(facts) for purpose, facts in found.items()})


def details_of(purpose: str) -> list[str]:
    """Return what names the details of a purpose. Raises KeyError before they were learned."""
    return _resting[purpose]


def _fact(name: str, column: Column) -> str:
    return f"{name} {column.data} {column.retention.name if column.retention else ''}"

"""The databases that a server can stand on, and a fresh one for each server that asks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .postgres import Postgres

ON_BOTH = ("journeys", "conversations", "database")
"""The folders of tests that run on both databases at every change; the others when it counts."""


@dataclass(frozen=True)
class Engine:
    """A kind of database."""

    name: str
    postgres: Postgres | None = None
    settings: dict[str, str] | None = None  # of the one database that several nodes share

    def fresh(self) -> dict[str, str]:
        """Return the settings of a server on an empty database of this kind."""
        if self.postgres is None:
            return self.settings or {}
        urls = self.postgres.fresh()
        return {
            "database_url": urls.app,
            "database_owner_url": urls.owner,
            "superuser_url": urls.superuser,  # for tests that look past the product and its guard
        }


SQLITE = Engine("sqlite")


def names(test: Path, *, deep: bool) -> list[str]:
    """Return which databases a test is run on."""
    both = deep or any(folder in ON_BOTH for folder in test.parts)
    return ["sqlite", "postgresql"] if both else ["sqlite"]

"""The databases that a server can stand on, and a fresh one for each server that asks."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from .postgres import SUPERUSER, Postgres

ON_BOTH = ("conversations", "database")
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
        }


def superuser_of(settings: dict[str, str]) -> str:
    """Return a server's database as its superuser, for tests that look past the guard."""
    url = urlsplit(settings.get("database_url", ""))
    return url._replace(netloc=f"{SUPERUSER}@{url.hostname}:{url.port}").geturl()


SQLITE = Engine("sqlite")


def names(test: pytest.Function, *, deep: bool) -> list[str]:
    """Return which databases a test is run on."""
    only = test.get_closest_marker("sqlite") is not None
    both = deep or any(folder in ON_BOTH for folder in test.path.parts)
    return ["sqlite", "postgresql"] if both and not only else ["sqlite"]

"""Fixtures: the same migration is written once, however often an image needs it."""

from __future__ import annotations

import functools

import pytest

from silkroad.migrations import script


@pytest.fixture(autouse=True)
def _write_the_migration_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "sql", _written)


_written = functools.cache(script.sql)

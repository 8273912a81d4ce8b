"""Giving, ending and asking for a grant."""

from __future__ import annotations

from collections.abc import Iterable

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.privacy import assessments

from . import store
from .model import Detail, Grant, GrantRecord


def give(tx: Transaction, source_id: str, details: Iterable[Detail]) -> None:
    """Let a source deliver these details from now on; what it was let before ends."""
    end(tx, source_id)
    grant_id = tx.new_id("grt")
    store.add(tx, grant_id, source_id, sorted(set(details)))
    tx.audit("grant.given", grant_id, source=source_id)


def end(tx: Transaction, source_id: str) -> None:
    """Let a source deliver nothing any more."""
    for grant_id in store.end(tx, source_id):
        tx.audit("grant.ended", grant_id, source=source_id)


def living(tx: Transaction, source_id: str) -> Grant | None:
    """Return what a source may deliver now, if anything."""
    return store.living(tx, source_id)


def require(tx: Transaction, source_id: str, details: Iterable[Detail]) -> None:
    """Make sure that a source may deliver these details now.

    Raises Refusal ``grant_required``, ``feature_locked``.
    """
    assessments.require_open(tx, "grants")
    grant = store.living(tx, source_id)
    if grant is None or not set(details) <= set(grant.details):
        raise refuse("grant_required")


def list_grants(tx: Transaction) -> list[GrantRecord]:
    """Return the newest grants of the workspace, those that are over as well."""
    return store.newest(tx)

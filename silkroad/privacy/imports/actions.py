"""Attesting."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.privacy import assessments

from . import store
from .model import Attestation, Import, What
from .words import HASHES


def attest(tx: Transaction, what: What, count: int, given: Attestation | None) -> Import:
    """Write down that somebody brings in data of so many people, and answers for it.

    The rows that come in by it carry its ground and hash. Raises Refusal ``attestation_required``
    when nothing was attested, or a text that is not the current one, and ``feature_locked``.
    """
    assessments.require_open(tx, "imports")
    if given is None or given.notice_hash not in HASHES:
        raise refuse("attestation_required")
    new = Import(
        id=tx.new_id("imp"),
        what=what,
        count=count,
        basis=given.basis,
        notice_hash=given.notice_hash,
        imported_by=tx.scope.actor_id,
        at=tx.now,
    )
    store.add(tx, new)
    tx.audit("import.attested", new.id, what=what, count=count, basis=given.basis)
    return new


def list_imports(tx: Transaction) -> list[Import]:
    """Return the newest imports of the workspace."""
    return store.newest(tx)

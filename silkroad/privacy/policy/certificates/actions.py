"""Keeping the register of certificates. Everything here is done in the installation's scope."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.kit.errors import invalid, refuse

from . import store
from .model import Certificate, CertificateDraft


def add(tx: Transaction, draft: CertificateDraft) -> Certificate:
    """Enter a certificate. Raises Refusal ``invalid`` for one that has run out already."""
    if draft.valid_until <= tx.now:
        raise invalid("$.valid_until", "This certificate has run out already.")
    new = Certificate(
        id=tx.new_id("crt"),
        name=draft.name.strip(),
        issuer=draft.issuer.strip(),
        reference=draft.reference.strip(),
        valid_until=draft.valid_until,
    )
    store.add(tx, new)
    tx.audit("certificate.added", new.id, valid_until=new.valid_until)
    return new


def remove(tx: Transaction, certificate_id: str) -> None:
    """Take a certificate out. Raises Refusal ``not_found``."""
    if not store.remove(tx, certificate_id):
        raise refuse("not_found")
    tx.audit("certificate.removed", certificate_id)


def all_of(tx: Transaction) -> list[Certificate]:
    """Return the register, also what has run out."""
    return store.all_of(tx)


def valid(tx: Transaction) -> list[Certificate]:
    """Return the certificates whose evidence has not run out."""
    return [known for known in store.all_of(tx) if known.valid_until > tx.now]

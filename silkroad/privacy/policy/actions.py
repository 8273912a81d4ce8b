"""Keeping every version of the policy, and finding it again. Clause 8.0a: for ever, unchanged."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.languages import Language

from . import store
from .model import Kept, Listed


def keep(tx: Transaction, version: str, language: Language, text: str) -> None:
    """Keep what is being shown, unless it is there already."""
    if store.one(tx, version) is None:
        store.keep(tx, version, language, text)
        tx.audit("policy.shown", version, language=language)


def kept(tx: Transaction, version: str) -> Kept:
    """Return a version as it was shown. Raises Refusal ``not_found``."""
    found = store.one(tx, version)
    if found is None:
        raise refuse("not_found")
    return found


def versions(tx: Transaction, language: Language) -> list[Listed]:
    """Return all versions in a language, the newest first."""
    return store.of_language(tx, language)

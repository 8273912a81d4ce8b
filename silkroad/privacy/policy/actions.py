"""Keeping every version of the policy, and finding it again. Clause 8.0a: for ever, unchanged.

So is kept what somebody answered: which question it was can be shown after its words have changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import Purpose
from silkroad.kit.languages import Language

from . import store
from .model import Kept, Listed, Shown


def keep(tx: Transaction, version: str, language: Language, text: str) -> None:
    """Keep what is being shown, unless it is there already."""
    if store.one(tx, version) is None:
        store.keep(tx, version, language, text)
        tx.audit("policy.shown", version, language=language)


def keep_question(tx: Transaction, shown: Shown) -> None:
    """Keep a question with its answer, so that it can be shown what was agreed to. Clause 6.3."""
    with tx.doing(Purpose.ACCOUNTABILITY):
        if store.one(tx, shown.hash) is None:
            store.keep(tx, shown.hash, shown.language, shown.text, "question")


def questions(tx: Transaction, versions: Iterable[str]) -> list[Shown]:
    """Return these questions as somebody answered them, each once."""
    found = ((name, store.one(tx, name)) for name in dict.fromkeys(versions))
    return [Shown(name, one.language, one.text) for name, one in found if one]


def kept(tx: Transaction, version: str) -> Kept:
    """Return a version as it was shown. Raises Refusal ``not_found``."""
    found = store.one(tx, version)
    if found is None:
        raise refuse("not_found")
    return found


def versions(tx: Transaction, language: Language) -> list[Listed]:
    """Return all versions in a language, the newest first."""
    return store.of_language(tx, language)

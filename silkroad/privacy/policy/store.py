"""The table of what was promised: every version of the policy that was ever shown, and of the short
notice in each company's chat; and each question that somebody answered. Clauses 6.3, 8.0a.
"""

from __future__ import annotations

from sqlalchemy import bindparam, select

from silkroad.engines.database import Statement, Transaction, Upsert, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    LargeBinary,
    Table,
    Text,
    metadata,
)
from silkroad.kit.languages import Language

from .model import About, Kept, Listed

notice_versions = Table(
    "notice_versions",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("hash", Text, primary_key=True),
    Column("language", Text, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("effective_from", BigInteger, nullable=False),
    Column("about", Text),
)

_v = notice_versions.c
_KEEP = Upsert(notice_versions, ("workspace_id", "hash"))
_ONE = Statement(
    select(_v.language, _v.text, _v.effective_from, _v.about).where(
        mine(notice_versions), _v.hash == bindparam("of_hash")
    )
)
_OF = Statement(
    select(_v.hash, _v.effective_from)
    .where(mine(notice_versions), _v.language == bindparam("in_language"), _v.about.is_(None))
    .order_by(_v.effective_from.desc(), _v.hash)
)


def keep(
    tx: Transaction, version: str, language: Language, text: str, about: About | None = None
) -> None:
    """Keep a version; one that is there already stays as it is."""
    tx.all(
        _KEEP,
        hash=version,
        language=language,
        text=tx.seal(tx.scope.workspace_id, _v.text, version, text),
        effective_from=tx.now,
        about=about,
    )


def one(tx: Transaction, version: str) -> Kept | None:
    row = tx.one(_ONE, of_hash=version)
    if row is None:
        return None
    language, text, since, about = row
    return Kept(language, tx.open(tx.scope.workspace_id, _v.text, version, text), since, about)


def of_language(tx: Transaction, language: Language) -> list[Listed]:
    """Return the versions in a language, the newest first; a question is no version of them."""
    return [Listed(*row) for row in tx.all(_OF, in_language=language)]

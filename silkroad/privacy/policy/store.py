"""The table of what was promised: every version of the policy that was ever shown, and of the short
notice in each company's chat. Clause 8.0a.
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

from .model import Kept, Listed

notice_versions = Table(
    "notice_versions",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("hash", Text, primary_key=True),
    Column("language", Text, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("effective_from", BigInteger, nullable=False),
)

_v = notice_versions.c
_KEEP = Upsert(notice_versions, ("workspace_id", "hash"))
_ONE = Statement(
    select(_v.language, _v.text, _v.effective_from).where(
        mine(notice_versions), _v.hash == bindparam("of_hash")
    )
)
_OF = Statement(
    select(_v.hash, _v.effective_from)
    .where(mine(notice_versions), _v.language == bindparam("in_language"))
    .order_by(_v.effective_from.desc(), _v.hash)
)


def keep(tx: Transaction, version: str, language: Language, text: str) -> None:
    """Keep a version; one that is there already stays as it is."""
    tx.all(
        _KEEP,
        hash=version,
        language=language,
        text=tx.seal(tx.scope.workspace_id, _v.text, version, text),
        effective_from=tx.now,
    )


def one(tx: Transaction, version: str) -> Kept | None:
    row = tx.one(_ONE, of_hash=version)
    if row is None:
        return None
    return Kept(row[0], tx.open(tx.scope.workspace_id, _v.text, version, row[1]), row[2])


def of_language(tx: Transaction, language: Language) -> list[Listed]:
    """Return the versions in a language, the newest first."""
    return [Listed(*row) for row in tx.all(_OF, in_language=language)]

"""The tickets of several nodes, in the database that they share: any node takes any other's."""

from __future__ import annotations

from silkroad.engines.database import Database, Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.ids import token_hash
from silkroad.kit.scope import Scope, anonymous

from . import LIFE, store


class StoredTickets:
    """Issues and redeems by writing; of many who redeem one ticket, one wins."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def issue(self, scope: Scope) -> tuple[str, int]:
        return await self._db.write(scope, _issue)

    async def redeem(self, ticket: str) -> Scope:
        return await self._db.write(anonymous(), _redeem, ticket)


def _issue(tx: Transaction) -> tuple[str, int]:
    store.sweep(tx)
    ticket, expires_at = tx.new_token(), tx.now + LIFE
    store.add(tx, token_hash(ticket), expires_at)
    return ticket, expires_at


def _redeem(tx: Transaction, ticket: str) -> Scope:
    found = store.take(tx, token_hash(ticket))
    if found is None or found[1] < tx.now:
        raise refuse("ticket_expired")
    return found[0]

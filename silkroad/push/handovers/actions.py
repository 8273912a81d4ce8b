"""Telling a visitor's push window whose it is, once."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.ids import token_hash
from silkroad.push.devices import HAND_OVER_LIFE, HandOver, Owner

from . import store


def begin(tx: Transaction, inbox_id: str, owner: Owner) -> HandOver:
    """Return a token that adds one device for this visitor."""
    token, expires_at = tx.new_token(), tx.now + HAND_OVER_LIFE
    store.add(tx, token_hash(token), inbox_id, owner, expires_at)
    return HandOver(token, expires_at)


def redeem(tx: Transaction, inbox_id: str, token: str) -> Owner:
    """Return whose token this is, and void it. Raises Refusal ``not_found``."""
    owner = store.redeem(tx, token_hash(token), inbox_id)
    if owner is None:
        raise refuse("not_found")
    return owner

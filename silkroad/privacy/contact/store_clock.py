"""What the clocks of a request do to its row: warn, note a breach, and delete it in the end."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select, update

from silkroad.engines.database import Statement, Transaction, mine
from silkroad.privacy import erasures

from . import messages
from .model import WAITING
from .store import contact_requests

_r = contact_requests.c
_ONE = (mine(contact_requests), _r.id == bindparam("of_id"))
_OWED = (*_ONE, _r.state.in_(sorted(WAITING)))
_WARN = Statement(
    update(contact_requests)
    .where(*_OWED, _r.warned_at.is_(None), _r.warn_at <= bindparam("now"))
    .values(warned_at=bindparam("now"))
    .returning(_r.id)
)
_BREACH = Statement(
    update(contact_requests)
    .where(*_OWED, _r.breached_at.is_(None), _r.due_at <= bindparam("now"))
    .values(breached_at=bindparam("now"))
    .returning(_r.id)
)
_OVER = Statement(select(_r.id).where(*_ONE, _r.closed_at <= bindparam("before")))
_DROP = Statement(delete(contact_requests).where(*_ONE))


def warn(tx: Transaction, request_id: str) -> bool:
    """Note the warning, once; False when none is due."""
    return tx.one(_WARN, of_id=request_id, now=tx.now) is not None


def breach(tx: Transaction, request_id: str) -> bool:
    """Note that the time is over, once; False when it is not, or an answer was given."""
    return tx.one(_BREACH, of_id=request_id, now=tx.now) is not None


def drop_if_over(tx: Transaction, request_id: str, before: int) -> bool:
    """Delete a request that was closed before a time, messages first; False when it was not."""
    if tx.one(_OVER, of_id=request_id, before=before) is None:
        return False
    messages.drop(tx, request_id)
    tx.all(_DROP, of_id=request_id)
    erasures.shred(tx, request_id)
    return True

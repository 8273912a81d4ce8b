"""Deciding that data may leave a region, and taking that back."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.kit.errors import invalid

from . import store
from .model import Transfer, TransferDraft, bases_of


def record(tx: Transaction, draft: TransferDraft, origin: str, destination: str) -> Transfer:
    """Write the caller's decision down; it takes the place of an older one.

    Raises Refusal ``invalid`` for a ground that the law of the origin does not have.
    """
    if draft.basis not in bases_of(origin):
        raise invalid("$.basis", "This is no ground where your data is at home.")
    end(tx, draft.processor)
    new = Transfer(
        id=tx.new_id("trf"),
        processor=draft.processor,
        origin=origin,
        destination=destination,
        basis=draft.basis,
        assessment=draft.assessment.strip(),
        decided_at=tx.now,
        ended_at=None,
    )
    store.add(tx, new)
    tx.audit("transfer.recorded", new.id, processor=new.processor, basis=new.basis)
    return new


def end(tx: Transaction, processor: str) -> bool:
    """Take back what was decided about a recipient; False when nothing was in force."""
    ended = store.end(tx, processor)
    for transfer_id in ended:
        tx.audit("transfer.ended", transfer_id, processor=processor)
    return bool(ended)


def live(tx: Transaction, processor: str, origin: str, destination: str, by: int) -> bool:
    """Whether it was decided by a time that data may go to a recipient, from the one region to the
    other, on a ground that the law of the first has.
    """
    return store.live(tx, processor, origin, destination, by) in bases_of(origin)


def newest(tx: Transaction) -> dict[str, Transfer]:
    """Return the last decision about each recipient that there is one about."""
    return store.newest(tx)

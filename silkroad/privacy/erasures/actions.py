"""Erasing a visitor: the intent, what is to be destroyed, and one small step after the other."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.kit.clock import HOUR
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import Purpose
from silkroad.privacy import holdings

from . import store
from .events import (
    DestroyKey,
    ErasePerson,
    KeyDestroyed,
    KeysDestroyed,
    PersonErased,
    PersonShutOut,
    SeeErasureThrough,
)
from .model import Progress, Remains

LOOK_AGAIN = HOUR


def erase(tx: Transaction, subject_id: str) -> None:
    """Let a visitor be erased, for good. From the commit on they are shut out.

    Who may ask for it is the caller's question. Asking again changes nothing.
    Raises Refusal ``not_found`` for whoever is no visitor of the scope's company.
    """
    held = holdings.learned()
    with tx.doing(Purpose.RIGHTS):
        if store.progress(tx, subject_id) is not None:
            return
        if not held.knows(tx, subject_id):
            raise refuse("not_found")
        if not store.begin(tx, subject_id):
            return
    holdings.shut_out(tx, held, subject_id)
    tx.audit("person.erasure_began", subject_id)
    tx.emit(PersonShutOut(subject_id))
    tx.enqueue(ErasePerson(subject_id))
    tx.enqueue(SeeErasureThrough(subject_id), delay=LOOK_AGAIN)


def progress_of(tx: Transaction, subject_id: str) -> Progress | None:
    """Return how far somebody's erasure has come, if there is one."""
    with tx.doing(Purpose.RIGHTS):
        return store.progress(tx, subject_id)


def begun(tx: Transaction) -> int:
    """Return how many erasures have ever begun: by it one knows whether anybody went since."""
    return store.begun(tx)


def under_way(tx: Transaction) -> set[str]:
    """Return who is being erased, and may still have rows."""
    with tx.doing(Purpose.RIGHTS):
        return store.under_way(tx)


def remains_of(tx: Transaction, subject_id: str) -> Remains:
    """Return what there is to destroy outside the database; nothing where nobody is to be erased.

    A company's own key is never among it.
    """
    if store.progress(tx, subject_id) is None:
        return Remains([], [])
    keys, contents = {subject_id}, set()
    for holding in holdings.learned().erased:
        found = holding.key_ids(tx, subject_id)
        keys |= {key_id for key_id in found if key_id != tx.scope.workspace_id}
        contents |= set(found) if holding.has_contents else set()
    return Remains(sorted(keys), sorted(contents))


def note_shredded(tx: Transaction, subject_id: str) -> None:
    """Note that nothing of a person can be opened any more, and tell every node."""
    if store.shredded(tx, subject_id):
        tx.audit("person.keys_destroyed", subject_id)
    tx.emit(KeysDestroyed(subject_id))


def shred(tx: Transaction, key_id: str) -> None:
    """Let the key of a thing be destroyed, for good, as soon as this is committed. 9b.

    The caller deletes the row. What lies of it in a log, in dead rows or in a backup opens no more.
    """
    tx.enqueue(DestroyKey(key_id))


def note_destroyed(tx: Transaction) -> None:
    """Tell every node that a key is gone."""
    tx.emit(KeyDestroyed())


def erase_some(tx: Transaction, subject_id: str) -> bool:
    """Delete a few rows of whoever is to be erased; return whether there may be more."""
    if store.progress(tx, subject_id) is None:
        return False
    for holding in holdings.learned().erased:
        if holding.has_some(tx, subject_id):
            holding.forget_some(tx, subject_id)
            return True
    return False


def finish(tx: Transaction, subject_id: str) -> None:
    """Note that nothing is left, after a last look at everything. Raises Refusal ``wrong_step``."""
    if any(holding.has_some(tx, subject_id) for holding in holdings.learned().erased):
        raise refuse("wrong_step")
    if store.erased(tx, subject_id):
        tx.audit("person.erased", subject_id)
        tx.emit(PersonErased(subject_id))


def see_through(tx: Transaction, job: SeeErasureThrough) -> None:
    """Take up again what is not done, however often."""
    progress = store.progress(tx, job.subject_id)
    if progress and progress.erased_at is None:
        tx.audit("person.erasure_taken_up", job.subject_id)
        tx.enqueue(ErasePerson(job.subject_id))
        tx.enqueue(job, delay=LOOK_AGAIN)

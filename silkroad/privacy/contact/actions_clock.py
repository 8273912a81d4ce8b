"""The clocks of a request: a warning, a breach, and what is deleted when its time is over. 6.1d."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.privacy import guardians

from . import store
from .events import (
    CloseQuiet,
    ForgetProof,
    ForgetRequest,
    LogBreach,
    RequestsChanged,
    WarnOfRequest,
)
from .model import KEPT_AFTER, PROOF_LIFE, QUIET, Deadlines


def start(tx: Transaction, request_id: str, at: Deadlines) -> None:
    """Let the clock of a request run from now on."""
    tx.enqueue(WarnOfRequest(request_id), delay=at.warn_at - tx.now)
    tx.enqueue(LogBreach(request_id), delay=at.due_at - tx.now)


def warn(tx: Transaction, job: WarnOfRequest) -> None:
    """Warn the team on the 12th working day, once, if an answer is still owed."""
    if store.warn(tx, job.request_id):
        tx.audit("request.nearly_due", job.request_id)
        tx.emit(RequestsChanged(job.request_id))


def log_breach(tx: Transaction, job: LogBreach) -> None:
    """Write down after the 15th working day that there was no answer in time, once."""
    if store.breach(tx, job.request_id):
        tx.audit("request.deadline_breached", job.request_id)
        tx.emit(RequestsChanged(job.request_id))


def forget_proof(tx: Transaction, job: ForgetProof) -> None:
    """Delete a proof upon which nobody decided; it may be asked for again. Clause 9b."""
    if store.forget_proof(tx, job.request_id, tx.now - PROOF_LIFE):
        tx.audit("request.proof_forgotten", job.request_id)
        tx.emit(RequestsChanged(job.request_id))


def close_quiet(tx: Transaction, job: CloseQuiet) -> None:
    """Close what was answered, or asked of a guardian, if nothing was said for thirty days.

    Where a guardian's consent holds, their door stays open.
    """
    request = store.hold(tx, job.request_id)
    if request is None or guardians.standing_of(tx, job.request_id) == "given":
        return
    asked = request.state == "identity_asked" and request.asked == "consent"
    since = request.received_at if asked else request.answered_at
    if not (asked or request.state == "answered") or (since or 0) > tx.now - QUIET:
        return
    guardians.forget(tx, request.id)
    store.close(tx, request.id, "withdrawn" if asked else "done")
    over(tx, request.id)


def over(tx: Transaction, request_id: str) -> None:
    """Note that a request was closed, and when it is to be deleted."""
    tx.enqueue(ForgetRequest(request_id), delay=KEPT_AFTER)
    tx.audit("request.closed", request_id)
    tx.emit(RequestsChanged(request_id))


def forget(tx: Transaction, job: ForgetRequest) -> None:
    """Delete a request a year after it was closed."""
    if store.drop_if_over(tx, job.request_id, tx.now - KEPT_AFTER):
        tx.audit("request.forgotten", job.request_id)

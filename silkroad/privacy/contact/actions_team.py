"""What those do who answer: administrators for their company, the operator for the installation.

Both come in by their own scope, so neither sees what was written to the other. Clauses 6.1d, 9b.
"""

from __future__ import annotations

from collections.abc import Callable

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.parties import Parties
from silkroad.privacy import erasures, guardians, holdings

from . import actions_clock, actions_rights, messages, store
from .events import CloseQuiet, RequestsChanged
from .model import (
    CODE_DIGITS,
    CODE_LIFE,
    QUIET,
    IdentityAsked,
    IdentityCheck,
    Outcome,
    RequestDetail,
    RequestList,
    RequestSummary,
    RequestUnmasked,
    Right,
    check_answerable,
    needs_identity,
    reference,
)
from .store import Request


def overview(tx: Transaction, *, closed: bool) -> RequestList:
    """Return the requests that are open, the most urgent first; or the closed ones."""
    return RequestList([_summary(request) for request in store.listed(tx, closed=closed)])


def opened(tx: Transaction, request_id: str) -> RequestDetail:
    """Return what a request says; its reading is written down. Raises Refusal ``not_found``."""
    request = _held(tx, request_id)
    tx.audit("request.opened", request_id)
    return _detail(tx, request)


def unmasked(tx: Transaction, request_id: str) -> RequestUnmasked:
    """Return what somebody shows who they are with. That it was read is written down. D.5.

    Raises Refusal ``not_found``, ``wrong_step`` where there is nothing.
    """
    request = _held(tx, request_id)
    proof, consent = store.proof_of(tx, request), guardians.consent_of(tx, request_id)
    if proof is None and consent is None:
        raise refuse("wrong_step")
    return RequestUnmasked(proof=proof, consent=consent)


def ask_identity(tx: Transaction, request_id: str, check: IdentityCheck) -> IdentityAsked:
    """Ask who somebody is. A code is for being sent to where their data says they are reached.

    Raises Refusal ``not_found``, ``wrong_step``.
    """
    request = _held(tx, request_id)
    if request.state not in {"received", "identity_asked"}:
        raise refuse("wrong_step")
    code = _new_code(tx) if check == "code" else None
    store.ask(tx, request_id, check, code, tx.now + CODE_LIFE)
    tx.audit("request.identity_asked", request_id, by=check)
    return IdentityAsked(detail=_changed(tx, request_id), code=code)


def decide(
    tx: Transaction,
    request_id: str,
    parties_of: Callable[[Transaction], Parties],
    *,
    accepted: bool,
) -> RequestDetail:
    """Accept a proof, or not; either way it is deleted. Raises ``not_found``, ``wrong_step``."""
    request = _held(tx, request_id)
    if request.asked == "consent":
        return _decide_consent(tx, request_id, parties_of, accepted=accepted)
    if request.proof_key is None:
        raise refuse("wrong_step")
    if accepted:
        store.verify(tx, request_id, "proof")
        tx.audit("request.verified", request_id, by="proof")
    else:
        store.reject(tx, request_id)
        tx.audit("request.proof_rejected", request_id)
    return _changed(tx, request_id)


def _decide_consent(
    tx: Transaction,
    request_id: str,
    parties_of: Callable[[Transaction], Parties],
    *,
    accepted: bool,
) -> RequestDetail:
    """Accept a guardian's consent, which is kept as long as it holds; or not."""
    if accepted:
        guardians.accept(tx, request_id, parties_of(tx))
        store.verify(tx, request_id, "consent")
        store.answered(tx, request_id)
    else:
        guardians.reject(tx, request_id)
        store.reject(tx, request_id)
    return _changed(tx, request_id)


def answer(tx: Transaction, request_id: str, text: str) -> RequestDetail:
    """Answer. Clause 9b: whoever is not verified gets nothing that is about data.

    Raises Refusal ``not_found``, ``not_verified``, ``wrong_step``.
    """
    request = _held(tx, request_id)
    check_answerable(request.kind, request.state, verified=request.verified_by is not None)
    messages.add(tx, request_id, "team", text.strip())
    store.answered(tx, request_id)
    tx.enqueue(CloseQuiet(request_id), delay=QUIET)
    tx.audit("request.answered", request_id)
    return _changed(tx, request_id)


def bind(tx: Transaction, request_id: str, visitor_id: str, *, sure: bool) -> RequestDetail:
    """Say whose data a request is about, of somebody verified who came from no chat. 6.1a, 7b.

    It says who, and is nobody's consent. Raises Refusal ``not_found``, also for whoever is no
    visitor of the scope's company or is being erased; ``wrong_step``, ``not_verified``,
    ``not_sure``.
    """
    request = _held(tx, request_id)
    actions_rights.check_bindable(tx, request)
    known = holdings.learned().knows(tx, visitor_id)
    if not known or erasures.progress_of(tx, visitor_id):
        raise refuse("not_found")
    if not sure:
        raise refuse("not_sure")
    store.bind(tx, request_id, visitor_id)
    tx.audit("request.bound", request_id, subject=visitor_id)
    return _changed(tx, request_id)


def take_copy(tx: Transaction, request_id: str) -> str:
    """Return whom a copy is made of, to be handed to whoever was verified; on record. 6.1a.

    Raises Refusal ``not_found``, ``not_verified``.
    """
    visitor_id = _whose(tx, request_id, "copy")
    store.copied(tx, request_id)
    tx.audit("person.copied", visitor_id, request=request_id)
    return visitor_id


def erase(tx: Transaction, request_id: str, *, sure: bool) -> RequestDetail:
    """Erase the visitor who was verified by a request, for good.

    Raises Refusal ``not_found``, ``not_verified``, ``not_sure``.
    """
    visitor_id = _whose(tx, request_id, "erase")
    if not sure:
        raise refuse("not_sure")
    tx.audit("request.erasure", request_id)
    erasures.erase(tx, visitor_id)
    return _changed(tx, request_id)


def _whose(tx: Transaction, request_id: str, right: Right) -> str:
    request = _held(tx, request_id)
    if request.visitor_id is None or right not in actions_rights.team_rights_of(tx, request):
        raise refuse("not_verified")
    return request.visitor_id


def close(tx: Transaction, request_id: str, outcome: Outcome) -> RequestDetail:
    """Close a request. Raises Refusal ``not_found``, ``wrong_step``."""
    request = _held(tx, request_id)
    if request.state == "closed":
        raise refuse("wrong_step")
    guardians.forget(tx, request_id)
    store.close(tx, request_id, outcome)
    actions_clock.over(tx, request_id)
    return _detail(tx, _held(tx, request_id))


def _new_code(tx: Transaction) -> str:
    return f"{int.from_bytes(tx.random(16)) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def _held(tx: Transaction, request_id: str) -> Request:
    """Return a request of the scope's own. Raises Refusal ``not_found``."""
    request = store.hold(tx, request_id)
    if request is None:
        raise refuse("not_found")
    return request


def _changed(tx: Transaction, request_id: str) -> RequestDetail:
    tx.emit(RequestsChanged(request_id))
    return _detail(tx, _held(tx, request_id))


def _detail(tx: Transaction, request: Request) -> RequestDetail:
    erasure = actions_rights.erasure_of(tx, request)
    return RequestDetail(
        request=_summary(request),
        language=request.language,
        asked=request.asked,
        needs_identity=needs_identity(request.kind, verified=request.verified_by is not None),
        masked=request.proof_key is not None or guardians.has_written(tx, request.id),
        guardian=guardians.standing_of(tx, request.id),
        may_bind=actions_rights.may_bind(tx, request),
        rights=actions_rights.team_rights_of(tx, request),
        erasure_at=erasure.asked_at if erasure else None,
        erased_at=erasure.erased_at if erasure else None,
        reach=store.reach_of(tx, request),
        visitor_id=request.visitor_id,
        outcome=request.outcome,
        messages=messages.all_of(tx, request.id),
    )


def _claimed(request: Request) -> bool:
    """Whether a guardian's consent waits to be looked at."""
    return request.asked == "consent" and request.state == "received"


def _summary(request: Request) -> RequestSummary:
    return RequestSummary(
        id=request.id,
        reference=reference(request.id),
        kind=request.kind,
        state=request.state,
        verified_by=request.verified_by,
        proof_given=request.proof_key is not None or _claimed(request),
        received_at=request.received_at,
        due_at=request.due_at,
        warned=request.warned_at is not None,
        breached=request.breached_at is not None,
        closed_at=request.closed_at,
    )

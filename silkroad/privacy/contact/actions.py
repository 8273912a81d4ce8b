"""What whoever writes does: send, read the answers, say more, show who they are."""

from __future__ import annotations

import hmac
from collections.abc import Callable

import msgspec

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.languages import Language
from silkroad.privacy import erasures, guardians, policy
from silkroad.privacy.consent import Agreed
from silkroad.privacy.guardians import GuardianConsent

from . import actions_clock, actions_rights, messages, store
from .actions_rights import place_of
from .events import CloseQuiet, ForgetProof, RequestsChanged
from .model import (
    CODE_DIGITS,
    CODE_TRIES,
    MOST_MESSAGES,
    PROOF_LIFE,
    QUIET,
    VOUCHER_LIFE,
    NewRequest,
    PersonsRequest,
    RequestConsent,
    RequestProof,
    RequestReply,
    checked_reach,
    deadlines,
    reference,
)
from .phrases import read_by_guardian, shown_before_proof, was_shown
from .store import NewRow, Request


def send(tx: Transaction, new: NewRequest, notice_hash: str) -> tuple[str, str]:
    """Take a request; return its id, and the token of its link, which is kept nowhere.

    Raises Refusal ``notice_required`` before anything is stored, ``invalid``.
    """
    if new.notice_hash != notice_hash:
        raise refuse("notice_required")
    reach, visitor_id = checked_reach(new.reach), own_chat(tx, new.voucher)
    request_id, token = tx.new_id("req"), tx.new_token()
    tx.mint(request_id, tx.scope.workspace_id)
    at = deadlines(tx.now)
    store.add(tx, NewRow(request_id, token, new.kind, new.language, reach, visitor_id, at))
    messages.add(tx, request_id, "person", new.text.strip())
    actions_clock.start(tx, request_id, at)
    tx.audit("request.received", request_id, kind=new.kind, verified=visitor_id is not None)
    tx.emit(RequestsChanged(request_id))
    return request_id, token


def ask_guardian(tx: Transaction, visitor_id: str, language: Language) -> tuple[str, str]:
    """Open the door of a child's guardian; return the request's id and its link's token. 7a, 7b."""
    request_id, token = tx.new_id("req"), tx.new_token()
    tx.mint(request_id, tx.scope.workspace_id)
    row = NewRow(
        request_id,
        token,
        "guardian",
        language,
        None,
        visitor_id,
        deadlines(tx.now),
        for_guardian=True,
    )
    store.add(tx, row)
    tx.enqueue(CloseQuiet(request_id), delay=QUIET)
    tx.emit(RequestsChanged(request_id))
    return request_id, token


def consent(
    tx: Transaction, given: RequestConsent, who_answers: Callable[[Transaction], str]
) -> None:
    """Take a guardian's written consent, to be looked at by the company.

    Raises Refusal ``not_found``, ``wrong_step``; ``notice_required`` of whoever did not have before
    them what they agree to. P.2.
    """
    place = place_of(tx, given.token)
    with tx.within(place.workspace_id):
        request = _kept(store.hold(tx, place.request_id))
        shown = read_by_guardian(given.language or request.language, who_answers(tx))
        if given.notice_hash != shown.hash:
            raise refuse("notice_required")
        policy.keep_question(tx, shown)
        written = GuardianConsent(given.name, given.relationship, given.evidence)
        guardians.claim(tx, request.id, written, Agreed(shown.hash, shown.language))
        at = deadlines(tx.now)
        store.again(tx, request.id, "received", at, "consent")
        actions_clock.start(tx, request.id, at)
        tx.emit(RequestsChanged(request.id))


def revoke(tx: Transaction, token: str) -> None:
    """Take a guardian's consent back, from now on. Raises Refusal ``not_found``, ``wrong_step``."""
    place = place_of(tx, token)
    with tx.within(place.workspace_id):
        request = _kept(store.hold(tx, place.request_id))
        guardians.revoke(tx, request.id)
        store.answered(tx, request.id)
        tx.emit(RequestsChanged(request.id))


def vouch(tx: Transaction) -> str:
    """Return what shows for an hour that whoever opens the form comes from this visitor's chat."""
    expires_at = tx.now + VOUCHER_LIFE
    proof = store.vouched(tx, tx.scope.actor_id, expires_at)
    return f"{tx.scope.actor_id}.{expires_at}.{proof.hex()}"


def own_chat(tx: Transaction, voucher: str | None) -> str | None:
    """Return the visitor whose chat this comes from, by their cookie or by a voucher.

    Whoever is being erased has none by now, however long the voucher would hold.
    """
    if tx.scope.actor_kind == "visitor":
        return tx.scope.actor_id
    visitor_id, _, rest = (voucher or "").partition(".")
    expires_at, _, proof = rest.partition(".")
    if not (expires_at.isascii() and expires_at.isdigit()) or int(expires_at) <= tx.now:
        return None
    right = store.vouched(tx, visitor_id, int(expires_at)).hex()
    own = hmac.compare_digest(right.encode(), proof.encode())
    return visitor_id if own and erasures.progress_of(tx, visitor_id) is None else None


def read(tx: Transaction, token: str, who_answers: Callable[[Transaction], str]) -> PersonsRequest:
    """Return what is under a secret link. Raises Refusal ``not_found``."""
    place = place_of(tx, token)
    with tx.within(place.workspace_id):
        return _shown(tx, _kept(store.one(tx, place.request_id)), who_answers(tx))


def reply(tx: Transaction, said: RequestReply, who_answers: Callable[[Transaction], str]) -> None:
    """Say more. What was answered already waits for an answer again.

    Raises Refusal ``not_found``, ``wrong_step``, ``too_many``; ``notice_required`` of a guardian,
    whose link was made by the child and not after a notice of their own. P.2.
    """
    place = place_of(tx, said.token)
    with tx.within(place.workspace_id):
        request = _kept(store.hold(tx, place.request_id))
        if request.state == "closed":
            raise refuse("wrong_step")
        theirs = guardians.standing_of(tx, request.id) is not None
        if theirs and not was_shown(said.notice_hash, who_answers(tx)):
            raise refuse("notice_required")
        if messages.add(tx, request.id, "person", said.text.strip()) > MOST_MESSAGES:
            raise refuse("too_many")
        if request.state == "answered":
            at = deadlines(tx.now)
            store.again(tx, request.id, "verified" if request.verified_by else "received", at)
            actions_clock.start(tx, request.id, at)
        tx.emit(RequestsChanged(request.id))


def prove(tx: Transaction, given: RequestProof) -> bool:
    """Show who one is, as was asked; False for a wrong code, which counts as a try. 9b, D.5.

    Raises Refusal ``not_found``, ``wrong_step``, ``code_expired``; ``notice_required`` and
    ``consent_required`` for a sentence that would be stored.
    """
    place = place_of(tx, given.token)
    with tx.within(place.workspace_id):
        request = _kept(store.hold(tx, place.request_id))
        if request.state != "identity_asked" or request.proof_key is not None:
            raise refuse("wrong_step")
        if request.asked == "code":
            return _try_code(tx, request.id, given.proof)
        _keep_proof(tx, request.id, given)
        return True


def _keep_proof(tx: Transaction, request_id: str, given: RequestProof) -> None:
    """Store a sentence, after its notice and with a yes; which text it was is on record. P.2."""
    shown = shown_before_proof(given.notice_hash)
    if shown is None:
        raise refuse("notice_required")
    if not given.agreed:
        raise refuse("consent_required")
    policy.keep_question(tx, shown)
    store.give_proof(tx, request_id, given.proof.strip())
    tx.enqueue(ForgetProof(request_id), delay=PROOF_LIFE)
    tx.audit("request.proof_given", request_id, agreed=True, notice=given.notice_hash)
    tx.emit(RequestsChanged(request_id))


def _try_code(tx: Transaction, request_id: str, proof: str) -> bool:
    tried = store.count_try(tx, request_id)
    if tried is None:
        raise refuse("code_expired")
    typed = "".join(proof.split())[:CODE_DIGITS]
    if not hmac.compare_digest(tried[0], store.code_hash(tx, request_id, typed)):
        if tried[1] == CODE_TRIES:
            tx.audit("request.tries_used_up", request_id)
        return False
    store.verify(tx, request_id, "code")
    tx.audit("request.verified", request_id, by="code")
    tx.emit(RequestsChanged(request_id))
    return True


def _kept(request: Request | None) -> Request:
    if request is None:
        raise refuse("not_found")
    return request


def _shown(tx: Transaction, request: Request, to: str) -> PersonsRequest:
    said = messages.all_of(tx, request.id)
    erasure = actions_rights.erasure_of(tx, request)
    return PersonsRequest(
        reference=reference(request.id),
        to=to,
        kind=request.kind,
        state=request.state,
        asked=request.asked,
        proof_given=request.proof_key is not None,
        verified=request.verified_by is not None,
        guardian=guardians.standing_of(tx, request.id),
        of_age=actions_rights.is_of_age(tx, request),
        rights=actions_rights.rights_of(tx, request),
        erasure_at=erasure.asked_at if erasure else None,
        erased_at=erasure.erased_at if erasure else None,
        outcome=request.outcome,
        received_at=request.received_at,
        due_at=request.due_at,
        messages=[msgspec.structs.replace(message, member_id=None) for message in said],
    )

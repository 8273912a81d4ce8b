"""Making and trying one-time codes. They belong to the installation: run these in its scope."""

from __future__ import annotations

from silkroad.accounts.limits import left, spend
from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse

from . import store
from .model import (
    DIGITS,
    LIFE,
    PER_ADDRESS,
    PER_INSTALLATION,
    PER_PHONE,
    PER_WORKSPACE,
    RESEND,
    RESEND_AFTER,
    TRIES,
    Challenge,
    CodePurpose,
)


def begin(
    tx: Transaction, phone: str, purpose: CodePurpose, address: str, *, to: str | None
) -> Challenge:
    """Make a code for a phone. Raises Refusal ``throttled``, ``spend_cap``.

    ``to`` is the workspace (or the installation) in whose name it is sent; None means that the
    phone is nobody's: everything happens as usual, but nothing is sent, and the phone is not kept.
    """
    if not left(tx, PER_INSTALLATION, tx.scope.workspace_id):
        raise refuse("spend_cap")
    spend(tx, RESEND, f"{purpose}:{phone}")
    spend(tx, PER_PHONE, phone)
    spend(tx, PER_ADDRESS, address)
    deliver = to is not None and afford(tx, to)
    code = f"{int.from_bytes(tx.random(16)) % 10**DIGITS:0{DIGITS}}"
    challenge_id = tx.new_id("cod")
    store.add(tx, challenge_id, purpose, "" if to is None else phone, code, tx.now + LIFE)
    return Challenge(challenge_id, code, deliver, tx.now + LIFE, tx.now + RESEND_AFTER)


def afford(tx: Transaction, payer: str) -> bool:
    """Whether there is money for one more message; an empty purse is not told to strangers."""
    if payer != tx.scope.workspace_id:
        if not left(tx, PER_WORKSPACE, payer):
            tx.audit("codes.spend_cap_reached", payer)
            return False
        spend(tx, PER_WORKSPACE, payer)
    spend(tx, PER_INSTALLATION, tx.scope.workspace_id)
    return True


def try_code(tx: Transaction, challenge_id: str, purpose: CodePurpose, code: str) -> str | None:
    """Return the phone that a code proves, once; None when the code is wrong, which counts.

    Raises Refusal ``code_expired`` after ten minutes, five tries, or its use.
    """
    tried = store.count_try(tx, challenge_id, purpose, code, TRIES)
    if tried is None:
        raise refuse("code_expired")
    if not tried.right:
        if tried.tries == TRIES:
            tx.audit("codes.tries_used_up", challenge_id)
        return None
    store.use(tx, challenge_id)
    return tried.phone


def sweep(tx: Transaction) -> None:
    """Delete the codes that have expired."""
    store.sweep(tx, tx.now)

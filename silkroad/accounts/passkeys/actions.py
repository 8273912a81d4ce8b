"""Adding, finding and removing passkeys, in the installation's scope."""

from __future__ import annotations

from typing import NamedTuple

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse

from . import store
from .model import LIFE, MOST, Claim, Known, Passkey, Registered

CHALLENGE_BYTES = 32


class Asked(NamedTuple):
    """A challenge that is out, and the ids of the passkeys that the account has already."""

    id: str
    challenge: bytes
    have: list[bytes]


def begin(tx: Transaction, account_id: str | None = None) -> Asked:
    """Make a challenge: for a new passkey of an account, or (None) for signing in."""
    challenge_id, challenge = tx.new_id("pkc"), tx.random(CHALLENGE_BYTES)
    store.add_challenge(tx, challenge_id, challenge, account_id, tx.now + LIFE)
    have = [known.credential_id for known in store.of_account(tx, account_id)] if account_id else []
    return Asked(challenge_id, challenge, have)


def take_challenge(tx: Transaction, challenge_id: str, account_id: str | None = None) -> Claim:
    """Return a challenge, once, to whom it was made for. Raises Refusal ``code_expired``."""
    claim = store.take_challenge(tx, challenge_id)
    if claim is None or claim.account_id != account_id:
        raise refuse("code_expired", "This took too long. Try again.")
    return claim


def add_passkey(tx: Transaction, account_id: str, new: Registered, name: str) -> Passkey:
    """Add a verified passkey. Raises Refusal ``too_many``, ``already_exists``."""
    if store.count_of(tx, account_id) >= MOST:
        raise refuse("too_many")
    passkey_id = tx.new_id("pky")
    store.add(tx, passkey_id, account_id, new, name)
    return Passkey(id=passkey_id, name=name, created_at=tx.now)


def find(tx: Transaction, credential_id: bytes) -> Known | None:
    """Return the passkey that a device answered with."""
    return store.find(tx, credential_id)


def used(tx: Transaction, known: Known, sign_count: int) -> None:
    store.set_count(tx, known.account_id, known.id, sign_count)


def list_passkeys(tx: Transaction, account_id: str) -> list[Passkey]:
    return [
        Passkey(id=known.id, name=known.name, created_at=known.created_at)
        for known in store.of_account(tx, account_id)
    ]


def count_of(tx: Transaction, account_id: str) -> int:
    return store.count_of(tx, account_id)


def remove_passkey(tx: Transaction, account_id: str, passkey_id: str) -> None:
    """Remove one of an account's passkeys. Raises Refusal ``not_found``."""
    if not store.remove(tx, account_id, passkey_id):
        raise refuse("not_found")


def forget(tx: Transaction, account_id: str) -> None:
    """Remove all passkeys of an account."""
    store.remove_all(tx, account_id)


def sweep(tx: Transaction) -> None:
    """Delete the challenges that nobody answered."""
    store.sweep(tx)

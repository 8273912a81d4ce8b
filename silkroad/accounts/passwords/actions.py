"""Setting, checking and removing passwords and authenticators, in the installation's scope."""

from __future__ import annotations

import base64

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse

from . import store
from .model import totp_step

SECRET_BYTES = 20


def set_password(tx: Transaction, account_id: str, password_hash: str) -> None:
    """Give an account a password; ``password_hash`` is made by ``hashed``."""
    store.set_hash(tx, account_id, password_hash)


def hash_of(tx: Transaction, account_id: str) -> str | None:
    """Return what to check a password against."""
    return store.hash_of(tx, account_id)


def has_password(tx: Transaction, account_id: str) -> bool:
    return store.has_password(tx, account_id)


def remove_password(tx: Transaction, account_id: str) -> None:
    """Take the password away, and the authenticator that only stood beside it."""
    store.drop_password(tx, account_id)
    store.drop_secret(tx, account_id)


def start_totp(tx: Transaction, account_id: str) -> str:
    """Return a new authenticator secret (base32); it counts once its owner has confirmed it.

    Raises Refusal ``already_exists`` when one counts already.
    """
    if has_totp(tx, account_id):
        raise refuse("already_exists")
    secret = base64.b32encode(tx.random(SECRET_BYTES)).decode()
    store.set_secret(tx, account_id, secret)
    return secret


def confirm_totp(tx: Transaction, account_id: str, code: str) -> None:
    """Let the authenticator count from now on. Raises Refusal ``wrong_code``."""
    if has_totp(tx, account_id) or not use_totp(tx, account_id, code):
        raise refuse("wrong_code")
    store.confirm(tx, account_id)


def has_totp(tx: Transaction, account_id: str) -> bool:
    secret = store.secret_of(tx, account_id)
    return secret is not None and secret.confirmed


def use_totp(tx: Transaction, account_id: str, code: str) -> bool:
    """Whether this is the authenticator's code of now, not used before."""
    secret = store.secret_of(tx, account_id)
    step = totp_step(secret.text, code, tx.now) if secret else None
    return step is not None and store.use_step(tx, account_id, step)


def remove_totp(tx: Transaction, account_id: str) -> None:
    store.drop_secret(tx, account_id)


def forget(tx: Transaction, account_id: str) -> None:
    """Forget everything that this account knows or has beside its phone."""
    remove_password(tx, account_id)

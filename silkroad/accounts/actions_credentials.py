"""Changing how one signs in: only soon after signing in, and every other session ends with it."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse

from . import passkeys, passwords, sessions, store
from .model import Account
from .scoped import of_accounts, own_account


@of_accounts
def require_fresh(tx: Transaction) -> None:
    """Raise Refusal ``fresh_sign_in_required`` unless the caller signed in a moment ago."""
    sessions.require_fresh(tx)


@of_accounts
def set_password(tx: Transaction, password_hash: str) -> None:
    """Give the caller's account a password. Raises Refusal ``fresh_sign_in_required``."""
    sessions.require_fresh(tx)
    passwords.set_password(tx, own_account(tx), password_hash)
    _changed(tx, "password.set")


@of_accounts
def give_password(tx: Transaction, account_id: str, password_hash: str) -> None:
    """Give a new account its first password, where it is set up in the terminal."""
    passwords.set_password(tx, account_id, password_hash)
    tx.audit("password.set", account_id)


@of_accounts
def remove_password(tx: Transaction, *, codes_work: bool) -> None:
    """Take the password away. Raises Refusal ``fresh_sign_in_required``, ``last_credential``."""
    sessions.require_fresh(tx)
    if not (codes_work or passkeys.count_of(tx, own_account(tx))):
        raise refuse("last_credential")
    passwords.remove_password(tx, own_account(tx))
    _changed(tx, "password.removed")


@of_accounts
def start_totp(tx: Transaction) -> str:
    """Return a new authenticator secret, not in force yet. Raises Refusal ``already_exists``."""
    sessions.require_fresh(tx)
    return passwords.start_totp(tx, own_account(tx))


@of_accounts
def confirm_totp(tx: Transaction, code: str) -> None:
    """Put the authenticator in force. Raises Refusal ``wrong_code``."""
    sessions.require_fresh(tx)
    passwords.confirm_totp(tx, own_account(tx), code)
    _changed(tx, "totp.set")


@of_accounts
def remove_totp(tx: Transaction) -> None:
    """Take the authenticator away. Raises Refusal ``fresh_sign_in_required``."""
    sessions.require_fresh(tx)
    passwords.remove_totp(tx, own_account(tx))
    _changed(tx, "totp.removed")


@of_accounts
def list_own_passkeys(tx: Transaction) -> list[passkeys.Passkey]:
    return passkeys.list_passkeys(tx, own_account(tx))


@of_accounts
def begin_passkey(tx: Transaction) -> tuple[passkeys.Asked, Account]:
    """Make a challenge for a new passkey. Raises Refusal ``fresh_sign_in_required``."""
    sessions.require_fresh(tx)
    return passkeys.begin(tx, own_account(tx)), _own_account(tx)


@of_accounts
def take_own_challenge(tx: Transaction, challenge_id: str) -> bytes:
    """Return the caller's challenge, once. Raises Refusal ``code_expired``."""
    sessions.require_fresh(tx)
    return passkeys.take_challenge(tx, challenge_id, own_account(tx)).challenge


@of_accounts
def add_passkey(tx: Transaction, new: passkeys.Registered, name: str) -> passkeys.Passkey:
    """Add a verified passkey. Raises Refusal ``too_many``, ``already_exists``."""
    sessions.require_fresh(tx)
    added = passkeys.add_passkey(tx, own_account(tx), new, name)
    _changed(tx, "passkey.added")
    return added


@of_accounts
def remove_passkey(tx: Transaction, passkey_id: str, *, codes_work: bool) -> None:
    """Remove a passkey. Raises Refusal ``not_found``, ``last_credential``."""
    sessions.require_fresh(tx)
    passkeys.remove_passkey(tx, own_account(tx), passkey_id)
    others = passkeys.count_of(tx, own_account(tx)) or passwords.has_password(tx, own_account(tx))
    if not (codes_work or others):
        raise refuse("last_credential")
    _changed(tx, "passkey.removed")


def _changed(tx: Transaction, what: str) -> None:
    sessions.end_others(tx, own_account(tx), tx.scope.session_id)
    tx.audit(what, own_account(tx))


def _own_account(tx: Transaction) -> Account:
    account = store.by_id(tx, own_account(tx))
    if account is None:
        raise refuse("not_found")
    return account

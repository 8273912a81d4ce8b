"""What people do with their accounts: come in, look who is signed in, go.

Accounts belong to the installation, because one person may work in several workspaces; each verb
here steps into its scope, whoever calls.
"""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.kit.clock import HOUR
from silkroad.kit.errors import refuse
from silkroad.kit.permissions import Role
from silkroad.kit.scope import INSTALLATION

from . import codes, limits, passkeys, passwords, sessions, store
from .events import SweepAccounts
from .model import Account, MyAccount, PasswordCheck
from .scoped import of_accounts, own_account
from .sessions import Kind

SWEEP_EVERY = HOUR


# who it is


@of_accounts
def admit(tx: Transaction, phone: str, *, proved: bool) -> str:
    """Return the account of a phone, made now if need be.

    Whoever proves a phone for the first time gets it clean: an account that somebody else may
    have made for this number loses its sessions and its ways to sign in.
    """
    account = store.by_phone(tx, phone)
    if account is None:
        account_id = tx.new_id("acc")
        tx.mint(account_id, INSTALLATION)
        store.add(tx, account_id, phone, proved=proved)
        tx.audit("account.opened", account_id)
        return account_id
    if proved and not account.proved:
        forget_credentials(tx, account.id)
        store.set_proved(tx, account.id)
    return account.id


@of_accounts
def account_by_phone(tx: Transaction, phone: str) -> Account | None:
    return store.by_phone(tx, phone)


@of_accounts
def account_by_id(tx: Transaction, account_id: str) -> Account:
    """Return an account. Raises Refusal ``not_found``."""
    account = store.by_id(tx, account_id)
    if account is None:
        raise refuse("not_found")
    return account


@of_accounts
def forget_credentials(tx: Transaction, account_id: str) -> None:
    """End every session of an account and take away all its ways to sign in but the phone."""
    passwords.forget(tx, account_id)
    passkeys.forget(tx, account_id)
    sessions.end_others(tx, account_id)
    tx.audit("account.credentials_forgotten", account_id)


@of_accounts
def my_account(tx: Transaction) -> MyAccount:
    """Return the caller's own account."""
    account = account_by_id(tx, own_account(tx))
    return MyAccount(
        id=account.id,
        phone=account.phone,
        has_password=passwords.has_password(tx, account.id),
        has_totp=passwords.has_totp(tx, account.id),
        passkeys=passkeys.count_of(tx, account.id),
    )


# signing in


@of_accounts
def begin_code(
    tx: Transaction, phone: str, purpose: codes.CodePurpose, address: str, *, to: str | None
) -> codes.Challenge:
    """Make a one-time code; see ``codes.begin``."""
    return codes.begin(tx, phone, purpose, address, to=to)


@of_accounts
def try_code(
    tx: Transaction, challenge_id: str, purpose: codes.CodePurpose, code: str
) -> str | None:
    """Return the phone that a code proves, or None; see ``codes.try_code``."""
    return codes.try_code(tx, challenge_id, purpose, code)


@of_accounts
def afford_message(tx: Transaction, workspace_id: str) -> bool:
    """Whether a workspace may send one more text message today; if so, it is counted."""
    return codes.afford(tx, workspace_id)


@of_accounts
def spend_try(tx: Transaction, limit: limits.Limit, who: str) -> int:
    """Count one try and return how many are left. Raises Refusal ``throttled``."""
    return limits.spend(tx, limit, who)


@of_accounts
def begin_password(tx: Transaction, phone: str, token: str, address: str) -> PasswordCheck:
    """Count a try for a phone and return what to check the password against.

    The owner's own browser has tries of its own, so that nobody can lock them out of it by
    guessing elsewhere. Raises Refusal ``throttled``.
    """
    limits.spend(tx, passwords.PER_ADDRESS, address)
    account = store.by_phone(tx, phone)
    here = sessions.seen_here(tx, token, account.id) if account else None
    who = f"{phone}@{here}" if here else phone
    if limits.spend(tx, passwords.PER_ACCOUNT, who) == 0:
        tx.audit("sign_in.tries_used_up", account.id if account else "nobody")
    stored = passwords.hash_of(tx, account.id) if account else None
    known = account.id if account and stored else None
    return PasswordCheck(known, stored or passwords.NOBODYS_HASH, who, address)


@of_accounts
def finish_password(tx: Transaction, check: PasswordCheck, totp: str | None) -> str:
    """Return the account whose password was right, once its authenticator agrees.

    Raises Refusal ``totp_required``, ``wrong_credentials``.
    """
    if check.account_id is None:
        raise refuse("wrong_credentials")
    if passwords.has_totp(tx, check.account_id):
        if totp is None:
            raise refuse("totp_required")
        if not passwords.use_totp(tx, check.account_id, totp):
            raise refuse("wrong_credentials")
    limits.forgive(tx, passwords.PER_ACCOUNT, check.who)
    limits.give_back(tx, passwords.PER_ADDRESS, check.address)
    return check.account_id


@of_accounts
def begin_passkey_sign_in(tx: Transaction) -> passkeys.Asked:
    return passkeys.begin(tx)


@of_accounts
def take_passkey_challenge(tx: Transaction, challenge_id: str) -> bytes:
    """Return a sign-in challenge, once. Raises Refusal ``code_expired``."""
    return passkeys.take_challenge(tx, challenge_id).challenge


@of_accounts
def find_passkey(tx: Transaction, credential_id: bytes) -> passkeys.Known:
    """Return the passkey that a device answered with. Raises Refusal ``wrong_credentials``."""
    known = passkeys.find(tx, credential_id)
    if known is None:
        raise refuse("wrong_credentials")
    return known


@of_accounts
def finish_passkey(tx: Transaction, known: passkeys.Known, sign_count: int) -> str:
    """Note a passkey's use and return its account."""
    passkeys.used(tx, known, sign_count)
    return known.account_id


# sessions


@of_accounts
def open_session(
    tx: Transaction,
    kind: Kind,
    account_id: str | None,
    home: str,
    role: Role,
    agent: str,
    before: str,
) -> sessions.Opened:
    """Sign somebody in; see ``sessions.open_session``."""
    return sessions.open_session(tx, kind, account_id, home, role, agent, before)


@of_accounts
def current_session(tx: Transaction, token: str) -> sessions.Session | None:
    """Return the open session of a token, if there is one."""
    return sessions.current(tx, token)


@of_accounts
def session_is_known(tx: Transaction, session_id: str) -> bool:
    """Whether a session is open or at rest; see ``sessions.is_known``."""
    return sessions.is_known(tx, session_id)


@of_accounts
def touch_session(tx: Transaction, session_id: str) -> None:
    """Note that a session is in use."""
    sessions.touch(tx, session_id)


@of_accounts
def rotate_session(tx: Transaction, session_id: str, role: Role) -> str | None:
    """Return a new token for a session whose owner has another role now; None when it has one."""
    return sessions.rotate(tx, session_id, role)


@of_accounts
def own_session(tx: Transaction) -> sessions.Session:
    """Return the caller's session, if it is open. Raises Refusal ``signed_out``."""
    session = sessions.own(tx)
    if not session.open_at(tx.now):
        raise refuse("signed_out")
    return session


@of_accounts
def move_session(tx: Transaction, home: str, role: Role, agent: str) -> sessions.Opened:
    """Take the caller's session to another workspace, under a new token."""
    return sessions.move(tx, home, role, agent)


@of_accounts
def end_sessions_at(tx: Transaction, account_id: str, home: str) -> None:
    """End an account's sessions at one workspace."""
    sessions.end_at(tx, account_id, home)


@of_accounts
def last_home(tx: Transaction, account_id: str) -> str | None:
    """Return the workspace that an account was at last, as far as its sessions tell."""
    return sessions.last_home(tx, account_id)


@of_accounts
def fresh_until(tx: Transaction) -> int:
    """Return until when the caller may change how they sign in."""
    return sessions.own(tx).fresh_until


@of_accounts
def list_own_sessions(tx: Transaction) -> list[sessions.Listed]:
    return sessions.list_sessions(tx, own_account(tx))


@of_accounts
def revoke_session(tx: Transaction, session_id: str) -> None:
    """End one of the caller's sessions. Raises Refusal ``not_found``."""
    own = {listed.session.id: listed.session for listed in list_own_sessions(tx)}
    if session_id not in own:
        raise refuse("not_found")
    sessions.end(tx, own[session_id])
    tx.audit("session.revoked", session_id)


@of_accounts
def revoke_other_sessions(tx: Transaction) -> None:
    """End all of the caller's sessions but this one."""
    ended = sessions.end_others(tx, own_account(tx), tx.scope.session_id)
    tx.audit("session.others_revoked", own_account(tx), ended=ended)


@of_accounts
def sign_out(tx: Transaction, token: str) -> None:
    """End the session of this browser, if there is one."""
    session = sessions.current(tx, token)
    if session:
        sessions.end(tx, session)


# housekeeping


@of_accounts
def start_sweeping(tx: Transaction) -> None:
    """Begin the hourly clean-up; called once, when the installation is set up."""
    tx.enqueue(SweepAccounts(), delay=SWEEP_EVERY)


@of_accounts
def sweep(tx: Transaction, _job: SweepAccounts) -> None:
    """Delete what has expired, and come again in an hour."""
    codes.sweep(tx)
    limits.sweep(tx)
    passkeys.sweep(tx)
    sessions.sweep(tx)
    start_sweeping(tx)

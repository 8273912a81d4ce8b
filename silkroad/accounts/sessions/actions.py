"""Opening, rotating, listing and ending sessions. They belong to the installation."""

from __future__ import annotations

from silkroad.accounts.events import SessionEnded
from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.ids import token_hash
from silkroad.kit.permissions import Role

from . import store
from .model import GRACE, IDLE, LONGEST, Kind, Opened, Session, browser


def open_session(
    tx: Transaction,
    kind: Kind,
    account_id: str | None,
    home: str,
    role: Role,
    agent: str,
    before: str = "",
) -> Opened:
    """Sign somebody in, with a new token.

    ``before`` is the token that their browser still has: the same person's session goes on under
    the new token, so that open sockets stay; anybody else's session on this browser ends.
    """
    token = tx.new_token()
    old = store.find(tx, token_hash(before)) if before else None
    if old and (old.kind, old.account_id, old.home) == (kind, account_id, home) and account_id:
        store.renew(tx, old.id, home, role, token_hash(token))
        return Opened(token, old.id)
    if old:
        end(tx, old)
    session_id = tx.new_id("ses")
    session = Session(session_id, kind, account_id, home, role, tx.now, tx.now, tx.now)
    store.add(tx, session, token_hash(token), browser(agent))
    return Opened(token, session_id)


def current(tx: Transaction, token: str) -> Session | None:
    """Return the open session of a token, if there is one."""
    session = store.find(tx, token_hash(token))
    return session if session and session.open_at(tx.now) else None


def seen_here(tx: Transaction, token: str, account_id: str) -> str | None:
    """Return the session that an account has or had on the browser with this token.

    It may be at rest for long: it says only that the owner was here before.
    """
    session = store.find(tx, token_hash(token)) if token else None
    return session.id if session and session.account_id == account_id else None


def own(tx: Transaction) -> Session:
    """Return the caller's session. Raises Refusal ``signed_out``."""
    session = store.by_id(tx, tx.scope.session_id or "")
    if session is None:
        raise refuse("signed_out")
    return session


def require_fresh(tx: Transaction) -> Session:
    """Return the caller's session if it is fresh. Raises Refusal ``fresh_sign_in_required``."""
    session = own(tx)
    if tx.now >= session.fresh_until:
        raise refuse("fresh_sign_in_required")
    return session


def touch(tx: Transaction, session_id: str) -> None:
    """Note that a session is in use."""
    store.touch(tx, session_id)


def rotate(tx: Transaction, session_id: str, role: Role) -> str | None:
    """Return a new token for a session whose owner has another role now; None when it has one.

    Requests under way with the former token are served for half a minute more.
    """
    token = tx.new_token()
    done = store.rotate(tx, session_id, role, token_hash(token), tx.now + GRACE)
    return token if done else None


def move(tx: Transaction, home: str, role: Role, agent: str) -> Opened:
    """Take the caller's session elsewhere: a new one, as old and as fresh, with a new token."""
    session = own(tx)
    end(tx, session)
    token = tx.new_token()
    moved = session._replace(
        id=tx.new_id("ses"), home=home, role=role, seen_at=tx.now, former=False
    )
    store.add(tx, moved, token_hash(token), browser(agent))
    return Opened(token, moved.id)


def list_sessions(tx: Transaction, account_id: str) -> list[store.Listed]:
    """Return an account's open sessions, the one used last first."""
    return [listed for listed in store.of_account(tx, account_id) if listed.session.open_at(tx.now)]


def last_home(tx: Transaction, account_id: str) -> str | None:
    """Return the workspace that an account was at last, as far as its sessions tell."""
    known = store.of_account(tx, account_id)
    return known[0].session.home if known else None


def is_known(tx: Transaction, session_id: str) -> bool:
    """Whether a session is open or only at rest: on that browser, its owner may come back to it."""
    return store.by_id(tx, session_id) is not None


def end(tx: Transaction, session: Session) -> None:
    """End a session: its token opens nothing any more, and its sockets hear of it."""
    store.end(tx, session.id)
    _tell_end(tx, session)


def end_others(tx: Transaction, account_id: str, but: str | None = None) -> int:
    """End an account's sessions but one, and return how many were ended."""
    ending = [s for s, _ in store.of_account(tx, account_id) if s.id != but]
    for session in ending:
        end(tx, session)
    return len(ending)


def end_at(tx: Transaction, account_id: str, home: str) -> None:
    """End an account's sessions at one workspace."""
    for session, _ in store.of_account(tx, account_id):
        if session.home == home:
            end(tx, session)


def sweep(tx: Transaction) -> None:
    """Tell the end of sessions that ended by time; delete those at rest for thirty days.

    A session that is in daily use until it is thirty days old is found here a little after that.
    """
    for session in store.untold(tx, tx.now - min(IDLE.values())):
        if not session.open_at(tx.now):
            store.told(tx, session.id)
            _tell_end(tx, session)
    store.sweep(tx, tx.now - LONGEST)


def _tell_end(tx: Transaction, session: Session) -> None:
    with tx.within(session.home):
        tx.emit(SessionEnded(session.id))

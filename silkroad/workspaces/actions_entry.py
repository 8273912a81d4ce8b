"""Coming in: set-up, sign-up, signing in, switching, and who somebody is with a session."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from silkroad import accounts, installation
from silkroad.accounts import CodePurpose, MyAccount, Opened, Session
from silkroad.engines.database import Transaction
from silkroad.installation import Controller
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.fields import CompanyText, NameText
from silkroad.kit.languages import Language
from silkroad.kit.phones import normalised
from silkroad.kit.scope import INSTALLATION, Scope
from silkroad.privacy import consent

from . import actions, invitations, store
from .events import MembersChanged
from .model import Member, Membership, MyWorkspace, NewMember, Workspace


class Founding(NamedTuple):
    """A company and its first administrator. Clauses 1.2.1, 1.6a: this much, and no more."""

    company: CompanyText
    region: str
    name: NameText
    phone: str
    language: Language


class Accepted(NamedTuple):
    """The privacy policy that somebody had before them: its hash, and in which language."""

    policy_hash: str
    language: Language


class Browser(NamedTuple):
    """Where somebody signs in: what the browser calls itself, and the token that it still has."""

    agent: str
    token: str


class Entry(NamedTuple):
    """Somebody at the door with a session: who they are, and what is to be noted of it."""

    scope: Scope
    session: Session
    tired: bool
    promoted: bool


class Mine(NamedTuple):
    """Everything that a console shows of oneself."""

    account: MyAccount
    member: Member
    workspace: Workspace
    workspaces: list[MyWorkspace]
    language: Language
    fresh_until: int


# beginning


def set_up(
    tx: Transaction,
    token: str,
    controller: Controller,
    founding: Founding,
    browser: Browser,
    password_hash: str | None = None,
) -> Opened:
    """Set the installation up: controller, first workspace, first administrator. Clauses 9a, 1.6a.

    The page and the terminal both come here; the terminal brings a password, because it has no
    browser to stay signed in. Raises Refusal ``already_set_up``, ``link_used``, ``invalid``.
    """
    installation.set_up(tx, token, controller)
    account_id = accounts.admit(tx, founding.phone, proved=False)
    if password_hash:
        accounts.give_password(tx, account_id, password_hash)
    return _begin(tx, account_id, founding, browser)


def sign_up(tx: Transaction, founding: Founding, accepted: Accepted, browser: Browser) -> Opened:
    """Found a workspace for somebody who has proved their phone. Clauses 1.2.1, P.2.

    Somebody who has an account already gets a further workspace with it.
    """
    account_id = accounts.admit(tx, founding.phone, proved=True)
    return _begin(tx, account_id, founding, browser, accepted)


def _begin(
    tx: Transaction,
    account_id: str,
    founding: Founding,
    browser: Browser,
    accepted: Accepted | None = None,
) -> Opened:
    workspace_id = actions.found(tx, founding.company, founding.region)
    new = NewMember(account_id, founding.name, founding.phone, "admin", founding.language)
    with tx.within(workspace_id):
        membership = actions.join(tx, new)
        if accepted:
            consent.accept_notice(tx, membership.member_id, *accepted)
    return open_at(tx, account_id, membership, browser)


def founding(
    company: str, region: str, name: str, phone: str, language: Language, path: str = "$.phone"
) -> Founding:
    """Return a founding with the phone in one form. Raises Refusal ``invalid``."""
    return Founding(company, region, name, normalised(phone, path), language)


def sender(tx: Transaction, phone: str, purpose: CodePurpose) -> str | None:
    """Return in whose name a code goes to a phone; None when it may not have one.

    Anybody may sign up. To sign in one has to be a member somewhere, and to accept an invitation
    one has to be invited.
    """
    if purpose == "sign_up":
        return INSTALLATION
    if purpose == "accept_invitation":
        return invitations.invited_to(tx, phone)
    account = accounts.account_by_phone(tx, phone)
    at = store.memberships(tx, account.id) if account else []
    return at[0].workspace_id if at else None


# coming back


def sign_in(tx: Transaction, account_id: str, browser: Browser) -> Opened:
    """Sign somebody in where they were last. Raises Refusal ``no_workspace``."""
    memberships = store.memberships(tx, account_id)
    if not memberships:
        raise refuse("no_workspace")
    home = accounts.last_home(tx, account_id)
    at = next((m for m in memberships if m.workspace_id == home), memberships[0])
    return open_at(tx, account_id, at, browser)


def sign_in_by_phone(tx: Transaction, phone: str, browser: Browser) -> Opened:
    """Sign in whoever has just proved this phone. Raises Refusal ``no_workspace``."""
    account = accounts.account_by_phone(tx, phone)
    if account is None:
        raise refuse("no_workspace")
    return sign_in(tx, accounts.admit(tx, phone, proved=True), browser)


def switch(tx: Transaction, workspace_id: str, agent: str) -> Opened:
    """Take the caller's session to another of their workspaces. Raises Refusal ``not_found``."""
    own = store.memberships(tx, tx.scope.account_id or "")
    at = next((m for m in own if m.workspace_id == workspace_id), None)
    if at is None:
        raise refuse("not_found")
    return accounts.move_session(tx, at.workspace_id, at.role, agent)


def open_at(tx: Transaction, account_id: str, at: Membership, browser: Browser) -> Opened:
    """Open a session at a workspace."""
    opened = accounts.open_session(
        tx, "console", account_id, at.workspace_id, at.role, browser.agent, browser.token
    )
    with tx.within(at.workspace_id):
        tx.audit("member.signed_in", at.member_id)
    return opened


def enter_as_operator(tx: Transaction, token: str, browser: Browser) -> Opened:
    """Let the operator in by a one-time link. Raises Refusal ``link_used``."""
    installation.enter_as_operator(tx, token)
    return accounts.open_session(
        tx, "operator", None, INSTALLATION, "operator", browser.agent, browser.token
    )


# being here


def enter(tx: Transaction, token: str) -> Entry | None:
    """Return who has this token, by their membership as it is now."""
    session = accounts.current_session(tx, token)
    scope = scope_of(tx, session) if session else None
    if session is None or scope is None:
        return None
    return Entry(
        scope,
        session,
        tired=session.untouched_at(tx.now),
        promoted=scope.role != session.role and not session.former,
    )


def scope_of(tx: Transaction, session: Session) -> Scope | None:
    """Return the scope of a session; None when its owner is no member there any more."""
    if session.kind == "operator":
        return Scope(INSTALLATION, "operator", "operator", "operator", session_id=session.id)
    with tx.within(session.home):
        at = store.membership(tx, session.account_id or "")
        if at is None:
            return None
        inbox_ids = None if at.role == "admin" else frozenset(store.inboxes_of(tx, at.member_id))
    return Scope(
        at.workspace_id,
        at.role,
        "member",
        at.member_id,
        account_id=session.account_id,
        session_id=session.id,
        inbox_ids=inbox_ids,
    )


def still_here(tx: Transaction) -> Scope | None:
    """Return the calling member's scope as it is now; None when the session or membership ended."""
    try:
        session = accounts.own_session(tx)
    except Refusal:
        return None
    return scope_of(tx, session)


def mine(tx: Transaction) -> Mine:
    """Return everything about the caller. Their own phone is theirs to see."""
    account = accounts.my_account(tx)
    member = msgspec.structs.replace(
        actions.member_by_id(tx, tx.scope.actor_id), phone=account.phone
    )
    return Mine(
        account,
        member,
        actions.workspace_of(tx),
        [_named(tx, at) for at in store.memberships(tx, account.id)],
        actions.member_language(tx, member.id),
        accounts.fresh_until(tx),
    )


def _named(tx: Transaction, at: Membership) -> MyWorkspace:
    with tx.within(at.workspace_id):
        return MyWorkspace(at.workspace_id, actions.workspace_of(tx).name, at.role)


def change_me(tx: Transaction, name: str | None, language: Language | None) -> None:
    """Put another name or language of one's own."""
    member_id = tx.scope.actor_id
    if name is not None:
        store.rename(tx, member_id, name.strip())
    if language is not None:
        store.speak(tx, member_id, language)
    tx.emit(MembersChanged(member_id))

"""What visitors do before and after they talk: begin, come back, go."""

from __future__ import annotations

from typing import NamedTuple

from silkroad.accounts import SessionEnded
from silkroad.engines.database import Transaction
from silkroad.inboxes import identity_secret, inbox_by_id, inbox_is_open
from silkroad.kit.clock import DAY
from silkroad.kit.errors import refuse
from silkroad.kit.ids import token_hash
from silkroad.kit.inventory import Purpose
from silkroad.kit.languages import Language
from silkroad.kit.scope import Scope
from silkroad.privacy import guardians
from silkroad.privacy.grants import require as require_grant

from . import store
from .model import Identity, Visitor, VisitorStart, sent, vouched

SESSION_LIFE = 365 * DAY


class Begun(NamedTuple):
    """A visitor's new session: the token goes into the cookie and is kept nowhere else."""

    token: str
    visitor_id: str
    session_id: str


def begin(tx: Transaction, inbox_id: str, start: VisitorStart, notice_hash: str) -> Begun:
    """Let a visitor in, who was shown the notice. Clause P.2.

    A customer that the company's site vouches for becomes the same visitor on every device.
    Whoever is that visitor already keeps their session: the token is then empty. Whoever was
    somebody else on this browser is no more: it neither hears nor is woken for them.
    Raises Refusal ``notice_required``, ``archived``, ``not_found``, ``grant_required``,
    ``wrong_credentials``.
    """
    inbox = inbox_by_id(tx, inbox_id)
    if inbox.archived_at is not None:
        raise refuse("archived")
    if start.notice_hash != notice_hash:
        raise refuse("notice_required")
    if start.identity:
        _check_identity(tx, inbox_id, start.identity)
    visitor_id = _known(tx, inbox_id, start) or _new(tx, inbox_id, start)
    if visitor_id == tx.scope.actor_id:
        return Begun("", visitor_id, tx.scope.session_id or "")
    forget_browser(tx)
    token, session_id = tx.new_token(), tx.new_id("vse")
    store.add_session(tx, session_id, token_hash(token), visitor_id, tx.now + SESSION_LIFE)
    return Begun(token, visitor_id, session_id)


def _check_identity(tx: Transaction, inbox_id: str, identity: Identity) -> None:
    secret = identity_secret(tx, inbox_id)
    if secret is None:
        raise refuse("grant_required")
    if not vouched(secret, identity):
        raise refuse("wrong_credentials", "The site's signature of this customer is not right.")
    require_grant(tx, inbox_id, sent(identity))  # only the own site learns of it


def _known(tx: Transaction, inbox_id: str, start: VisitorStart) -> str | None:
    if start.identity is None:
        return _returning(tx, start)
    visitor_id = store.by_customer(tx, inbox_id, start.identity)
    if visitor_id is None:
        return None
    told = start.language, start.notice_hash, start.identity
    return visitor_id if store.refresh(tx, visitor_id, *told) else None


def _returning(tx: Transaction, start: VisitorStart) -> str | None:
    """Return the caller if they are a visitor nobody vouches for, accepting a newer notice."""
    if tx.scope.actor_kind != "visitor" or visitor_by_id(tx, tx.scope.actor_id).verified:
        return None
    store.accept_notice(tx, tx.scope.actor_id, start.language, start.notice_hash)
    return tx.scope.actor_id


def _new(tx: Transaction, inbox_id: str, start: VisitorStart) -> str:
    visitor_id = tx.new_id("vis")
    tx.mint(visitor_id, tx.scope.workspace_id)
    store.add(tx, visitor_id, inbox_id, start.language, start.notice_hash, start.identity)
    return visitor_id


def introduce(tx: Transaction, inbox_id: str, name: str | None, language: Language) -> str:
    """Add a visitor by hand, without a browser; return their id."""
    visitor_id = tx.new_id("vis")
    tx.mint(visitor_id, tx.scope.workspace_id)
    store.add(tx, visitor_id, inbox_id, language, "", None)
    if name:
        store.set_name(tx, visitor_id, name)
    return visitor_id


def enter(tx: Transaction, inbox_id: str, token: str) -> Scope | None:
    """Return the scope of the visitor whose cookie this is, in this inbox."""
    found = store.session(tx, token_hash(token), inbox_id)
    if found is None or not inbox_is_open(tx, inbox_id):
        return None
    return Scope(
        tx.scope.workspace_id,
        "visitor",
        "visitor",
        found.visitor_id,
        session_id=found.session_id,
        inbox_ids=frozenset({inbox_id}),
        held=guardians.held(tx, found.visitor_id),
    )


def read_in(tx: Transaction, language: Language) -> None:
    """Note the language that the calling visitor reads now."""
    store.set_language(tx, tx.scope.actor_id, language)


def still_here(tx: Transaction) -> Scope | None:
    """Return the calling visitor's scope if their session still is one."""
    session_id = tx.scope.session_id or ""
    (inbox_id,) = tx.scope.inbox_ids or ("",)
    here = store.session_is_open(tx, session_id) and inbox_is_open(tx, inbox_id)
    return tx.scope if here and not guardians.held(tx, tx.scope.actor_id) else None


def forget_browser(tx: Transaction) -> None:
    """End the visitor's session on this browser; its sockets and tickets end with it."""
    if tx.scope.session_id:
        store.end_session(tx, tx.scope.session_id)
        tx.emit(SessionEnded(tx.scope.session_id))


def visitor_by_id(tx: Transaction, visitor_id: str) -> Visitor:
    """Return a visitor of this workspace. Raises Refusal ``not_found``."""
    visitor = store.one(tx, visitor_id)
    if visitor is None:
        raise refuse("not_found")
    return visitor


def came_at(tx: Transaction, visitor_id: str) -> int | None:
    """Return when somebody became a visitor."""
    with tx.doing(Purpose.ACCOUNTABILITY):
        return store.came_at(tx, visitor_id)


def speakers(tx: Transaction, visitor_ids: list[str]) -> dict[str, store.Speaker]:
    return store.speakers(tx, visitor_ids)


def name_of(tx: Transaction, visitor_id: str) -> str | None:
    return visitor_by_id(tx, visitor_id).name

"""Inviting, answering, withdrawing, forgetting."""

from __future__ import annotations

from typing import NamedTuple

from silkroad import accounts
from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.privacy.imports import Import
from silkroad.workspaces.events import ForgetInvitation

from . import store
from .model import KEPT_AFTER, LIFE, MOST_OPEN, WRONG_PHONES, Answer, Draft, Invitation, Place


class Invited(NamedTuple):
    """A new invitation and the token of its link, which is kept nowhere."""

    invitation: Invitation
    token: str


def invite(tx: Transaction, draft: Draft, attested: Import) -> Invited:
    """Invite somebody into the scope's workspace. Clauses D.3, 1.6b.

    Their name and phone come from somebody else, who has attested that they may be entered.
    Raises Refusal ``too_many``.
    """
    if store.count_open(tx) >= MOST_OPEN:
        raise refuse("too_many")
    invitation_id, token = tx.new_id("inv"), tx.new_token()
    tx.mint(invitation_id, tx.scope.workspace_id)
    store.add(tx, invitation_id, token, draft, attested, tx.now + LIFE)
    tx.enqueue(ForgetInvitation(invitation_id), delay=LIFE + KEPT_AFTER)
    tx.audit("invitation.created", invitation_id, role=draft.role)
    return Invited(by_id(tx, invitation_id), token)


def list_invitations(tx: Transaction) -> list[Invitation]:
    """Return the workspace's invitations, the newest first."""
    return store.all_of(tx)


def by_id(tx: Transaction, invitation_id: str) -> Invitation:
    """Return an invitation of this workspace. Raises Refusal ``not_found``."""
    invitation = store.one(tx, invitation_id)
    if invitation is None:
        raise refuse("not_found")
    return invitation


def withdraw(tx: Transaction, invitation_id: str) -> None:
    """Take an invitation back. Raises Refusal ``not_found``, ``invitation_used``."""
    by_id(tx, invitation_id)
    answer(tx, invitation_id, "withdrawn")


def place_of(tx: Transaction, token: str) -> Place:
    """Return where the invitation of a link is. Raises Refusal ``invitation_used``."""
    place = store.place_of(tx, token)
    if place is None:
        raise refuse("invitation_used")
    return place


def opened(tx: Transaction, invitation_id: str) -> Invitation:
    """Return an invitation that is open. Raises Refusal ``invitation_used``."""
    invitation = store.one(tx, invitation_id)
    if invitation is None or invitation.state != "open":
        raise refuse("invitation_used")
    return invitation


def check_phone(tx: Transaction, token: str, phone: str) -> bool:
    """Whether an open invitation is meant for this phone; a wrong one counts as a try.

    Raises Refusal ``invitation_used``, ``throttled``.
    """
    place = place_of(tx, token)
    with tx.within(place.workspace_id):
        if opened(tx, place.invitation_id).phone == phone:
            return True
    accounts.spend_try(tx, WRONG_PHONES, place.invitation_id)
    return False


def answer(tx: Transaction, invitation_id: str, how: Answer) -> None:
    """Close an open invitation, once. Raises Refusal ``invitation_used``."""
    if not store.close(tx, invitation_id, how):
        raise refuse("invitation_used")
    tx.enqueue(ForgetInvitation(invitation_id), delay=KEPT_AFTER)
    tx.audit(f"invitation.{how}", invitation_id)


def invited_to(tx: Transaction, phone: str) -> str | None:
    """Return the workspace that invites a phone now."""
    return store.inviting(tx, phone)


def forget(tx: Transaction, job: ForgetInvitation) -> None:
    """Erase an invitation a week after it was answered or ran out. Clause D.3."""
    store.drop_if_over(tx, job.invitation_id, tx.now - KEPT_AFTER)

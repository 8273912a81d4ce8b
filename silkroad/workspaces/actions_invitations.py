"""Bringing somebody in by an invitation, and the operator's first administrators."""

from __future__ import annotations

from typing import NamedTuple

from silkroad import accounts
from silkroad.accounts import Opened
from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.languages import Language
from silkroad.privacy import consent
from silkroad.privacy.imports import Attestation, Import, attest

from . import actions, invitations, store
from .actions_entry import Accepted, Browser, open_at
from .invitations import Draft, Invitation, Invited
from .model import NewMember


class Acceptance(NamedTuple):
    """Who accepts: ``proved`` by a code; ``signed_in``: the account of this browser, if any."""

    token: str
    name: str
    phone: str
    language: Language
    proved: bool
    signed_in: str | None
    accepted: Accepted


class Preview(NamedTuple):
    """What the bearer of a link is told."""

    workspace_name: str
    invitation: Invitation


def invite(
    tx: Transaction, draft: Draft, attestation: Attestation | None, *, by_message: bool
) -> Invited:
    """Invite somebody; ``by_message``: the link also goes to their phone.

    Raises Refusal ``attestation_required``, ``already_member``, ``too_many``, ``spend_cap``.
    """
    (invited,) = invite_all(tx, [draft], attestation, by_message=by_message)
    return invited


def invite_all(
    tx: Transaction,
    drafts: list[Draft],
    attestation: Attestation | None,
    *,
    by_message: bool,
) -> list[Invited]:
    """Invite several people at once, or nobody. Clause 1.6b: one import, attested once.

    Raises Refusal ``attestation_required``, ``already_member``, ``too_many``, ``spend_cap``.
    """
    actions.require_admin(tx)
    attested = attest(tx, "invitations", len(drafts), attestation)
    return [_invite(tx, draft, attested, by_message=by_message) for draft in drafts]


def _invite(tx: Transaction, draft: Draft, attested: Import, *, by_message: bool) -> Invited:
    account = accounts.account_by_phone(tx, draft.phone)
    if account and store.membership(tx, account.id):
        raise refuse("already_member", f"{draft.name} is a member already.")
    if by_message and not accounts.afford_message(tx, tx.scope.workspace_id):
        raise refuse("spend_cap")
    return invitations.invite(tx, draft, attested)


def withdraw(tx: Transaction, invitation_id: str) -> None:
    """Take an invitation back. Raises Refusal ``not_found``, ``invitation_used``."""
    actions.require_admin(tx)
    invitations.withdraw(tx, invitation_id)


def invite_administrator(
    tx: Transaction,
    company: str,
    region: str,
    name: str,
    phone: str,
    attestation: Attestation | None,
) -> Invited:
    """Found a workspace whose first administrator comes in by a link.

    The operator does this where no code can be sent. Raises Refusal ``invalid``,
    ``attestation_required``.
    """
    workspace_id = actions.found(tx, company, region)
    with tx.within(workspace_id):
        draft = Draft(name, phone, "admin", frozenset())
        return invitations.invite(tx, draft, attest(tx, "invitations", 1, attestation))


def preview(tx: Transaction, token: str) -> Preview:
    """Return what a link invites to. Raises Refusal ``invitation_used``."""
    place = invitations.place_of(tx, token)
    with tx.within(place.workspace_id):
        invitation = invitations.opened(tx, place.invitation_id)
        return Preview(actions.workspace_of(tx).name, invitation)


def accept(tx: Transaction, given: Acceptance, browser: Browser) -> Opened:
    """Become a member. Clause D.3: only now, and only the addressee.

    Raises Refusal ``invitation_used``, ``wrong_addressee``, ``already_member``, ``signed_out``.
    """
    place = invitations.place_of(tx, given.token)
    with tx.within(place.workspace_id):
        invitation = invitations.opened(tx, place.invitation_id)
        if invitation.phone != given.phone:
            raise refuse("wrong_addressee")
        account_id = _account(tx, given)
        invitations.answer(tx, invitation.id, "accepted")
        new = NewMember(account_id, given.name, given.phone, invitation.role, given.language)
        membership = actions.join(tx, new, invitation.inbox_ids)
        consent.accept_notice(tx, membership.member_id, *given.accepted)
    return open_at(tx, account_id, membership, browser)


def _account(tx: Transaction, given: Acceptance) -> str:
    """Return the account that accepts.

    Without a code the link is the only proof, and it came from an administrator, not from the
    phone. So it opens no account that is at home elsewhere: its owner has to be signed in. And an
    account that is at home nowhere is given clean. See docs/decisions/021.
    """
    known = accounts.account_by_phone(tx, given.phone)
    if given.proved or known is None:
        return accounts.admit(tx, given.phone, proved=given.proved)
    if known.id == given.signed_in:
        return known.id
    if store.memberships(tx, known.id):
        raise refuse("signed_out", "Sign in to your account first, then open the link again.")
    accounts.forget_credentials(tx, known.id)
    return known.id


def decline(tx: Transaction, token: str) -> None:
    """Say no, as whoever has the link. Raises Refusal ``invitation_used``."""
    place = invitations.place_of(tx, token)
    with tx.within(place.workspace_id):
        invitations.answer(tx, place.invitation_id, "declined")

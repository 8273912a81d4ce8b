"""HTTP operations on invitations. Clauses D.1, D.3."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from silkroad import accounts
from silkroad.http import CONSOLE, Call, Empty, operation
from silkroad.kit.errors import refuse
from silkroad.kit.fields import CodeText, HashText, IdText, NameText, PhoneText, TokenText
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.permissions import MemberRole, Permission
from silkroad.kit.phones import hint, normalised
from silkroad.kit.scope import anonymous
from silkroad.privacy import policy
from silkroad.privacy.imports import Attestation

from . import actions, actions_invitations, invitations
from .actions_entry import Accepted
from .actions_invitations import Acceptance
from .invitations import Draft, Invitation, Invited
from .routes_me import ABOUT_ME, Me, browser, welcome
from .routes_members import InboxIds, check_inboxes
from .words import WORDS

MOST_AT_ONCE = 100


class InvitationList(msgspec.Struct, frozen=True):
    """The workspace's invitations, the newest first."""

    items: list[Invitation]


class InvitationDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to invite, as what, and on which ground their name and number are entered."""

    name: NameText
    phone: PhoneText
    role: MemberRole
    inbox_ids: InboxIds
    attestation: Attestation | None = None


class InvitationCreated(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation and its link, which is shown this once."""

    invitation: Invitation
    url: str
    sms: Literal["sent", "not_configured"]


class Invitee(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of several who are invited."""

    name: NameText
    phone: PhoneText


class InvitationImport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Several people, what they are invited as, and on which ground they are entered."""

    people: Annotated[list[Invitee], msgspec.Meta(min_length=1, max_length=MOST_AT_ONCE)]
    role: MemberRole
    inbox_ids: InboxIds
    attestation: Attestation | None = None


class InvitationsCreated(msgspec.Struct, frozen=True):
    """The invitations with their links, in the order of the people."""

    items: list[InvitationCreated]


class InvitationToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands behind the # of the link."""

    token: TokenText


class InvitationPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a link invites to; of the phone only the end is shown."""

    workspace_name: str
    role: MemberRole
    phone_hint: str
    expires_at: int
    code_needed: bool


class InvitationAcceptance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Yes, after reading the policy of this hash; with a code where the phone can get one."""

    token: TokenText
    name: NameText
    phone: PhoneText
    language: Language
    notice_hash: HashText
    challenge_id: IdText | None = None
    code: CodeText | None = None


@operation(
    "invitations.list",
    "GET",
    "/api/invitations",
    permission=Permission.MANAGE_MEMBERS,
    purpose=Purpose.TEAMWORK,
    returns={DataClass.CONTACT, DataClass.WORK_ROLE},
    audited=False,
)
async def list_invitations(call: Call) -> InvitationList:
    """List the workspace's invitations."""
    return InvitationList(await call.house.db.read(call.scope, invitations.list_invitations))


@operation(
    "invitations.create",
    "POST",
    "/api/invitations",
    permission=Permission.MANAGE_MEMBERS,
    purpose=Purpose.TEAMWORK,
    returns={DataClass.CONTACT, DataClass.WORK_ROLE},
    audited=True,
)
async def create_invitation(call: Call, body: InvitationDraft) -> InvitationCreated:
    """Invite somebody by a link; where text messages can be sent, they get it on their phone."""
    await check_inboxes(call, body.inbox_ids)
    db, by_message = call.house.db, accounts.codes_work(call)
    draft = Draft(body.name, normalised(body.phone), body.role, frozenset(body.inbox_ids))
    made = await db.write(
        call.scope, actions_invitations.invite, draft, body.attestation, by_message=by_message
    )
    company = (await db.read(call.scope, actions.workspace_of)).name
    return _sent(call, made, company, by_message=by_message)


@operation(
    "invitations.import",
    "POST",
    "/api/invitations/import",
    permission=Permission.MANAGE_MEMBERS,
    purpose=Purpose.TEAMWORK,
    returns={DataClass.CONTACT, DataClass.WORK_ROLE},
    audited=True,
)
async def import_invitations(call: Call, body: InvitationImport) -> InvitationsCreated:
    """Invite several people at once as the same; when one of them cannot be, nobody is."""
    await check_inboxes(call, body.inbox_ids)
    db, by_message = call.house.db, accounts.codes_work(call)
    drafts = [
        Draft(
            person.name,
            normalised(person.phone, f"$.people[{place}].phone"),
            body.role,
            frozenset(body.inbox_ids),
        )
        for place, person in enumerate(body.people)
    ]
    made = await db.write(
        call.scope, actions_invitations.invite_all, drafts, body.attestation, by_message=by_message
    )
    company = (await db.read(call.scope, actions.workspace_of)).name
    return InvitationsCreated([_sent(call, one, company, by_message=by_message) for one in made])


def _sent(call: Call, made: Invited, company: str, *, by_message: bool) -> InvitationCreated:
    """Send the link on its way, where it can be sent, and return it."""
    url = link(call, made.token)
    if by_message:
        words = WORDS[call.language].invitation
        text = words.replace("{url}", url).replace("{company}", company)
        accounts.send_soon(call, made.invitation.phone, text)
    return InvitationCreated(
        invitation=made.invitation, url=url, sms="sent" if by_message else "not_configured"
    )


def link(call: Call, token: str) -> str:
    """Return the address that accepts an invitation; the token never reaches a server's log."""
    return f"{call.house.settings.origin}/join#{token}"


@operation(
    "invitations.withdraw",
    "DELETE",
    "/api/invitations/{invitation_id}",
    permission=Permission.MANAGE_MEMBERS,
    purpose=Purpose.TEAMWORK,
    returns=set(),
    audited=True,
)
async def withdraw_invitation(call: Call, invitation_id: str) -> Empty:
    """Take an invitation back."""
    await call.house.db.write(call.scope, actions_invitations.withdraw, invitation_id)
    return Empty()


@operation(
    "invitations.preview",
    "POST",
    "/api/invitations/preview",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.REGISTRATION,
    returns={DataClass.WORK_ROLE},
    audited=False,
)
async def preview_invitation(call: Call, body: InvitationToken) -> InvitationPreview:
    """Say what a link invites to."""
    accounts.knock(call)
    name, invitation = await call.house.db.read(call.scope, actions_invitations.preview, body.token)
    return InvitationPreview(
        workspace_name=name,
        role=invitation.role,
        phone_hint=hint(invitation.phone),
        expires_at=invitation.expires_at,
        code_needed=accounts.codes_work(call),
    )


@operation(
    "invitations.accept",
    "POST",
    "/api/invitations/accept",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.REGISTRATION,
    returns=ABOUT_ME,
    audited=True,
)
async def accept_invitation(call: Call, body: InvitationAcceptance) -> Me:
    """Become a member, as the person whose phone was invited."""
    accounts.knock(call)
    accepted = Accepted(body.notice_hash, await policy.require_shown(call, body.notice_hash))
    db, phone = call.house.db, normalised(body.phone)
    if not await db.write(call.scope, invitations.check_phone, body.token, phone):
        raise refuse("wrong_addressee")
    given = Acceptance(
        token=body.token,
        name=body.name,
        phone=phone,
        language=body.language,
        proved=await _proved(call, body, phone),
        signed_in=await _account_here(call),
        accepted=accepted,
    )
    opened = await db.write(call.scope, actions_invitations.accept, given, browser(call))
    return await welcome(call, opened)


async def _proved(call: Call, body: InvitationAcceptance, phone: str) -> bool:
    """Whether a code has shown that the phone is theirs; where codes can be sent, it must."""
    if not accounts.codes_work(call):
        return False
    if body.challenge_id is None or body.code is None:
        raise refuse("wrong_code", "Ask for a code to this phone, and enter it here.")
    proved = await accounts.proved_phone(call, body.challenge_id, "accept_invitation", body.code)
    if proved != phone:
        raise refuse("wrong_addressee")
    return True


async def _account_here(call: Call) -> str | None:
    token = call.cookie(CONSOLE)
    session = await call.house.db.read(anonymous(), accounts.current_session, token)
    return session.account_id if session else None


@operation(
    "invitations.decline",
    "POST",
    "/api/invitations/decline",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.REGISTRATION,
    returns=set(),
    audited=True,
)
async def decline_invitation(call: Call, body: InvitationToken) -> Empty:
    """Say no; a week later nothing of the invitation is left."""
    accounts.knock(call)
    await call.house.db.write(call.scope, actions_invitations.decline, body.token)
    return Empty()


operations = [
    list_invitations,
    create_invitation,
    import_invitations,
    withdraw_invitation,
    preview_invitation,
    accept_invitation,
    decline_invitation,
]

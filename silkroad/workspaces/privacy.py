"""What is stored of workspaces, members and invitees, and why. Clauses P.1, D.3, 1.2.1, 2.1."""

from __future__ import annotations

from dataclasses import replace

from silkroad.kit.inventory import (
    MEMBERSHIP_LIFE,
    SHORT,
    WORKSPACE_LIFE,
    Beyond,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    on_record,
    passing,
    personal,
)

_TENANT = nonpersonal("the company's workspace")
_COMPANY = personal(
    "member",  # a sole trader's company bears a person's name
    DataClass.PROFILE,
    "S1",
    Purpose.REGISTRATION,
    Purpose.AUTHENTICATION,
    Purpose.TEAMWORK,
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    Purpose.OPERATION,
    Purpose.ACCOUNTABILITY,
    Purpose.RIGHTS,
    source="subject",
    basis="contract",
    retention=WORKSPACE_LIFE,
    erasure="delete",
    controller="operator",  # whose customer the company is
    sealed=True,
)
_MEMBER = personal(
    "member",
    DataClass.WORK_ROLE,
    "S1",
    Purpose.TEAMWORK,
    Purpose.REGISTRATION,
    Purpose.AUTHENTICATION,
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    source="use",
    basis="contract",
    retention=WORKSPACE_LIFE,
    erasure="pseudonymise",
)
_SINCE = personal(
    "member",
    DataClass.WORK_ROLE,
    "S1",
    Purpose.TEAMWORK,
    Purpose.REGISTRATION,
    Purpose.AUTHENTICATION,
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    Purpose.ACCOUNTABILITY,  # what they were told depends on when they came
    source="use",
    basis="contract",
    retention=WORKSPACE_LIFE,
    erasure="pseudonymise",
)
_NAME = personal(
    "member",
    DataClass.PROFILE,
    "S1",
    Purpose.TEAMWORK,
    Purpose.REGISTRATION,
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    source="subject",
    basis="contract",
    retention=WORKSPACE_LIFE,
    erasure="shred",
    sealed=True,
)
_PHONE = personal(
    "member",
    DataClass.CONTACT,
    "S1",
    Purpose.TEAMWORK,
    Purpose.REGISTRATION,
    source="subject",
    basis="contract",
    retention=MEMBERSHIP_LIFE,
    erasure="shred",
    sealed=True,
)
_ACCOUNT = personal(
    "member",
    DataClass.ACCOUNT,
    "S1",
    Purpose.AUTHENTICATION,
    Purpose.REGISTRATION,
    Purpose.TEAMWORK,
    source="use",
    basis="contract",
    retention=MEMBERSHIP_LIFE,
    erasure="delete",
)
_PLACE = personal(
    "member",
    DataClass.WORK_ROLE,
    "S1",
    Purpose.TEAMWORK,
    Purpose.REGISTRATION,
    Purpose.AUTHENTICATION,
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    source="authorised",
    basis="contract",
    retention=MEMBERSHIP_LIFE,
    erasure="delete",
)
_INVITATION = personal(
    "invitee",
    DataClass.WORK_ROLE,
    "S1",
    Purpose.REGISTRATION,
    Purpose.TEAMWORK,
    source="use",
    basis="legitimate_interest",
    retention=SHORT,
    erasure="delete",
)
_OFFERED = replace(_INVITATION, source="authorised")
_INVITEE = personal(
    "invitee",
    DataClass.CONTACT,
    "S1",
    Purpose.REGISTRATION,
    Purpose.TEAMWORK,
    source="authorised",
    basis="legitimate_interest",
    retention=SHORT,
    erasure="shred",
    sealed=True,
)
_INVITEE_INDEX = personal(
    "invitee",
    DataClass.CONTACT,
    "S1",
    Purpose.REGISTRATION,
    Purpose.TEAMWORK,
    source="authorised",
    basis="legitimate_interest",
    retention=SHORT,
    erasure="delete",
    export="exclude",
)
_ATTESTED = personal(
    "invitee",
    DataClass.CONSENT,
    "S1",
    Purpose.REGISTRATION,
    Purpose.TEAMWORK,
    Purpose.ACCOUNTABILITY,
    source="authorised",
    basis="legal_duty",
    retention=SHORT,
    erasure="delete",
)

DECLARATIONS: Declarations = {
    "workspaces": {
        "workspace_id": _TENANT,
        "name": _COMPANY,
        "region": nonpersonal("where the company's data is at home"),
        "created_at": nonpersonal("when the workspace was founded"),
    },
    "members": {
        "workspace_id": _TENANT,
        "id": _SINCE,
        "account_id": _ACCOUNT,
        "name": _NAME,
        "phone": _PHONE,
        "role": replace(_MEMBER, source="authorised"),
        "language": replace(_MEMBER, source="subject"),
        "joined_at": _SINCE,
        "ended_at": _MEMBER,
    },
    "member_inboxes": {
        "workspace_id": _TENANT,
        "member_id": _PLACE,
        "inbox_id": _PLACE,
    },
    "invitations": {
        "workspace_id": _TENANT,
        "id": _INVITATION,
        "token_hash": nonpersonal("hash of a random token, used once"),
        "role": _OFFERED,
        "name": _INVITEE,
        "phone": _INVITEE,
        "phone_index": _INVITEE_INDEX,
        "state": _INVITATION,
        "created_at": _INVITATION,
        "expires_at": _INVITATION,
        "closed_at": _INVITATION,
        "import_id": _ATTESTED,
        "basis": _ATTESTED,
        "notice_hash": _ATTESTED,
    },
    "invitation_inboxes": {
        "workspace_id": _TENANT,
        "invitation_id": _OFFERED,
        "inbox_id": _OFFERED,
    },
}

_WHO = passing("member", Purpose.TEAMWORK)

BEYOND: Beyond = {
    "event": {
        "MembersChanged": {"member_id": _WHO},
        "MemberAccessChanged": {"member_id": _WHO},
        "MemberRemoved": {"member_id": _WHO},
    },
    "job": {"ForgetInvitation": {"invitation_id": passing("invitee", Purpose.REGISTRATION)}},
    "audit": {
        "role.granted": {"role": on_record("member")},
        "member.inboxes_changed": {"count": on_record("member")},
        "invitation.created": {"role": on_record("invitee")},
        "installation.policy_accepted": {"policy": on_record("member")},
    },
}

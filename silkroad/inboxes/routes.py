"""HTTP operations of inboxes."""

from __future__ import annotations

import html

import msgspec

from silkroad.http import Call, Empty, operation
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission

from . import actions
from .model import IdentityDetails, Inbox, InboxChange, InboxDraft


class InboxList(msgspec.Struct, frozen=True):
    """All inboxes that the caller works in."""

    items: list[Inbox]


class Snippet(msgspec.Struct, frozen=True):
    """The line to paste into the website."""

    html: str


class IdentitySecret(msgspec.Struct, frozen=True):
    """Shown once."""

    secret: str


@operation(
    "inboxes.list",
    "GET",
    "/api/inboxes",
    permission=Permission.SEE_TEAM,
    purpose=Purpose.TEAMWORK,
    returns={DataClass.WORK_ROLE},
    audited=False,
)
async def list_inboxes(call: Call) -> InboxList:
    """List the inboxes that the caller works in."""
    return InboxList(await call.house.db.read(call.scope, actions.list_inboxes))


@operation(
    "inboxes.create",
    "POST",
    "/api/inboxes",
    permission=Permission.MANAGE_INBOXES,
    purpose=Purpose.TEAMWORK,
    returns={DataClass.WORK_ROLE},
    audited=True,
)
async def create_inbox(call: Call, body: InboxDraft) -> Inbox:
    """Open a new inbox."""
    return await call.house.db.write(call.scope, actions.create_inbox, body)


@operation(
    "inboxes.update",
    "PATCH",
    "/api/inboxes/{inbox_id}",
    permission=Permission.MANAGE_INBOXES,
    purpose=Purpose.TEAMWORK,
    returns={DataClass.WORK_ROLE},
    audited=True,
)
async def change_inbox(call: Call, inbox_id: str, body: InboxChange) -> Inbox:
    """Change parts of an inbox."""
    return await call.house.db.write(call.scope, actions.change_inbox, inbox_id, body)


@operation(
    "inboxes.archive",
    "DELETE",
    "/api/inboxes/{inbox_id}",
    permission=Permission.MANAGE_INBOXES,
    purpose=Purpose.TEAMWORK,
    returns=set(),
    audited=True,
)
async def archive_inbox(call: Call, inbox_id: str) -> Empty:
    """Close an inbox to visitors."""
    await call.house.db.write(call.scope, actions.archive_inbox, inbox_id)
    return Empty()


@operation(
    "inboxes.snippet",
    "GET",
    "/api/inboxes/{inbox_id}/snippet",
    permission=Permission.MANAGE_INBOXES,
    purpose=Purpose.TEAMWORK,
    returns=set(),
    audited=False,
)
async def snippet(call: Call, inbox_id: str) -> Snippet:
    """Return the line of HTML that embeds the widget."""
    inbox = await call.house.db.read(call.scope, actions.inbox_by_id, inbox_id)
    source = html.escape(f"{call.house.settings.origin}/widget.js", quote=True)
    return Snippet(
        f'<script async src="{source}" data-inbox="{inbox.id}" data-color="{inbox.color}"></script>'
    )


@operation(
    "inboxes.rotate_identity_secret",
    "POST",
    "/api/inboxes/{inbox_id}/identity-secret",
    permission=Permission.MANAGE_INBOXES,
    purpose=Purpose.AUTHENTICATION,
    returns=set(),
    audited=True,
)
async def rotate_identity_secret(
    call: Call, inbox_id: str, body: IdentityDetails
) -> IdentitySecret:
    """Make a new identity secret, and let the site send these details; the old one stops."""
    secret = await call.house.db.write(
        call.scope, actions.rotate_identity_secret, inbox_id, body.details
    )
    return IdentitySecret(secret)


@operation(
    "inboxes.remove_identity_secret",
    "DELETE",
    "/api/inboxes/{inbox_id}/identity-secret",
    permission=Permission.MANAGE_INBOXES,
    purpose=Purpose.TEAMWORK,
    returns={DataClass.WORK_ROLE},
    audited=True,
)
async def remove_identity_secret(call: Call, inbox_id: str) -> Inbox:
    """Listen no more to what the site says of its customers."""
    return await call.house.db.write(call.scope, actions.remove_identity_secret, inbox_id)


operations = [
    list_inboxes,
    create_inbox,
    change_inbox,
    archive_inbox,
    snippet,
    rotate_identity_secret,
    remove_identity_secret,
]

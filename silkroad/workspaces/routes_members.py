"""HTTP operations on the team. Clauses D.1, D.2."""

from __future__ import annotations

from typing import Annotated

import msgspec

from silkroad.http import Call, Empty, operation
from silkroad.kit.errors import invalid
from silkroad.kit.fields import IdText
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import MemberRole, Permission

from . import actions
from .model import MOST_INBOXES, Member

InboxIds = Annotated[list[IdText], msgspec.Meta(max_length=MOST_INBOXES)]


class MemberList(msgspec.Struct, frozen=True):
    """The team, the first to join first."""

    items: list[Member]


class MemberChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another role or other inboxes; what is absent stays."""

    role: MemberRole | None = None
    inbox_ids: InboxIds | None = None


@operation(
    "members.list",
    "GET",
    "/api/members",
    permission=Permission.SEE_TEAM,
    purpose=Purpose.TEAMWORK,
    returns={DataClass.WORK_ROLE, DataClass.CONTACT},
    audited=False,
)
async def list_members(call: Call) -> MemberList:
    """List the team; phones are shown to administrators only."""
    found = await call.house.db.read(call.scope, actions.members_of)
    return MemberList([_here(call, member) for member in found])


@operation(
    "members.update",
    "PATCH",
    "/api/members/{member_id}",
    permission=Permission.MANAGE_MEMBERS,
    purpose=Purpose.TEAMWORK,
    returns={DataClass.WORK_ROLE, DataClass.CONTACT},
    audited=True,
)
async def change_member(call: Call, member_id: str, body: MemberChange) -> Member:
    """Give a member another role or other inboxes."""
    await check_inboxes(call, body.inbox_ids or [])
    changed = await call.house.db.write(
        call.scope, actions.change_member, member_id, body.role, body.inbox_ids
    )
    return _here(call, changed)


@operation(
    "members.remove",
    "DELETE",
    "/api/members/{member_id}",
    permission=Permission.MANAGE_MEMBERS,
    purpose=Purpose.TEAMWORK,
    returns=set(),
    audited=True,
)
async def remove_member(call: Call, member_id: str) -> Empty:
    """Take a member out of the workspace; their sockets close at once."""
    await call.house.db.write(call.scope, actions.remove_member, member_id)
    return Empty()


async def check_inboxes(call: Call, inbox_ids: list[str]) -> None:
    """Raise Refusal ``invalid`` unless all of these are inboxes of the workspace."""
    if set(inbox_ids) - await call.house.db.read(call.scope, call.house.inbox_ids):
        raise invalid("$.inbox_ids", "There is no such inbox here.")


def _here(call: Call, member: Member) -> Member:
    presence = call.house.hub.presence_of(call.scope.workspace_id, member.id)
    return msgspec.structs.replace(member, presence=presence)


operations = [list_members, change_member, remove_member]

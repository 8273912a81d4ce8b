"""What is done with a workspace and its members: found, join, appoint, assign, leave, remove."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from silkroad import accounts
from silkroad.engines.database import Transaction
from silkroad.installation import checked_region, here
from silkroad.kit.errors import invalid, refuse
from silkroad.kit.inventory import Purpose
from silkroad.kit.languages import Language
from silkroad.kit.parties import Parties
from silkroad.kit.permissions import MemberRole
from silkroad.kit.regions import settled
from silkroad.privacy import processors

from . import store
from .events import MemberAccessChanged, MemberRemoved, MembersChanged
from .model import (
    MOST_MEMBERS,
    Member,
    Membership,
    NewMember,
    Workspace,
)

# the workspace


def found(tx: Transaction, company: str, region: str) -> str:
    """Found a workspace and return its id; its region stays as it is. Clauses 1.2.1, 2.1.

    No third party is on: an administrator reads of each first. Raises Refusal ``invalid``.
    """
    region = checked_region(region, here(tx))
    workspace_id = tx.new_id("wsp")
    with tx.within(workspace_id):
        tx.mint(workspace_id, None)
        store.found(tx, company.strip(), region)
        tx.audit("workspace.founded", workspace_id)
    return workspace_id


def workspace_of(tx: Transaction) -> Workspace:
    """Return the scope's workspace. Raises Refusal ``not_found``."""
    region = region_of(tx)
    push = processors.any_on(tx, "web_push", region)
    workspace = store.workspace(tx, region, push=push)
    if workspace is None:
        raise refuse("not_found")
    return workspace


def region_of(tx: Transaction) -> str:
    """Return where the scope's company has its data at home. Raises Refusal ``not_found``."""
    region = store.region(tx)
    if region is None:
        raise refuse("not_found")
    return settled(region, here(tx))


def regions(tx: Transaction) -> list[str]:
    """Return every region in which a company here is at home."""
    return store.regions(tx)


def parties_of(tx: Transaction) -> Parties:
    """Return who stands behind the scope's workspace. Raises Refusal ``not_found``."""
    workspace = workspace_of(tx)
    return Parties(workspace.name, workspace.region)


def all_workspaces(tx: Transaction) -> list[str]:
    """Return the ids of all workspaces, the oldest first."""
    return [workspace_id for workspace_id, _ in store.every_workspace(tx)]


# who is in it


def join(tx: Transaction, new: NewMember, inbox_ids: Iterable[str] = ()) -> Membership:
    """Make somebody a member. Raises Refusal ``already_member``, ``too_many``."""
    store.lock(tx)
    if store.membership(tx, new.account_id):
        raise refuse("already_member")
    if store.heads(tx) >= MOST_MEMBERS:
        raise refuse("too_many")
    member_id = tx.new_id("mbr")
    tx.mint(member_id, tx.scope.workspace_id)
    store.add(tx, member_id, new._replace(name=new.name.strip()))
    store.set_inboxes(tx, member_id, inbox_ids)
    tx.audit("member.joined", member_id)
    tx.audit("role.granted", member_id, role=new.role)
    tx.emit(MembersChanged(member_id))
    return Membership(tx.scope.workspace_id, member_id, new.role)


def members_of(tx: Transaction) -> list[Member]:
    """Return the team; phones only if an administrator asks."""
    return [_seen(tx, member) for member in store.team(tx)]


def joined(tx: Transaction) -> dict[str, int]:
    """Return since when each member is one."""
    with tx.doing(Purpose.ACCOUNTABILITY):
        return store.joined(tx)


def homes_of(tx: Transaction, account_id: str) -> list[tuple[str, str]]:
    """Return the workspaces in which an account is a member, and its member there."""
    with tx.doing(Purpose.AUTHENTICATION):
        return [(at.workspace_id, at.member_id) for at in store.memberships(tx, account_id)]


def member_by_id(tx: Transaction, member_id: str) -> Member:
    """Return a colleague. Raises Refusal ``not_found``."""
    member = store.member(tx, member_id)
    if member is None:
        raise refuse("not_found")
    return _seen(tx, member)


def _seen(tx: Transaction, member: Member) -> Member:
    if tx.scope.role == "admin":
        return member
    return msgspec.structs.replace(member, phone=None)


def member_names(tx: Transaction, member_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of members, of those who have gone as well."""
    named = {member_id: store.name_of(tx, member_id) for member_id in set(member_ids)}
    return {member_id: name for member_id, name in named.items() if name is not None}


def member_language(tx: Transaction, member_id: str) -> Language:
    """Return the language that a member reads. Raises Refusal ``not_found``."""
    language = store.language_of(tx, member_id)
    if language is None:
        raise refuse("not_found")
    return language


def admins_of(tx: Transaction) -> list[str]:
    """Return the administrators' ids, the longest there first."""
    return store.admins(tx)


def members_of_inbox(tx: Transaction, inbox_id: str) -> list[str]:
    """Return the members who were put into an inbox; administrators reach it without that."""
    return store.members_of_inbox(tx, inbox_id)


def check_assignable(tx: Transaction, member_id: str, inbox_id: str) -> None:
    """Raise Refusal ``invalid`` unless somebody is a member who works in this inbox."""
    role = store.role_of(tx, member_id)
    if role is None or (role != "admin" and inbox_id not in store.inboxes_of(tx, member_id)):
        raise invalid("$.member_id", "This person does not work in this inbox.")


# who may do what


def change_member(
    tx: Transaction, member_id: str, role: MemberRole | None, inbox_ids: list[str] | None
) -> Member:
    """Appoint a member or give them other inboxes. Clause D.2.

    Raises Refusal ``not_found``, ``last_admin``.
    """
    require_admin(tx)
    member = member_by_id(tx, member_id)
    if role is not None and role != member.role:
        _keep_an_admin(tx, member)
        store.appoint(tx, member_id, role)
        tx.audit("role.granted", member_id, role=role)
    if inbox_ids is not None and set(inbox_ids) != set(member.inbox_ids):
        store.set_inboxes(tx, member_id, set(inbox_ids))
        tx.audit("member.inboxes_changed", member_id, count=len(set(inbox_ids)))
    changed = member_by_id(tx, member_id)
    if changed != member:
        tx.emit(MemberAccessChanged(member_id))
    return changed


def set_inbox_members(tx: Transaction, inbox_id: str, member_ids: list[str]) -> None:
    """Put exactly these members into an inbox. Raises Refusal ``invalid``."""
    before, wanted = set(store.members_of_inbox(tx, inbox_id)), set(member_ids)
    for member_id in wanted - before:
        if store.role_of(tx, member_id) is None:
            raise invalid("$.member_ids", "Somebody here is not a member.")
    store.set_members(tx, inbox_id, wanted)
    for member_id in sorted(before ^ wanted):
        tx.emit(MemberAccessChanged(member_id))


def remove_member(tx: Transaction, member_id: str) -> None:
    """Take somebody out of the workspace. Raises Refusal ``not_found``, ``last_admin``."""
    require_admin(tx)
    _end(tx, member_id, "member.removed")


def leave(tx: Transaction) -> None:
    """Go. Raises Refusal ``last_admin``."""
    _end(tx, tx.scope.actor_id, "member.left")


def _end(tx: Transaction, member_id: str, what: str) -> None:
    store.lock(tx)
    member = member_by_id(tx, member_id)
    account_id = store.account_of(tx, member_id)
    _keep_an_admin(tx, member)
    store.end(tx, member_id)
    tx.audit(what, member_id)
    if account_id:
        accounts.end_sessions_at(tx, account_id, tx.scope.workspace_id)
    tx.emit(MemberRemoved(member_id))


def require_admin(tx: Transaction) -> None:
    """Make sure that the caller still is an administrator, and stays one until the commit.

    They were when they knocked, but somebody else may have been faster. Raises Refusal
    ``forbidden``.
    """
    store.lock(tx)
    if store.role_of(tx, tx.scope.actor_id) != "admin":
        raise refuse("forbidden")


def _keep_an_admin(tx: Transaction, member: Member) -> None:
    if member.role == "admin" and len(store.admins(tx)) == 1:
        raise refuse("last_admin")

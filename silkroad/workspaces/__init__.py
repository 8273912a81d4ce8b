"""Workspaces: one company's own place, its members, and how people come in. Clauses D.1-D.3, 2.1.

A workspace has one or more administrators. Its region is chosen once. People come in by sign-up,
by an invitation that they may decline, or by signing in; see docs/decisions/020 and 021.
"""

from .actions import (
    admins_of,
    all_workspaces,
    check_assignable,
    homes_of,
    join,
    joined,
    member_by_id,
    member_language,
    member_names,
    members_of,
    members_of_inbox,
    parties_of,
    region_of,
    regions,
    set_inbox_members,
    workspace_of,
)
from .actions_entry import Browser, founding, set_up, still_here
from .events import MemberAccessChanged, MemberRemoved, MembersChanged
from .jobs import job_actions
from .live import hear_access, hear_members, hear_removed, hear_session_ended, tell_presence
from .model import Member, NewMember, Workspace
from .privacy import DECLARATIONS
from .routes import operations
from .routes_doors import console_door, public_door
from .routes_terminal import set_up_in_terminal

__all__ = [
    "DECLARATIONS",
    "Browser",
    "Member",
    "MemberAccessChanged",
    "MemberRemoved",
    "MembersChanged",
    "NewMember",
    "Workspace",
    "admins_of",
    "all_workspaces",
    "check_assignable",
    "console_door",
    "founding",
    "hear_access",
    "hear_members",
    "hear_removed",
    "hear_session_ended",
    "homes_of",
    "job_actions",
    "join",
    "joined",
    "member_by_id",
    "member_language",
    "member_names",
    "members_of",
    "members_of_inbox",
    "operations",
    "parties_of",
    "public_door",
    "region_of",
    "regions",
    "set_inbox_members",
    "set_up",
    "set_up_in_terminal",
    "still_here",
    "tell_presence",
    "workspace_of",
]

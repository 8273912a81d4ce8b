"""What a workspace is, who is in it, and what they may reach."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from silkroad.kit.languages import Language
from silkroad.kit.permissions import MemberRole
from silkroad.live.elsewhere import Presence

MOST_MEMBERS = 1_000
MOST_INBOXES = 200


class Workspace(msgspec.Struct, frozen=True, kw_only=True):
    """One company's own place. The region that it was founded with never changes.

    ``region``: where its data is at home; ``home`` only where the installation does not say where
    it stands. ``push``: browsers may be woken, because at least one push service is on.
    """

    id: str
    name: str
    region: str
    push: bool


class MyWorkspace(msgspec.Struct, frozen=True):
    """A workspace that one belongs to, and as what."""

    id: str
    name: str
    role: MemberRole


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A colleague. Only administrators see the phone."""

    id: str
    name: str
    role: MemberRole
    presence: Presence
    joined_at: int
    inbox_ids: list[str]
    phone: str | None


class Membership(NamedTuple):
    """That an account is a member of a workspace, and as what."""

    workspace_id: str
    member_id: str
    role: MemberRole


class NewMember(NamedTuple):
    """Somebody who is about to join."""

    account_id: str
    name: str
    phone: str
    role: MemberRole
    language: Language

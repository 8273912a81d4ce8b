"""What happens to a workspace's members. Heard by the workspace's own consoles."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Fact, Job
from silkroad.kit.inventory import Purpose


class MembersChanged(Fact, frozen=True):
    """A member joined, or has another name or language."""

    member_id: str


class MemberAccessChanged(Fact, frozen=True):
    """A member has another role or other inboxes. Their sockets begin anew with it."""

    member_id: str


class MemberRemoved(Fact, frozen=True):
    """A member left or was removed. Their sockets end at once."""

    member_id: str


class ForgetInvitation(Job, frozen=True):
    """A week after an invitation was answered or ran out: erase what it said of the invitee."""

    purpose: ClassVar[Purpose] = Purpose.REGISTRATION
    sweeps: ClassVar[bool] = True

    invitation_id: str

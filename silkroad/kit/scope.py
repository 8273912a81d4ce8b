"""Who is asking, for which workspace, and for which purpose.

A scope is made from a session (or by a job for its own workspace), never from anything that a
request says. Every transaction carries one, and every statement on a tenant's table is bound to
its workspace by the database engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from .inventory import Purpose
from .permissions import Permission, Role, permissions_of
from .purposes import OutsidePurpose

ActorKind = Literal["anonymous", "visitor", "member", "operator", "system"]

Held = Literal["", "birth_date_required", "guardian_required"]
"""What a visitor has to do before anything but knocking and taking back; a refusal's code."""

INSTALLATION = "installation"
"""The pseudo-workspace of what belongs to the whole installation: accounts, sessions, set-up."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One actor in one workspace.

    ``actor_id`` is a member id, a visitor id, or the kind itself for those without a row.
    ``inbox_ids`` limits a visitor and an agent to their inboxes; ``None`` means all of them.
    ``held`` is the code of what a visitor has to do before anything but knocking and taking back.
    ``purpose`` is what is being done: an operation, frame or job brings its own, and the database
    shows only what is declared for it.
    """

    workspace_id: str
    role: Role
    actor_kind: ActorKind
    actor_id: str
    account_id: str | None = None
    session_id: str | None = None
    inbox_ids: frozenset[str] | None = None
    held: Held = ""
    purpose: Purpose = Purpose.AUTHENTICATION
    permissions: frozenset[Permission] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "permissions", permissions_of(self.role))

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def doing(self, purpose: Purpose) -> Scope:
        """Return the same actor, at work on something else. Every use stands in a test's table.

        Raises OutsidePurpose for whoever improves the service: what reads figures only would read
        people in the middle of it. Clause 1.2.2.
        """
        if purpose is self.purpose:
            return self
        if self.purpose is Purpose.IMPROVEMENT:
            raise OutsidePurpose(f"{self.purpose} brings along no {purpose}")
        return replace(self, purpose=purpose)

    def reaches(self, inbox_id: str) -> bool:
        """Whether this actor's work includes the inbox."""
        return self.inbox_ids is None or inbox_id in self.inbox_ids


def anonymous(purpose: Purpose = Purpose.AUTHENTICATION) -> Scope:
    """Somebody who has not said who they are: may only knock at the installation's doors."""
    return Scope(INSTALLATION, "anonymous", "anonymous", "anonymous", purpose=purpose)


def system(workspace_id: str = INSTALLATION, purpose: Purpose = Purpose.OPERATION) -> Scope:
    """The product itself, at work for one workspace: jobs, schedules, start-up."""
    return Scope(workspace_id, "system", "system", "system", purpose=purpose)

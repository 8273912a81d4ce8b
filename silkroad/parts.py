"""Everything that the product consists of, in tables: its operations, frames and declarations.

What is not in one of them is not served, not heard, and not stored. Whoever imports this knows
every table and every statement there is: the database's own guard is made from them.
"""

from __future__ import annotations

from typing import Any

from silkroad import (
    accounts,
    conversations,
    files,
    inboxes,
    installation,
    publications,
    push,
    research,
    visitors,
    widget,
    workspaces,
)
from silkroad.beyond import DECLARATIONS as BEYOND
from silkroad.diagnostics.logs import KEYS
from silkroad.engines import database
from silkroad.engines.database import (
    Job,
    queue,  # noqa: F401 - with its statements
)
from silkroad.http import Operation
from silkroad.kit.inventory import Basis, Declarations
from silkroad.kit.languages import Language
from silkroad.kit.permissions import MemberRole
from silkroad.live.elsewhere import Presence
from silkroad.live.frames import (
    ChangedFrame,
    ErrorFrame,
    FrameOperation,
    PresenceFrame,
    ServerFrame,
    Welcome,
)
from silkroad.live.tickets import stored  # noqa: F401 - with its table and its statements
from silkroad.live.tickets.privacy import DECLARATIONS as TICKETS
from silkroad.privacy import (
    assessments,
    campaigns,
    consent,
    contact,
    erasures,
    exceptions,
    grants,
    guardians,
    imports,
    policy,
    processors,
)

OPERATIONS: list[Operation] = [
    *consent.operations,
    *installation.operations,
    *contact.operations,
    *guardians.operations,
    *processors.operations,
    *policy.operations,
    *campaigns.operations,
    *accounts.operations,
    *workspaces.operations,
    *inboxes.operations,
    *conversations.operations,
    *publications.operations,
    *push.operations,
    *research.operations,
    *imports.operations,
    *grants.operations,
    *exceptions.operations,
    *assessments.operations,
    *widget.operations,
]

FRAMES: list[FrameOperation] = conversations.frame_operations

SERVER_FRAMES: list[type[ServerFrame]] = [
    Welcome,
    ErrorFrame,
    ChangedFrame,
    PresenceFrame,
    *conversations.server_frames,
]

NAMED: dict[str, Any] = {
    "Language": Language,
    "Role": MemberRole,
    "Presence": Presence,
    "ConversationState": conversations.ConversationState,
    "Filter": conversations.Filter,
    "RequestKind": contact.RequestKind,
    "RequestState": contact.RequestState,
    "ConsentPurpose": consent.ConsentPurpose,
    "Basis": Basis,
    "Detail": grants.Detail,
    "ExceptionCode": exceptions.Code,
    "ExceptionNeed": exceptions.Need,
}
"""Closed sets of words that the browser's code calls by a name."""

DECLARATIONS: list[Declarations] = [
    database.DECLARATIONS,
    TICKETS,
    processors.DECLARATIONS,
    assessments.DECLARATIONS,
    policy.DECLARATIONS,
    consent.DECLARATIONS,
    campaigns.DECLARATIONS,
    exceptions.DECLARATIONS,
    imports.DECLARATIONS,
    grants.DECLARATIONS,
    installation.DECLARATIONS,
    contact.DECLARATIONS,
    guardians.DECLARATIONS,
    erasures.DECLARATIONS,
    accounts.DECLARATIONS,
    workspaces.DECLARATIONS,
    inboxes.DECLARATIONS,
    visitors.DECLARATIONS,
    files.DECLARATIONS,
    conversations.DECLARATIONS,
    publications.DECLARATIONS,
    push.DECLARATIONS,
    research.DECLARATIONS,
]
EVERYTHING = [*DECLARATIONS, *BEYOND]


def works() -> policy.Works:
    """Return everything that touches data, for the record of processing."""
    doors = {one.name: _door(one) for one in OPERATIONS}
    doors |= {frame.frame.__name__: _by_socket(frame) for frame in FRAMES}
    jobs = [job for job in Job.__subclasses__() if job.__module__.startswith("silkroad.")]
    return policy.Works(DECLARATIONS, BEYOND, doors, jobs, KEYS)


def _door(operation: Operation) -> policy.Door:
    rule = operation.policy
    return policy.Door(rule.purpose, operation.door, [rule.permission], rule.returns, rule.audited)


def _by_socket(frame: FrameOperation) -> policy.Door:
    return policy.Door(frame.purpose, "socket", frame.permissions, frame.returns, audited=False)

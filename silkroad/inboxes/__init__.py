"""Inboxes: a company's channels, one per website or part of it. Clause D.1.

An inbox has a name and a colour, greets in its languages, keeps office hours, is embedded on the
sites it allows, and is worked in by the members who are put there.
"""

from .actions import (
    create_inbox,
    find_inbox,
    identity_secret,
    inbox_by_id,
    inbox_ids,
    inbox_is_open,
    list_inboxes,
    office_hours_of,
)
from .events import InboxArchived, InboxesChanged
from .live import hear, hear_archived
from .model import Inbox, InboxDraft, OfficeHours, OpenHours
from .privacy import DECLARATIONS
from .routes import operations

__all__ = [
    "DECLARATIONS",
    "Inbox",
    "InboxArchived",
    "InboxDraft",
    "InboxesChanged",
    "OfficeHours",
    "OpenHours",
    "create_inbox",
    "find_inbox",
    "hear",
    "hear_archived",
    "identity_secret",
    "inbox_by_id",
    "inbox_ids",
    "inbox_is_open",
    "list_inboxes",
    "office_hours_of",
    "operations",
]

"""One table: fact → who hears it. Nothing in Silkroad happens because of a fact unless it is here.

Hearers run on the event loop after the commit, in feed order, and hold no truth: a node that dies
before they ran tells the fact again from the outbox. What must not be missed (a wake-up) is a
consumer of the outbox instead, with a position of its own in the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Union

from silkroad import (
    accounts,
    conversations,
    files,
    inboxes,
    publications,
    push,
    research,
    workspaces,
)
from silkroad.accounts import SessionEnded
from silkroad.conversations import ConversationChanged, ConversationRead, MessageSent
from silkroad.engines.database import Committed, Fact, Transaction
from silkroad.http import House
from silkroad.inboxes import InboxArchived, InboxesChanged
from silkroad.kit.inventory import Purpose
from silkroad.privacy import (
    assessments,
    campaigns,
    consent,
    contact,
    erasures,
    exceptions,
    guardians,
    processors,
)
from silkroad.privacy.assessments import AssessmentHigh, FeatureAssessed
from silkroad.privacy.campaigns import CampaignOpened
from silkroad.privacy.consent import ConsentChanged
from silkroad.privacy.contact import RequestsChanged
from silkroad.privacy.erasures import KeyDestroyed, KeysDestroyed, PersonErased, PersonShutOut
from silkroad.privacy.exceptions import ExceptionChanged, ExceptionUsed, PersonTold
from silkroad.privacy.guardians import WardChanged
from silkroad.privacy.processors.events import ProcessorEnabled, ProcessorEnded
from silkroad.worker import Consumer, Worker
from silkroad.workspaces import MemberAccessChanged, MemberRemoved, MembersChanged

Hearer = Callable[[House, Committed], None]

HEARERS: Mapping[type[Fact], tuple[Hearer, ...]] = {
    MessageSent: (conversations.hear,),
    ConversationChanged: (conversations.hear,),
    ConversationRead: (conversations.hear,),
    InboxesChanged: (inboxes.hear,),
    InboxArchived: (inboxes.hear_archived,),
    MembersChanged: (workspaces.hear_members,),
    MemberAccessChanged: (workspaces.hear_access,),
    MemberRemoved: (workspaces.hear_removed,),
    ProcessorEnabled: (processors.hear,),
    ProcessorEnded: (processors.hear,),
    SessionEnded: (workspaces.hear_session_ended,),
    RequestsChanged: (contact.hear,),
    WardChanged: (guardians.hear,),
    ConsentChanged: (consent.hear,),
    CampaignOpened: (campaigns.hear,),
    ExceptionChanged: (exceptions.hear_changed,),
    ExceptionUsed: (),  # its report is read, and nothing waits for it
    PersonTold: (exceptions.hear_told,),
    PersonShutOut: (erasures.hear_shut_out,),
    KeysDestroyed: (erasures.hear_keys,),
    KeyDestroyed: (erasures.hear_keys,),
    PersonErased: (erasures.hear_erased,),
    FeatureAssessed: (assessments.hear,),
    AssessmentHigh: (),  # whoever tells people of it has a position of its own
}

CONSUMERS: Mapping[str, Consumer] = {
    "take_back": Consumer(Purpose.CONVERSATION, conversations.take_back),
    "tell_of_changes": Consumer(Purpose.ACCOUNTABILITY, campaigns.work_through),
    "wake_absent": Consumer(Purpose.WAKE_UP, push.wake_absent),
}

EVERY_FACT: Any = Union[tuple(HEARERS)]  # noqa: UP007  # a union of a table's keys


def hear(house: House, committed: Committed) -> None:
    """Tell a committed fact to its hearers."""
    for hearer in HEARERS[type(committed.fact)]:
        hearer(house, committed)


def recall(tx: Transaction, committed: Committed) -> Committed | None:
    """Return a fact with what its hearers need, read again."""
    with tx.doing(Purpose.CONVERSATION):
        return conversations.recall(tx, committed)


def worker(house: House) -> Worker:
    """Return the worker that does what was queued, and whose consumers miss no fact."""
    return Worker(
        house.db,
        house.clock,
        actions={
            **processors.job_actions,
            **accounts.job_actions,
            **workspaces.job_actions,
            **conversations.job_actions,
            **publications.job_actions,
            **push.job_actions,
            **contact.job_actions,
            **guardians.job_actions,
            **consent.job_actions,
            **exceptions.job_actions,
            **erasures.job_actions,
            **assessments.job_actions,
        },
        errands={
            **files.errands(house),
            **push.errands(house),
            **erasures.errands(house, before=research.destroy_months_of),
        },
        consumers=CONSUMERS,
    )

"""What is done with inboxes."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.privacy.grants import Detail, end, give
from silkroad.workspaces import set_inbox_members

from . import store
from .events import InboxArchived, InboxesChanged
from .model import Inbox, InboxChange, InboxDraft, OpenHours, checked, open_hours

MOST_INBOXES = 200


def list_inboxes(tx: Transaction) -> list[Inbox]:
    """Return the inboxes that the caller works in, archived ones too."""
    return [inbox for inbox in store.all_of(tx) if tx.scope.reaches(inbox.id)]


def create_inbox(tx: Transaction, draft: InboxDraft) -> Inbox:
    """Open a new inbox. Raises Refusal ``invalid``, ``too_many``."""
    if len(store.all_of(tx)) >= MOST_INBOXES:
        raise refuse("too_many")
    inbox_id = tx.new_id("inb")
    store.add(tx, inbox_id, checked(draft))
    set_inbox_members(tx, inbox_id, draft.member_ids)
    return _changed(tx, inbox_id, "inbox.created")


def change_inbox(tx: Transaction, inbox_id: str, change: InboxChange) -> Inbox:
    """Change parts of an inbox. Raises Refusal ``not_found``, ``invalid``."""
    now = inbox_by_id(tx, inbox_id)
    given = {
        name: value
        for name in InboxDraft.__struct_fields__
        if (value := getattr(change, name)) is not msgspec.UNSET
    }
    kept = {name: getattr(now, name) for name in InboxDraft.__struct_fields__}
    store.change(tx, inbox_id, checked(InboxDraft(**{**kept, **given})))
    if "member_ids" in given:
        set_inbox_members(tx, inbox_id, given["member_ids"])
    return _changed(tx, inbox_id, "inbox.changed")


def archive_inbox(tx: Transaction, inbox_id: str) -> None:
    """Close an inbox to visitors; its conversations stay. Raises Refusal ``not_found``."""
    inbox_by_id(tx, inbox_id)
    store.archive(tx, inbox_id)
    _forget_secret(tx, inbox_id)
    _changed(tx, inbox_id, "inbox.archived")
    tx.emit(InboxArchived(inbox_id))


def rotate_identity_secret(tx: Transaction, inbox_id: str, details: Iterable[Detail]) -> str:
    """Return a new secret, shown this once, with which the host site vouches for its customers.

    With it goes the grant to send these details of them. Clause 1.8a.
    """
    inbox_by_id(tx, inbox_id)
    secret = tx.new_token()
    store.set_secret(tx, inbox_id, secret)
    give(tx, inbox_id, details)
    _changed(tx, inbox_id, "inbox.identity_secret_rotated")
    return secret


def remove_identity_secret(tx: Transaction, inbox_id: str) -> Inbox:
    """Listen to the host site no more. Raises Refusal ``not_found``."""
    inbox_by_id(tx, inbox_id)
    _forget_secret(tx, inbox_id)
    return _changed(tx, inbox_id, "inbox.identity_secret_removed")


def _forget_secret(tx: Transaction, inbox_id: str) -> None:
    store.drop_secret(tx, inbox_id)
    end(tx, inbox_id)


def inbox_by_id(tx: Transaction, inbox_id: str) -> Inbox:
    """Return an inbox of this workspace that the caller reaches. Raises Refusal ``not_found``."""
    inbox = store.one(tx, inbox_id) if tx.scope.reaches(inbox_id) else None
    if inbox is None:
        raise refuse("not_found")
    return inbox


def inbox_is_open(tx: Transaction, inbox_id: str) -> bool:
    """Whether an inbox is there and takes visitors."""
    return store.is_open(tx, inbox_id)


def inbox_ids(tx: Transaction) -> frozenset[str]:
    """Return the ids of all inboxes of the scope's workspace."""
    return store.ids(tx)


def find_inbox(tx: Transaction, inbox_id: str) -> str:
    """Return the workspace that an inbox belongs to. Raises Refusal ``not_found``."""
    workspace_id = store.workspace_of_inbox(tx, inbox_id)
    if workspace_id is None:
        raise refuse("not_found")
    return workspace_id


def identity_secret(tx: Transaction, inbox_id: str) -> str | None:
    return store.secret_of(tx, inbox_id)


def office_hours_of(inbox: Inbox, now: int) -> OpenHours:
    return open_hours(inbox.office_hours, now)


def _changed(tx: Transaction, inbox_id: str, action: str) -> Inbox:
    tx.audit(action, inbox_id)
    tx.emit(InboxesChanged(inbox_id))
    return inbox_by_id(tx, inbox_id)

"""Asking that everybody with a device is told of a change, and what came of it."""

from __future__ import annotations

from msgspec.structs import replace

from silkroad.engines.database import Transaction
from silkroad.engines.notify.webpush import Delivered, Outcome, Retry
from silkroad.inboxes import inbox_by_id
from silkroad.kit.clock import SECOND
from silkroad.kit.errors import refuse
from silkroad.privacy import campaigns, guardians
from silkroad.push import devices
from silkroad.push.events import SendNotice, SweepPush
from silkroad.push.wakes import (
    MOST_TRIES,
    SETTLE,
    WAKE_LIFE,
    Parcel,
    Wake,
    agrees_still,
    policy_words,
    reachable_still,
    wait_before,
)
from silkroad.visitors import visitor_by_id
from silkroad.workspaces import member_language, workspace_of

from . import store


def ask(tx: Transaction, campaign_id: str) -> None:
    """Let every device of the company's members and visitors be woken about a change."""
    for device_id, kind, owner_id in devices.every(tx):
        notice_id = store.ask(tx, device_id, campaign_id, tx.now + WAKE_LIFE)
        tx.enqueue(SendNotice(notice_id, kind, owner_id), delay=SETTLE)
    tx.enqueue(SweepPush(), delay=WAKE_LIFE)


def take_up(tx: Transaction, job: SendNotice) -> Parcel | None:
    """Return what is to be sent now; None for who has read it, agrees no more, or is held."""
    notice = _unread(tx, job)
    subscription = reachable_still(tx, notice.device_id) if notice else None
    if notice is None or subscription is None:
        return None
    return Parcel(subscription, notice.campaign_id, (notice.expires_at - tx.now) // SECOND)


def is_wanted(tx: Transaction, job: SendNotice) -> bool:
    """Whether a notice that was taken up may still arrive. Nothing is written down."""
    notice = _unread(tx, job)
    return notice is not None and agrees_still(tx, notice.device_id)


def _unread(tx: Transaction, job: SendNotice) -> store.Notice | None:
    notice = store.one(tx, job.notice_id)
    device = devices.whose(tx, notice.device_id) if notice else None
    if notice is None or device is None or device.owner_id != job.owner_id:
        return None
    if not workspace_of(tx).push:
        return None
    if campaigns.has_read(tx, notice.campaign_id, job.owner_id):
        return None
    if job.owner_kind == "visitor" and guardians.held(tx, job.owner_id):
        return None
    return notice


def settle(tx: Transaction, job: SendNotice, outcome: Outcome, chance: bytes) -> None:
    """Do what the push service's answer asks for, and count whom it reached."""
    notice = store.one(tx, job.notice_id)
    if notice is None:
        return
    if isinstance(outcome, Retry):
        wait = wait_before(job.tries, outcome.after_seconds, chance)
        if job.tries + 1 < MOST_TRIES and tx.now + wait < notice.expires_at:
            tx.enqueue(replace(job, tries=job.tries + 1), delay=wait)
        return
    devices.answered(tx, notice.device_id, outcome)
    if isinstance(outcome, Delivered):
        campaigns.reached(tx, notice.campaign_id, job.owner_id)


def for_member(tx: Transaction, notice_id: str) -> Wake | None:
    """Return what the calling member is told; None for what is no notice of theirs."""
    notice = store.one(tx, notice_id)
    device = devices.whose(tx, notice.device_id) if notice else None
    if notice is None or device is None or device.owner_id != tx.scope.actor_id:
        return None
    language = member_language(tx, device.owner_id)
    title, body = policy_words(language)
    return Wake(title, body, "/", notice.campaign_id, language)


def for_visitor(tx: Transaction, inbox_id: str, notice_id: str) -> Wake | None:
    """Return what a visitor's browser shows; None for what is no notice.

    Raises Refusal ``guardian_required``.
    """
    notice = store.one(tx, notice_id)
    device = devices.whose(tx, notice.device_id) if notice else None
    if notice is None or device is None or device.owner_kind != "visitor":
        return None
    if held := guardians.held(tx, device.owner_id):
        raise refuse(held)
    language = visitor_by_id(tx, device.owner_id).language
    _, body = policy_words(language)
    name = inbox_by_id(tx, inbox_id).name
    return Wake(name, body, device.page or "", notice.campaign_id, language)

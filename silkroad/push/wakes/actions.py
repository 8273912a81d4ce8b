"""Waking: asking for it, judging whether it is still needed, and what came of it."""

from __future__ import annotations

from msgspec.structs import replace

from silkroad.accounts import session_is_known
from silkroad.conversations import reachable, unread_for
from silkroad.engines.database import Transaction
from silkroad.engines.notify.subscription import Subscription
from silkroad.engines.notify.webpush import Outcome, Retry
from silkroad.inboxes import inbox_is_open
from silkroad.kit.clock import SECOND
from silkroad.privacy import guardians
from silkroad.privacy.consent import ground_of, is_open
from silkroad.privacy.processors import is_on, maker_of
from silkroad.push import devices
from silkroad.push.events import SendWake, SweepPush
from silkroad.workspaces import admins_of, members_of_inbox, region_of, workspace_of

from . import store
from .model import (
    LOOKS,
    MOST_TRIES,
    PAUSE,
    SETTLE,
    WAKE_LIFE,
    Missing,
    Parcel,
    wait_before,
)
from .store import WakeRow


def who_answers(tx: Transaction, inbox_id: str, assignee_id: str | None) -> list[str]:
    """Return the members whom a question is for: the assignee, else everybody in the inbox.

    Where nobody is, or the assignee has gone, the next ones are asked rather than nobody.
    """
    if assignee_id is not None and _works_in(tx, assignee_id, inbox_id):
        return [assignee_id]
    return members_of_inbox(tx, inbox_id) or admins_of(tx)


def ask(tx: Transaction, missing: Missing, owner_ids: list[str]) -> None:
    """Let every device of these people be woken, unless they turn out to be here.

    A device hears of a conversation once in half a minute; what comes meanwhile goes with the next
    wake.
    """
    for device_id, kind, owner_id in devices.of_owners(tx, owner_ids):
        last = store.last_sent(tx, device_id, missing.conversation_id)
        due = max(tx.now + SETTLE, last + PAUSE)
        waiting = store.waiting(tx, device_id, missing.conversation_id)
        if waiting and waiting.kind == "mention" and missing.kind == "question":
            continue  # a colleague may answer the question; the note is for them alone
        if waiting and waiting.due_at <= due:
            store.ask_again(tx, waiting.id, missing, tx.now + WAKE_LIFE)
            continue
        if waiting:
            store.drop(tx, waiting.id)
        wake_id = store.ask(tx, device_id, missing, due, tx.now + WAKE_LIFE)
        tx.enqueue(SendWake(wake_id, kind, owner_id), delay=due - tx.now)
        tx.enqueue(SweepPush(), delay=WAKE_LIFE)


def take_up(tx: Transaction, job: SendWake, *, here: bool) -> Parcel | None:
    """Return what is to be sent now, or None when nobody has to be woken, or not yet.

    ``here``: the owner has a socket open and has not gone away. What they have not read is looked
    at again, because a socket stays open for a while when a laptop is shut.
    """
    wake = store.one(tx, job.wake_id)
    if wake is None:
        return None
    newest = store.newest(tx, wake.device_id, wake.conversation_id)
    if newest != wake.id or not _still_missing(tx, wake, job.owner_id):
        store.drop(tx, wake.id)
        return None
    if here:
        _look_again(tx, wake, job)
        return None
    subscription = reachable_still(tx, wake.device_id)
    if subscription is None:
        return None
    store.sent(tx, wake.id)
    return Parcel(subscription, wake.conversation_id, (wake.expires_at - tx.now) // SECOND)


def is_wanted(tx: Transaction, job: SendWake) -> bool:
    """Whether a wake that was taken up may still arrive. Nothing is written down.

    It is asked once more when the push service listens, which may be long after it was called.
    """
    wake = store.one(tx, job.wake_id)
    if wake is None or not _still_missing(tx, wake, job.owner_id):
        return False
    return agrees_still(tx, wake.device_id)


def forget_unwanted(tx: Transaction, owner_id: str) -> None:
    """Forget the devices on which somebody does not agree to be woken (any more)."""
    for device_id, _, _ in devices.of_owners(tx, [owner_id]):
        subscription = devices.subscription_of(tx, device_id)
        if subscription and not is_open(tx, owner_id, "wake_up", maker_of(subscription.endpoint)):
            devices.forget(tx, device_id, "no_consent")


def settle(tx: Transaction, job: SendWake, outcome: Outcome, chance: bytes) -> None:
    """Do what the push service's answer asks for."""
    wake = store.one(tx, job.wake_id)
    if wake is None:
        return
    if isinstance(outcome, Retry):
        _try_again(tx, wake, job, wait_before(job.tries, outcome.after_seconds, chance))
    else:
        devices.answered(tx, wake.device_id, outcome)


def _still_missing(tx: Transaction, wake: WakeRow, owner_id: str) -> bool:
    """Whether the owner has not read it, and it is still theirs to read."""
    if not workspace_of(tx).push:
        return False
    place = reachable(tx, wake.conversation_id)
    if wake.kind == "answer" and guardians.held(tx, owner_id):
        return False
    if wake.kind == "answer":
        unread = unread_for(tx, wake.conversation_id, "visitor", owner_id)
        return unread and inbox_is_open(tx, place.inbox_id)
    if wake.kind == "mention":
        return _works_in(tx, owner_id, place.inbox_id)
    awaited = who_answers(tx, place.inbox_id, place.assignee_id)
    return owner_id in awaited and unread_for(tx, wake.conversation_id, "member", owner_id)


def reachable_still(tx: Transaction, device_id: str) -> Subscription | None:
    """Return where to knock; forget a device whose owner agrees to that no more, and a member's
    whose session nobody can come back to.

    A session at rest keeps its devices: whoever slept is woken, and signs in again to read.
    """
    device = devices.whose(tx, device_id)
    if device is None:
        return None
    if _is_left(tx, device):
        devices.forget(tx, device_id, "session_gone")
        return None
    return _agreed_to(tx, device_id, device.owner_id)


def agrees_still(tx: Transaction, device_id: str) -> bool:
    """Whether a device may be knocked at now, as ``reachable_still`` says; it forgets nothing."""
    device, subscription = devices.whose(tx, device_id), _service_on(tx, device_id)
    if device is None or subscription is None or _is_left(tx, device):
        return False
    return is_open(tx, device.owner_id, "wake_up", maker_of(subscription.endpoint))


def _is_left(tx: Transaction, device: devices.Whose) -> bool:
    return device.owner_kind == "member" and not session_is_known(tx, device.session_id)


def _service_on(tx: Transaction, device_id: str) -> Subscription | None:
    subscription = devices.subscription_of(tx, device_id)
    service = subscription.service if subscription else ""
    return subscription if not service or is_on(tx, service, region_of(tx)) else None


def _agreed_to(tx: Transaction, device_id: str, owner_id: str) -> Subscription | None:
    subscription = _service_on(tx, device_id)
    if subscription is None:
        return None
    maker = maker_of(subscription.endpoint)
    if ground_of(tx, owner_id, "wake_up", maker, asked="wake_up") is None:
        devices.forget(tx, device_id, "no_consent")
        return None
    return subscription


def _look_again(tx: Transaction, wake: WakeRow, job: SendWake) -> None:
    looks = LOOKS[wake.kind]
    if job.looks < len(looks):
        _queue(tx, wake, replace(job, looks=job.looks + 1), looks[job.looks])
    else:
        store.drop(tx, wake.id)


def _try_again(tx: Transaction, wake: WakeRow, job: SendWake, wait: int) -> None:
    if job.tries + 1 < MOST_TRIES and tx.now + wait < wake.expires_at:
        _queue(tx, wake, replace(job, tries=job.tries + 1), wait)


def _queue(tx: Transaction, wake: WakeRow, job: SendWake, wait: int) -> None:
    store.put_off(tx, wake.id, tx.now + wait)
    tx.enqueue(job, delay=wait)


def _works_in(tx: Transaction, member_id: str, inbox_id: str) -> bool:
    return member_id in members_of_inbox(tx, inbox_id) or member_id in admins_of(tx)

"""Adding, listing and forgetting devices. A device ends with the session that it was added in."""

from __future__ import annotations

from typing import assert_never

from silkroad.engines.database import Transaction
from silkroad.engines.notify.subscription import Subscription
from silkroad.engines.notify.webpush import Blocked, Delivered, Gone, Rejected
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import Purpose

from . import store
from .model import MOST_DEVICES, MOST_REJECTIONS, Device, Owner

Settled = Delivered | Gone | Blocked | Rejected
"""What a push service says once and for all."""


def add(
    tx: Transaction,
    owner: Owner,
    subscription: Subscription,
    agent: str,
    page: str | None = None,
) -> Device:
    """Add a device, or renew it when its owner subscribes again.

    An endpoint belongs to whoever subscribed with it last: on a shared browser, only to them.
    """
    known_id, known_owner = store.by_endpoint(tx, subscription) or ("", "")
    if known_id and known_owner != owner.id:
        forget(tx, known_id, "taken_over")
    device_id = known_id if known_owner == owner.id else tx.new_id("dev")
    store.put(tx, device_id, owner, subscription, agent, page)
    tx.audit("device.added", device_id, owner_id=owner.id)
    for too_many in store.beyond(tx, owner.id, MOST_DEVICES):
        forget(tx, too_many, "made_room")
    return next(device for device in of(tx, owner) if device.id == device_id)


def of(tx: Transaction, owner: Owner) -> list[Device]:
    """Return somebody's devices, the newest first."""
    return store.of_owner(tx, owner.id, owner.session_id)


def remove(tx: Transaction, owner_id: str, device_id: str) -> None:
    """Forget one of somebody's own devices. Raises Refusal ``not_found``."""
    if device_id not in store.ids_of(tx, owner_id):
        raise refuse("not_found")
    forget(tx, device_id, "removed")


def forget_owner(tx: Transaction, owner_id: str, why: str) -> None:
    """Forget every device of somebody."""
    for device_id in store.ids_of(tx, owner_id):
        forget(tx, device_id, why)


def forget_session(tx: Transaction, session_id: str) -> None:
    """Forget what was added in a session that has ended."""
    with tx.doing(Purpose.WAKE_UP):
        for device_id in store.of_session(tx, session_id):
            forget(tx, device_id, "session_ended")


def forget_service(tx: Transaction, service: str, ended_at: int) -> None:
    """Destroy the subscriptions at a push service that the company has ended. Clause 1.8b.

    Those of which nobody noted the service go as well. What was added after the end stays: the
    service is on again by then.
    """
    for device_id in store.of_service(tx, service, ended_at):
        forget(tx, device_id, "service_ended")


def forget(tx: Transaction, device_id: str, why: str) -> None:
    """Forget a device and everything that was to wake it."""
    if store.forget(tx, device_id):
        tx.audit("device.removed", device_id, why=why)


def has_device(tx: Transaction, owner_id: str) -> bool:
    """Whether somebody has a device that can be woken."""
    with tx.doing(Purpose.WAKE_UP):
        return bool(store.ids_of(tx, owner_id))


def answered(tx: Transaction, device_id: str, outcome: Settled) -> None:
    """Do what a push service's last word about a wake asks for."""
    match outcome:
        case Delivered():
            store.taken(tx, device_id)
        case Gone():
            forget(tx, device_id, "gone")
        case Blocked(reason):
            forget(tx, device_id, f"blocked_{reason}")
        case Rejected(status):
            _reject(tx, device_id, status)
        case _:
            assert_never(outcome)


def _reject(tx: Transaction, device_id: str, status: int) -> None:
    """Note that a push service would not take a wake; after a few in a row, forget the device."""
    if store.rejected(tx, device_id) >= MOST_REJECTIONS:
        forget(tx, device_id, f"rejected_{status}")

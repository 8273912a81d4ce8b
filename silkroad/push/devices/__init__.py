"""Devices: the browsers in which somebody asked to be woken. Clauses 1.7, 2.0.

A device belongs to a member's or a visitor's session and ends with it. What it is and where it is
reached is sealed.
"""

from .actions import (
    add,
    answered,
    forget,
    forget_owner,
    forget_service,
    forget_session,
    has_device,
    of,
    remove,
)
from .model import (
    HAND_OVER_LIFE,
    Device,
    DeviceList,
    DeviceSubscription,
    HandOver,
    NewDevice,
    Owner,
    OwnerKind,
    VisitorSubscription,
    Whose,
    page_address,
)
from .store import any_device, every, of_owners, subscription_of, whose

__all__ = [
    "HAND_OVER_LIFE",
    "Device",
    "DeviceList",
    "DeviceSubscription",
    "HandOver",
    "NewDevice",
    "Owner",
    "OwnerKind",
    "VisitorSubscription",
    "Whose",
    "add",
    "answered",
    "any_device",
    "every",
    "forget",
    "forget_owner",
    "forget_service",
    "forget_session",
    "has_device",
    "of",
    "of_owners",
    "page_address",
    "remove",
    "subscription_of",
    "whose",
]

"""HTTP operations of devices and wake-ups, of members and of visitors."""

from __future__ import annotations

from silkroad.accounts import browser
from silkroad.engines.notify.subscription import Subscription, check_subscription
from silkroad.http import Call, Empty, Rate, operation
from silkroad.kit.clock import HOUR, MINUTE
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission
from silkroad.kit.scope import system

from . import actions
from .devices import (
    Device,
    DeviceList,
    DeviceSubscription,
    HandOver,
    NewDevice,
    VisitorSubscription,
)
from .key import services
from .wakes import Wake

HAND_OVERS = Rate(burst=10, every=10 * MINUTE)  # of one visitor
SUBSCRIPTIONS = Rate(burst=30, every=HOUR // 30)  # from one address


@operation(
    "devices.list",
    "GET",
    "/api/me/devices",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.WAKE_UP,
    returns={DataClass.DEVICE},
    audited=False,
)
async def list_devices(call: Call) -> DeviceList:
    """List the browsers on which the caller is woken."""
    return DeviceList(await call.house.db.read(call.scope, actions.list_devices))


@operation(
    "devices.add",
    "PUT",
    "/api/me/devices",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.WAKE_UP,
    returns={DataClass.DEVICE},
    audited=True,
)
async def add_device(call: Call, body: NewDevice) -> Device:
    """Wake the caller on this browser when they are away, if they agree; again renews it."""
    subscription = _checked(call, body)
    agent = browser(call.agent)
    return await call.house.db.write(
        call.scope, actions.add_device, subscription, agent, body.consent
    )


@operation(
    "devices.remove",
    "DELETE",
    "/api/me/devices/{device_id}",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.WAKE_UP,
    returns=set(),
    audited=True,
)
async def remove_device(call: Call, device_id: str) -> Empty:
    """Wake the caller there no more."""
    await call.house.db.write(call.scope, actions.remove_device, device_id)
    return Empty()


@operation(
    "wakes.read",
    "GET",
    "/api/wakes/{wake_id}",
    permission=Permission.ANSWER,
    purpose=Purpose.WAKE_UP,
    returns={DataClass.MESSAGE, DataClass.CONTACT},
    audited=False,
)
async def read_wake(call: Call, wake_id: str) -> Wake:
    """Return what the notification says; the console's service worker asks when it is woken."""
    return await call.house.db.read(call.scope, actions.read_wake, wake_id)


@operation(
    "widget.hand_over",
    "POST",
    "/api/widget/{inbox_id}/handover",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.WAKE_UP,
    returns=set(),
    audited=False,
)
async def hand_over(call: Call, inbox_id: str, body: Empty) -> HandOver:
    """Return a token with which the visitor's push window says, once, whose it is."""
    call.house.throttle.spend(HAND_OVERS, f"hand_over|{call.scope.actor_id}")
    return await call.house.db.write(call.scope, actions.hand_over, inbox_id)


@operation(
    "widget.subscribe",
    "PUT",
    "/api/widget/{inbox_id}/push",
    door="widget",
    permission=Permission.KNOCK,
    purpose=Purpose.WAKE_UP,
    returns={DataClass.DEVICE},
    audited=True,
)
async def subscribe(call: Call, inbox_id: str, body: VisitorSubscription) -> Device:
    """Wake a visitor on this browser by the answer, if they agree.

    The token says who; no cookie is looked at.
    """
    call.house.throttle.spend(SUBSCRIPTIONS, f"subscribe|{call.network}")
    subscription = _checked(call, body.subscription)
    at = actions.VisitorsBrowser(inbox_id, body.token, body.page, browser(call.agent))
    return await call.house.db.write(call.scope, actions.subscribe, at, subscription, body.consent)


@operation(
    "widget.unsubscribe",
    "DELETE",
    "/api/widget/{inbox_id}/push",
    door="widget",
    permission=Permission.TAKE_BACK,
    purpose=Purpose.WAKE_UP,
    returns=set(),
    audited=True,
)
async def unsubscribe(call: Call, inbox_id: str) -> Empty:
    """Wake the visitor nowhere any more."""
    await call.house.db.write(call.scope, actions.unsubscribe)
    return Empty()


@operation(
    "widget.wake",
    "GET",
    "/api/widget/{inbox_id}/wakes/{wake_id}",
    door="widget",
    permission=Permission.KNOCK,
    purpose=Purpose.WAKE_UP,
    returns={DataClass.DEVICE},
    audited=False,
)
async def read_visitor_wake(call: Call, inbox_id: str, wake_id: str) -> Wake:
    """Return what a visitor's notification says: that there is an answer, not a word of it."""
    scope = system(call.scope.workspace_id, call.scope.purpose)
    return await call.house.db.read(scope, actions.read_visitors_wake, inbox_id, wake_id)


def _checked(call: Call, sent: DeviceSubscription) -> Subscription:
    known = services(call.house.settings.private_push)
    return check_subscription(sent.endpoint, sent.keys.p256dh, sent.keys.auth, services=known)


operations = [
    list_devices,
    add_device,
    remove_device,
    read_wake,
    hand_over,
    subscribe,
    unsubscribe,
    read_visitor_wake,
]

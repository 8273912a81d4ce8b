"""Carrying wakes to push services, and what the start and the clock ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import msgspec
import structlog

from silkroad.engines.database import Job, Transaction
from silkroad.engines.notify.subscription import Subscription
from silkroad.engines.notify.vapid import Vapid, new_private_key
from silkroad.engines.notify.webpush import Blocked, Outcome, Retry, WebPush
from silkroad.engines.outbound import Field, LastLook
from silkroad.http import House
from silkroad.installation import controller
from silkroad.kit.scope import system
from silkroad.privacy.processors import covered

from . import actions, notices, wakes
from .events import SendNotice, SendWake, SweepPush
from .key import services
from .wakes import Parcel

log = structlog.get_logger()

job_actions: Mapping[type[Job], Callable[[Transaction, Any], None]] = {SweepPush: actions.sweep}


async def prepare(house: House) -> None:
    """Give the house its push key, made at the first start."""
    fresh = new_private_key(house.randomness)
    house.vapid_key = await house.db.write(system(), actions.keep_key, fresh)


def errands(house: House) -> Mapping[type[Job], Callable[[str, Any], Awaitable[None]]]:
    """Return the jobs that need the network."""
    courier = Courier(house)
    return {SendWake: courier.deliver, SendNotice: courier.announce}


class Courier:
    """Carries wakes to push services, in the name of whoever answers for the installation."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._senders: dict[str, WebPush] = {}

    async def deliver(self, workspace_id: str, job: SendWake) -> None:
        """Wake one device, if its owner is away and still misses something."""
        house, scope = self._house, system(workspace_id, job.purpose)
        here = self._is_here(workspace_id, job)
        parcel = await house.db.write(scope, wakes.take_up, job, here=here)
        if parcel is None:
            return
        still = partial(house.db.read, scope, wakes.is_wanted, job)
        outcome = await self._carry(workspace_id, parcel, job.wake_id, still)
        log.info("wake_sent", status=type(outcome).__name__, attempts=job.tries + 1)
        await house.db.write(scope, wakes.settle, job, outcome, house.randomness.bytes(2))

    async def announce(self, workspace_id: str, job: SendNotice) -> None:
        """Wake one device because the policy has changed, unless its owner has read that."""
        house, scope = self._house, system(workspace_id, job.purpose)
        parcel = await house.db.write(scope, notices.take_up, job)
        if parcel is None:
            return
        still = partial(house.db.read, scope, notices.is_wanted, job)
        outcome = await self._carry(workspace_id, parcel, job.notice_id, still)
        log.info("wake_sent", status=type(outcome).__name__, attempts=job.tries + 1)
        await house.db.write(scope, notices.settle, job, outcome, house.randomness.bytes(2))

    async def _carry(
        self, workspace_id: str, parcel: Parcel, wake_id: str, still: LastLook
    ) -> Outcome:
        """Send it, unless nobody wants it any more by the time that the push service listens."""
        sender = await self._sender()
        service = sender.service_of(parcel.subscription)
        read, scope = self._house.db.read, system(workspace_id)
        may_have = await read(scope, covered, service)

        async def last_look() -> bool:
            return may_have <= await read(scope, covered, service) and await still()

        outcome = await sender.wake(
            parcel.subscription,
            msgspec.json.encode({"id": wake_id}),
            workspace_id=workspace_id,
            ttl=parcel.ttl,
            urgency="high",
            topic=parcel.about,
            contact=Field.OPERATOR_CONTACT in may_have,
            last_look=last_look,
        )
        if _changed_on_the_way(outcome, parcel.subscription):
            outcome = Retry(None)
        return outcome

    def _is_here(self, workspace_id: str, job: SendWake) -> bool:
        """Whether the owner looks at a screen: a visitor with the chat open, a member not away."""
        return self._house.hub.presence_of(workspace_id, job.owner_id) == "online"

    async def _sender(self) -> WebPush:
        house = self._house
        known = await house.db.read(system(), controller)
        contact = f"mailto:{known.contact_email}"
        if contact not in self._senders:
            vapid = Vapid(house.vapid_key, contact, house.clock)
            sender = WebPush(
                house.outbound,
                vapid,
                services(house.settings.private_push),
                clock=house.clock,
                randomness=house.randomness,
            )
            self._senders = {contact: sender}
        return self._senders[contact]


def _changed_on_the_way(outcome: Outcome, subscription: Subscription) -> bool:
    """Whether the next look will see why it was refused: a contract, a service that is off, a no.

    Whose service nobody noted is not looked at before; there the gate has the last word.
    """
    off = Blocked("not_enabled") if subscription.service else None
    return outcome in {Blocked("beyond_the_contract"), Blocked("taken_back"), off}

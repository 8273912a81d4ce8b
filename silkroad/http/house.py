"""What a running server consists of, as its operations see it. ``app.py`` puts it together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from silkroad.engines.blobs import Blobs
from silkroad.engines.bus import Bus
from silkroad.engines.database import Database, Transaction
from silkroad.engines.keyring import Keyring
from silkroad.engines.notify.sms import Sms
from silkroad.engines.outbound import Outbound
from silkroad.engines.pictures import Pictures
from silkroad.kit.clock import Clock
from silkroad.kit.inventory import DataClass
from silkroad.kit.languages import Language
from silkroad.kit.parties import Parties
from silkroad.kit.randomness import Randomness
from silkroad.kit.scope import Scope, system
from silkroad.live.hub import Hub
from silkroad.live.tickets import Tickets
from silkroad.settings import Settings

from .arrivals import Arrivals
from .throttle import Throttle


@dataclass(slots=True)
class House:
    """The engines and the live hub of one server."""

    settings: Settings
    clock: Clock
    randomness: Randomness
    keyring: Keyring
    db: Database
    blobs: Blobs
    pictures: Pictures
    outbound: Outbound
    sms: Sms
    hub: Hub
    bus: Bus
    tickets: Tickets
    throttle: Throttle
    inbox_ids: Callable[[Transaction], frozenset[str]]  # all of a workspace; modules below ask it
    admins_of: Callable[[Transaction], list[str]]  # a workspace's administrators
    region_of: Callable[[Transaction], str]  # where a company's data is at home
    somebody_answers: Callable[[Transaction], bool]  # whether the installation was set up
    who_answers: Callable[
        [Transaction], str
    ]  # the name of the scope's company, or the controller's
    parties: Callable[[Transaction], Parties]  # who stands behind a workspace
    joined: Callable[[Transaction], Mapping[str, int]]  # the members, and when each of them came
    came_at: Callable[[Transaction, str], int]  # when a member or visitor came, in ms
    still_here: Callable[[Transaction], Scope | None]  # the caller as they are now, if they may be
    contract_fields: Mapping[str, DataClass]  # what a contract needs, by ``table.column``
    features: Mapping[str, str]  # what can be assessed, with the product of a third party
    arrivals: Arrivals = field(default_factory=Arrivals)
    demo: bool = False
    set_up: bool = False
    policy_of: Callable[[Language], Awaitable[str]] = field(init=False)
    """Return the hash of the policy as it is now. Raises Refusal ``setup_required``."""
    policy_kept: Callable[[Transaction, Any], dict[Language, str]] = field(init=False)
    """Keep the policy of such a controller in every language; return the hashes."""
    policy_told: Callable[[], Awaitable[None]] = field(init=False)
    """Hold what the program declares against what people here were told, and tell the rest."""
    vapid_key: bytes = b""

    async def is_set_up(self) -> bool:
        """Whether somebody answers for this installation; it may be set up at another node."""
        if not self.set_up:
            self.set_up = await self.db.read(system(), self.somebody_answers)
        return self.set_up

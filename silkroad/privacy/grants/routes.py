"""HTTP operation of grants: the record of who let which source deliver what."""

from __future__ import annotations

import msgspec

from silkroad.http import Call, operation
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission

from . import actions
from .model import GrantRecord


class GrantList(msgspec.Struct, frozen=True):
    """The newest grants."""

    items: list[GrantRecord]


@operation(
    "grants.list",
    "GET",
    "/api/grants",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.AUDIT},
    audited=False,
)
async def list_grants(call: Call) -> GrantList:
    """Return what the company let sources outside deliver, and who let them."""
    return GrantList(await call.house.db.read(call.scope, actions.list_grants))


operations = [list_grants]

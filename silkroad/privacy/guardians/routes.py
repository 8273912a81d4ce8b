"""HTTP operations of the age gate: whether the company asks for birth dates."""

from __future__ import annotations

from silkroad.http import Call, operation
from silkroad.kit.inventory import Purpose
from silkroad.kit.permissions import Permission

from . import actions
from .model import AgeGate


@operation(
    "age_gate.read",
    "GET",
    "/api/age-gate",
    permission=Permission.MANAGE_INBOXES,
    purpose=Purpose.RIGHTS,
    returns=set(),
    audited=False,
)
async def read_gate(call: Call) -> AgeGate:
    """Say whether visitors are asked for their birth date."""
    return await call.house.db.read(call.scope, actions.gate)


@operation(
    "age_gate.set",
    "PUT",
    "/api/age-gate",
    permission=Permission.MANAGE_INBOXES,
    purpose=Purpose.RIGHTS,
    returns=set(),
    audited=True,
)
async def set_gate(call: Call, body: AgeGate) -> AgeGate:
    """Let the widget ask for birth dates, or not."""
    return await call.house.db.write(call.scope, actions.set_gate, body)


operations = [read_gate, set_gate]

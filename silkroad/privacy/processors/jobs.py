"""Contracts that run out, and the gate in front of the way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silkroad.engines.database import Database, Job, Transaction
from silkroad.engines.outbound import Blocked, Gate, Request
from silkroad.kit.scope import system

from . import actions
from .events import EndExpired

job_actions: Mapping[type[Job], Callable[[Transaction, Any], None]] = {
    EndExpired: actions.end_expired
}


def gate(db: Database, region_of: Callable[[Transaction], str]) -> Gate:
    """Return what the way out asks before each request for a company: the rows as they are now."""

    async def let_pass(request: Request) -> None:
        def ask(tx: Transaction) -> None:
            if reason := actions.barred(tx, request.recipient, request.fields, region_of):
                raise Blocked(reason)

        await db.read(system(request.workspace_id), ask)

    return let_pass

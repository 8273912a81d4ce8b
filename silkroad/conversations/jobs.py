"""Timed work of conversations, and what follows from what happens elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silkroad.engines.database import Committed, Job, Transaction
from silkroad.workspaces import MemberAccessChanged, MemberRemoved

from . import actions
from .events import WakeSnoozed


def wake(tx: Transaction, job: WakeSnoozed) -> None:
    """Reopen a snoozed conversation."""
    actions.wake_snoozed(tx, job.conversation_id)


def take_back(tx: Transaction, facts: list[Committed]) -> None:
    """Give what a member can no longer see to back to the team: they left, or lost the inbox."""
    for told in facts:
        if isinstance(told.fact, MemberRemoved | MemberAccessChanged):
            actions.take_back(tx, told.fact.member_id)


job_actions: Mapping[type[Job], Callable[[Transaction, Any], None]] = {WakeSnoozed: wake}

"""Timed work of conversations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silkroad.engines.database import Job, Transaction

from . import actions
from .events import WakeSnoozed


def wake(tx: Transaction, job: WakeSnoozed) -> None:
    """Reopen a snoozed conversation."""
    actions.wake_snoozed(tx, job.conversation_id)


job_actions: Mapping[type[Job], Callable[[Transaction, Any], None]] = {WakeSnoozed: wake}

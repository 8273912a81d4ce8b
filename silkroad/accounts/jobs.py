"""Timed work on accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from silkroad.engines.database import Job, Transaction

from . import actions
from .events import SweepAccounts

job_actions: dict[type[Job], Callable[[Transaction, Any], None]] = {SweepAccounts: actions.sweep}

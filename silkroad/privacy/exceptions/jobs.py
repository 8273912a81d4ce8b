"""Timed work on exceptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silkroad.engines.database import Job, Transaction

from . import actions
from .events import CloseException

job_actions: Mapping[type[Job], Callable[[Transaction, Any], None]] = {
    CloseException: actions.run_out
}

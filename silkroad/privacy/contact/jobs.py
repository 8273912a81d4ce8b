"""Timed work on requests: warnings, breaches, and deleting what is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from silkroad.engines.database import Job, Transaction

from . import actions_clock
from .events import CloseQuiet, ForgetProof, ForgetRequest, LogBreach, WarnOfRequest

job_actions: dict[type[Job], Callable[[Transaction, Any], None]] = {
    WarnOfRequest: actions_clock.warn,
    LogBreach: actions_clock.log_breach,
    ForgetProof: actions_clock.forget_proof,
    CloseQuiet: actions_clock.close_quiet,
    ForgetRequest: actions_clock.forget,
}

"""Timed work: what a guardian wrote is deleted when their consent is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silkroad.engines.database import Job, Transaction

from . import actions
from .events import ForgetWritten

job_actions: Mapping[type[Job], Callable[[Transaction, Any], None]] = {
    ForgetWritten: actions.forget_written
}

"""What the calendar asks for: deleting records of disclosure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silkroad.engines.database import Job, Transaction

from . import actions
from .events import ForgetPublication

job_actions: Mapping[type[Job], Callable[[Transaction, Any], None]] = {
    ForgetPublication: actions.forget
}

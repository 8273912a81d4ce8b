"""What the calendar asks for: deleting assessments that were kept long enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silkroad.engines.database import Job, Transaction

from . import actions
from .events import ForgetAssessment

job_actions: Mapping[type[Job], Callable[[Transaction, Any], None]] = {
    ForgetAssessment: actions.forget
}

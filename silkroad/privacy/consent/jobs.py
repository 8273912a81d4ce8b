"""What the calendar asks for: noting that a consent has run out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silkroad.engines.database import Job, Transaction

from . import actions
from .events import ExpireConsent

job_actions: Mapping[type[Job], Callable[[Transaction, Any], None]] = {
    ExpireConsent: actions.expire
}

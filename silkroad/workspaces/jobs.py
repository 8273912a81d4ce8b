"""Timed work on workspaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from silkroad.engines.database import Job, Transaction

from . import invitations
from .events import ForgetInvitation

job_actions: dict[type[Job], Callable[[Transaction, Any], None]] = {
    ForgetInvitation: invitations.forget
}

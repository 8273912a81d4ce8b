"""What nobody presses: noting that a consent has run out, or that it is asked for anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silkroad.engines.database import Job, Transaction

from . import actions, actions_renewal
from .events import ExpireConsent, RenewConsents

job_actions: Mapping[type[Job], Callable[[Transaction, Any], None]] = {
    ExpireConsent: actions.expire,
    RenewConsents: actions_renewal.supersede,
}

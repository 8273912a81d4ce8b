"""What happens to accounts that others must hear of, and what is to be done later."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Fact, Job
from silkroad.kit.inventory import Purpose


class SessionEnded(Fact, frozen=True):
    """A session is over. Told in the workspace that it was at; its sockets and tickets end."""

    session_id: str


class SweepAccounts(Job, frozen=True):
    """Once an hour: delete codes, challenges, tries and sessions whose time is over."""

    purpose: ClassVar[Purpose] = Purpose.SECURITY
    sweeps: ClassVar[bool] = True

"""What the calendar does about publications: ids only."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Job
from silkroad.kit.inventory import Purpose


class ForgetPublication(Job, frozen=True):
    """A record of disclosure was kept long enough after its link was over: delete it."""

    purpose: ClassVar[Purpose] = Purpose.ACCOUNTABILITY
    sweeps: ClassVar[bool] = True

    publication_id: str

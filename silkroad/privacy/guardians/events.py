"""That a child may write, or may not any more; and what is due when they are of age."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Fact, Job
from silkroad.kit.inventory import Purpose


class WardChanged(Fact, frozen=True):
    """A guardian's consent was given or taken back. The child's sockets end and begin anew."""

    visitor_id: str


class ForgetWritten(Job, frozen=True):
    """When the year is over in which a child turned 14: delete what their guardian wrote."""

    purpose: ClassVar[Purpose] = Purpose.RIGHTS
    sweeps: ClassVar[bool] = True

    visitor_id: str

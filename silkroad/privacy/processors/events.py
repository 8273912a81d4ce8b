"""What happens to a company's third parties. Heard by its consoles, and by who keeps their keys."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Fact, Job
from silkroad.kit.inventory import Purpose


class ProcessorEnabled(Fact, frozen=True):
    """A company has switched a third party on.

    ``joined``: it was off before, and it is not there from the founding on; ``by`` whom.
    """

    processor: str
    joined: bool = False
    by: str = ""


class ProcessorEnded(Fact, frozen=True):
    """Nothing goes to a third party any more, and what was kept to reach it is destroyed."""

    processor: str
    by: str = ""


class EndExpired(Job, frozen=True):
    """A contract may be over: end what stands on it. Until then nothing goes out anyway."""

    purpose: ClassVar[Purpose] = Purpose.ACCOUNTABILITY
    sweeps: ClassVar[bool] = True

    processor: str

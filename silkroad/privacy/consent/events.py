"""What happens to consents, and what is queued of them: ids only."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Fact, Job
from silkroad.kit.inventory import Purpose

from .model import ConsentPurpose, Recorded


class ConsentChanged(Fact, frozen=True):
    """Somebody answered, took an answer back, or their consent has run out."""

    subject_id: str
    purpose: Recorded


class ExpireConsent(Job, frozen=True):
    """Two years after a consent was given: note that it has run out, unless it was renewed.

    What depends on it is deleted, so it waits while the clock cannot be believed.
    """

    purpose: ClassVar[Purpose] = Purpose.ACCOUNTABILITY
    sweeps: ClassVar[bool] = True

    record_id: str


class RenewConsents(Job, frozen=True):
    """A purpose is asked for anew: note that each yes from before ``since`` is superseded."""

    purpose: ClassVar[Purpose] = Purpose.ACCOUNTABILITY

    about: ConsentPurpose
    since: int

"""What is queued of wake-ups: ids only."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Job
from silkroad.kit.inventory import Purpose

from .devices import OwnerKind


class SendWake(Job, frozen=True):
    """Look whether somebody is still missing, and wake one device of theirs.

    ``looks`` counts how often they seemed to be here, ``tries`` how often the push service was
    asked.
    """

    purpose: ClassVar[Purpose] = Purpose.WAKE_UP

    wake_id: str
    owner_kind: OwnerKind
    owner_id: str
    looks: int = 0
    tries: int = 0


class SendNotice(Job, frozen=True):
    """Wake one device because the policy has changed; ``tries`` as with a wake."""

    purpose: ClassVar[Purpose] = Purpose.WAKE_UP

    notice_id: str
    owner_kind: OwnerKind
    owner_id: str
    tries: int = 0


class SweepPush(Job, frozen=True):
    """Delete the workspace's wakes and hand-over tokens that have expired."""

    purpose: ClassVar[Purpose] = Purpose.WAKE_UP
    sweeps: ClassVar[bool] = True

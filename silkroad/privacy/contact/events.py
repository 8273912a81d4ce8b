"""That a workspace's requests have changed, and what is due for one when its time comes."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Fact, Job
from silkroad.kit.inventory import Purpose


class RequestsChanged(Fact, frozen=True):
    """A request came, moved on, or is nearly due."""

    request_id: str


class WarnOfRequest(Job, frozen=True):
    """On the 12th working day: warn of a request that waits for its answer."""

    purpose: ClassVar[Purpose] = Purpose.RIGHTS

    request_id: str


class LogBreach(Job, frozen=True):
    """After the 15th working day: write down that a request was not answered in time."""

    purpose: ClassVar[Purpose] = Purpose.RIGHTS

    request_id: str


class ForgetProof(Job, frozen=True):
    """A week after somebody proved who they are: delete the proof, decided upon or not."""

    purpose: ClassVar[Purpose] = Purpose.RIGHTS
    sweeps: ClassVar[bool] = True

    request_id: str


class CloseQuiet(Job, frozen=True):
    """Thirty days after an answer to which nobody said anything: close the request."""

    purpose: ClassVar[Purpose] = Purpose.RIGHTS
    sweeps: ClassVar[bool] = True

    request_id: str


class ForgetRequest(Job, frozen=True):
    """A year after a request was closed: delete it."""

    purpose: ClassVar[Purpose] = Purpose.RIGHTS
    sweeps: ClassVar[bool] = True

    request_id: str

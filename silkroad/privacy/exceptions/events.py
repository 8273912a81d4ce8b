"""What happens with exceptions: ids only."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Fact, Job
from silkroad.kit.inventory import Purpose


class ExceptionChanged(Fact, frozen=True):
    """An exception was proposed, approved, ended, or ran out. Heard by administrators."""

    exception_id: str


class ExceptionUsed(Fact, frozen=True):
    """Data was touched under an exception. Its number in the feed is the use's own."""

    exception_id: str


class PersonTold(Fact, frozen=True):
    """A person has something to read about an exception that is over. Heard by them."""

    exception_id: str
    subject_id: str


class CloseException(Job, frozen=True):
    """The time of an exception is over: tell whoever has to know."""

    purpose: ClassVar[Purpose] = Purpose.ACCOUNTABILITY

    exception_id: str

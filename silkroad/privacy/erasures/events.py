"""What happens as somebody is erased: ids only."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Fact, Job
from silkroad.kit.inventory import Purpose


class PersonShutOut(Fact, frozen=True):
    """Somebody is being erased. Their sockets end."""

    subject_id: str


class KeysDestroyed(Fact, frozen=True):
    """Somebody's keys are gone from the keyring. Every node forgets those that it has in memory."""

    subject_id: str


class KeyDestroyed(Fact, frozen=True):
    """A key is gone from the keyring. Every node forgets all that it has in memory."""


class PersonErased(Fact, frozen=True):
    """Nothing is held of somebody any more. Heard by the team, whose lists have changed."""

    subject_id: str


class ErasePerson(Job, frozen=True):
    """Destroy keys, files and rows of whoever is in the ledger."""

    purpose: ClassVar[Purpose] = Purpose.RIGHTS

    subject_id: str


class DestroyKey(Job, frozen=True):
    """Destroy the key of something that was deleted, and go on trying until it is gone."""

    purpose: ClassVar[Purpose] = Purpose.RIGHTS
    owed: ClassVar[bool] = True

    key_id: str


class SeeErasureThrough(Job, frozen=True):
    """Look whether an erasure is done; one that was given up begins anew."""

    purpose: ClassVar[Purpose] = Purpose.RIGHTS

    subject_id: str

"""Everything that a version of the policy states, and the hash that names it. Clauses 8.0a, 8.1."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from silkroad.kit.languages import Language
from silkroad.kit.working_days import ANSWERED_WITHIN
from silkroad.privacy.processors import PROCESSORS, Told, told

from .certificates import Certificate
from .model import Answerable, Overview
from .phrases import WORDS


class Facts(NamedTuple):
    """Who answers, what is stored, which certificates have evidence that has not run out, and on
    which hosts the installation's own data lies, by name of the registry.
    """

    controller: Answerable
    overview: Overview
    certificates: list[Certificate]
    kept: Mapping[str, list[str]] = MappingProxyType({})

    def recipients(self, language: Language) -> list[Told]:
        """Return the table of clause 2.0 in one language: who can get something here."""
        who = self.controller.name
        return [
            told(entry, language, who)
            for entry in PROCESSORS.values()
            if entry.kind != "kept" or entry.name in self.kept
        ]

    def hosts(self, name: str) -> list[str]:
        """Return the servers of somebody in that table."""
        return self.kept.get(name) or sorted(PROCESSORS[name].hosts)


def version(language: Language, facts: Facts) -> str:
    """Return what names a version: one hash over all its facts and all its words."""
    who = facts.controller
    stated = [
        language,
        [who.name, who.contact_email, who.contact_phone, who.address],
        list(facts.overview.items()),
        facts.recipients(language),
        sorted((name, host) for name in PROCESSORS for host in facts.hosts(name)),
        facts.certificates,
        ANSWERED_WITHIN,
        WORDS[language],
    ]
    return hashlib.sha256(msgspec.json.encode(stated)).hexdigest()[:32]

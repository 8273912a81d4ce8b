"""A third party in the words of a reader: the cells of clause 2.0's table, and its notice's hash.

The hash names exactly what an administrator is shown before a third party is switched on (1.8c):
all facts and all words, in that language, and that the data leaves its region where it does.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import msgspec

from silkroad.kit.languages import Language

from .model import Processor
from .phrases import WORDS


class Told(NamedTuple):
    """One line of the table: every cell is filled. ``countries`` reads as a sentence's part."""

    name: str
    kind: str
    product: str
    company: str
    purpose: str
    scenario: str
    data: tuple[str, ...]
    method: str
    countries: str
    policy_url: str
    terms: str


def told(entry: Processor, language: Language, operator: str = "") -> Told:
    """Return a third party in one language; ``operator`` is who runs this server, by name."""
    words = WORDS[language]
    who = operator or words.operator
    countries = words.separator.join(words.countries[code] for code in entry.countries)
    nowhere_else = words.there if entry.kind == "kept" else words.home
    return Told(
        name=entry.name,
        kind=words.kinds[entry.kind],
        product=entry.product,
        company=entry.company.replace("{keeper}", words.keeper).replace("{controller}", who),
        purpose=words.purposes[entry.purpose],
        scenario=words.scenarios[entry.service],
        data=tuple(words.fields[field] for field in entry.fields),
        method=words.methods[entry.method],
        countries=words.elsewhere.replace("{countries}", countries) if countries else nowhere_else,
        policy_url=entry.policy_url,
        terms=entry.terms.replace("{policy}", words.policy),
    )


def notice_hash(entry: Processor, language: Language, *, abroad: bool) -> str:
    """Return what names the hand-over notice of a third party in one language."""
    facts = [language, abroad, entry.facts, *told(entry, language)]
    return hashlib.sha256(msgspec.json.encode(facts)).hexdigest()[:32]

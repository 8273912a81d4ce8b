"""The words of publishing: what is told before, and the page. One file for each language."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from silkroad.kit.inventory import DataClass, Sensitivity
from silkroad.kit.languages import LANGUAGES, Language

from .model import Disclosure, PublicationNotice

_HERE = Path(__file__).parent / "words"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in one language."""

    languages: str
    separator: str
    why: str
    what: str
    kinds: dict[DataClass, str]
    delicate: dict[Sensitivity, str]
    who: str
    end: str
    title: str
    lead: str
    customer: str
    company: str
    files: str
    more: str
    gone_title: str
    gone: str


WORDS: dict[Language, Words] = {
    language: msgspec.json.decode((_HERE / f"{language}.json").read_bytes(), type=Words)
    for language in LANGUAGES
}


def notice(language: Language, company: str, told: Disclosure) -> PublicationNotice:
    """Return what somebody reads before they publish what they wrote to this company."""
    words = WORDS[language]
    kinds = words.separator.join(words.kinds[kind] for kind in told.kinds)
    shown = {
        "why": words.why,
        "what": words.what.replace("{kinds}", kinds),
        "delicate": words.delicate[told.sensitivity],
        "who": words.who.replace("{company}", company),
        "end": words.end,
    }
    facts = "\n".join([language, company, *told.kinds, told.sensitivity, *shown.values()])
    name = hashlib.sha256(facts.encode()).hexdigest()[:32]
    return PublicationNotice(hash=name, language=language, **shown)

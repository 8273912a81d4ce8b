"""The short notice before the first message: what is stored, for how long, and where to read more.

Its hash names its version; what a visitor was shown is kept with them. Clauses P.2, 1.2, 8.0a.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from silkroad.kit.languages import LANGUAGES, Language

_HERE = Path(__file__).parent / "words"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The notice's authored phrases in one language: one file each."""

    accept: str
    paragraphs: list[str]


_WORDS: dict[Language, Words] = {
    language: msgspec.json.decode((_HERE / f"{language}.json").read_bytes(), type=Words)
    for language in LANGUAGES
}


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """The notice in one language; ``hash`` names this very text."""

    hash: str
    language: Language
    paragraphs: list[str]
    policy_url: str
    accept: str

    @property
    def text(self) -> str:
        """What is kept of a version that somebody was shown: a paragraph in each line."""
        return "\n".join(self.paragraphs)


def notice(language: Language, company: str, controller: str, policy_url: str) -> Notice:
    """Return the notice that a visitor of this company is shown."""
    words = _WORDS[language]
    paragraphs = [
        text.replace("{company}", company).replace("{controller}", controller)
        for text in words.paragraphs
    ]
    text = "\n".join([language, *paragraphs, policy_url])
    return Notice(
        hash=hashlib.sha256(text.encode()).hexdigest()[:32],
        language=language,
        paragraphs=paragraphs,
        policy_url=policy_url,
        accept=words.accept,
    )

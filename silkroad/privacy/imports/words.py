"""The text that is attested: one file for each language, its hash is its version."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from silkroad.kit.languages import LANGUAGES, Language

from .model import AttestationText

_HERE = Path(__file__).parent / "words"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The text in one language."""

    attestation: str


def _text(language: Language) -> AttestationText:
    words = msgspec.json.decode((_HERE / f"{language}.json").read_bytes(), type=Words)
    digest = hashlib.sha256(f"{language}\n{words.attestation}".encode()).hexdigest()
    return AttestationText(hash=digest[:32], language=language, text=words.attestation)


TEXTS: dict[Language, AttestationText] = {language: _text(language) for language in LANGUAGES}
HASHES = frozenset(text.hash for text in TEXTS.values())

"""What text messages say: one file for each language."""

from __future__ import annotations

from pathlib import Path

import msgspec

from silkroad.kit.languages import LANGUAGES, Language

_HERE = Path(__file__).parent / "words"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The messages in one language: ``code`` has {code}, ``invitation`` {company} and {url}."""

    code: str
    invitation: str


WORDS: dict[Language, Words] = {
    language: msgspec.json.decode((_HERE / f"{language}.json").read_bytes(), type=Words)
    for language in LANGUAGES
}

"""The words of the page in a copy, one file for each language."""

from __future__ import annotations

from pathlib import Path

import msgspec

from silkroad.kit.languages import LANGUAGES, Language

HERE = Path(__file__).parent / "words"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that the page says in one language.

    ``tables`` and ``fields`` by what they are called in the store; a field without a word is in the
    files for programs only.
    """

    language: Language
    title: str
    lead: str
    part: str
    visitor: str
    team: str
    internal: str
    yes: str
    no: str
    more: str
    tables: dict[str, str]
    fields: dict[str, str]
    values: dict[str, str]


WORDS: dict[Language, Words] = {
    language: msgspec.json.decode((HERE / f"{language}.json").read_bytes(), type=Words)
    for language in LANGUAGES
}

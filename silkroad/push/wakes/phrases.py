"""What a notification says where it does not quote: one file for each language."""

from __future__ import annotations

from pathlib import Path

import msgspec

from silkroad.kit.languages import LANGUAGES, Language

_HERE = Path(__file__).parent / "words"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The phrases in one language. ``mention`` names the colleague as {name}."""

    visitor: str
    question: str
    file: str
    mention: str
    colleague: str
    answer: str
    policy: str
    policy_title: str


WORDS: dict[Language, Words] = {
    language: msgspec.json.decode((_HERE / f"{language}.json").read_bytes(), type=Words)
    for language in LANGUAGES
}

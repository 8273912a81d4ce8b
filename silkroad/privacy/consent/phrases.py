"""The words of the questions and of the receipt: one file for each language.

Words only: which data, whom they go to and how long they are kept come from the inventory.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from silkroad.kit.inventory import DataClass
from silkroad.kit.languages import LANGUAGES, Language

from .model import ConsentPurpose, Event, Method

_HERE = Path(__file__).parent / "words"


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One purpose: its name, and what it is for, of {controller}."""

    title: str
    why: str


class ReceiptWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The receipt's lines, each with the values that it takes."""

    title: str
    none: str
    controller: str
    entry: str
    goes: str
    until: str
    notice: str
    text: str
    events: dict[Event, str]
    methods: dict[Method, str]
    for_child: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in one language."""

    separator: str
    data: dict[DataClass, str]
    recipients: str
    nobody: str
    retentions: dict[str, str]
    withdrawal: str
    questions: dict[ConsentPurpose, Question]
    receipt: ReceiptWords


WORDS: dict[Language, Words] = {
    language: msgspec.json.decode((_HERE / f"{language}.json").read_bytes(), type=Words)
    for language in LANGUAGES
}

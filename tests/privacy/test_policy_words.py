"""The policy can say everything that the inventory knows, in every language. Clauses P.1, P.2."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any, get_args

import msgspec
import pytest

from silkroad.kit import inventory
from silkroad.kit.inventory import (
    MEMORY,
    Basis,
    Column,
    Controller,
    DataClass,
    Erasure,
    Purpose,
    Retention,
    Source,
    Subject,
)
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.parts import EVERYTHING
from silkroad.privacy.policy.model import SUBJECTS, Share, overview
from silkroad.privacy.policy.phrases import HERE, WORDS, Words

RETENTIONS = {kept.name for kept in vars(inventory).values() if isinstance(kept, Retention)} | {
    column.retention.name
    for module in EVERYTHING
    for columns in module.values()
    for column in columns.values()
    if column.retention
}
EXPECTED: dict[str, set[str]] = {
    "subjects": set(get_args(Subject)),
    "data": {data.value for data in DataClass if data != DataClass.NONE},
    "sources": set(get_args(Source)),
    "purposes": {purpose.value for purpose in Purpose},
    "bases": set(get_args(Basis)),
    "retentions": RETENTIONS,
    "seals": set(get_args(Share)),
    "sensitive": {"all", "part"},
    "erasures": set(get_args(Erasure)),
    "controllers": set(get_args(Controller)),
}
SCRIPT = {"zh-CN": r"[\u4e00-\u9fff]", "sq": r"[A-Za-zÇçËë]", "en": r"[A-Za-z]"}


def test_there_is_one_file_for_each_language() -> None:
    assert sorted(path.stem for path in HERE.iterdir()) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("keys", EXPECTED)
def test_every_key_has_its_phrase(language: Language, keys: str) -> None:
    assert set(getattr(WORDS[language], keys)) == EXPECTED[keys]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("keys", ["data", "purposes", "retentions"])
def test_every_key_of_a_short_notice_has_its_phrase(language: Language, keys: str) -> None:
    told = getattr(WORDS[language].brief, keys)
    counted = {name for name, text in WORDS[language].retentions.items() if "{days}" in text}
    assert set(told) == EXPECTED[keys] - (counted if keys == "retentions" else set())
    assert len(set(told.values())) == len(told), "another key is told in other words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_written_in_its_language(language: Language) -> None:
    foreign = [text for text in texts(WORDS[language]) if not re.search(SCRIPT[language], text)]
    assert [text for text in foreign if re.sub(r"\{\w+\}|[;:, ()；：、（）。]", "", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_with_the_same_values(language: Language) -> None:
    assert shape(WORDS[language]) == shape(WORDS["en"])


def test_everybody_whom_something_is_stored_about_is_told() -> None:
    found = overview(EVERYTHING)
    concerned = {
        subject
        for module in EVERYTHING
        for columns in module.values()
        for column in columns.values()
        for subject in column.subjects
    }
    assert set(SUBJECTS) == set(get_args(Subject))
    assert set(found) == concerned


@pytest.mark.parametrize(
    "attribute", ["sources", "purposes", "basis", "retention", "erasure", "controller"]
)
def test_nothing_that_a_column_declares_is_lost(attribute: str) -> None:
    plural = {"basis": "bases"}.get(attribute, attribute.rstrip("s") + "s")
    found = overview(EVERYTHING)
    for column in everything():
        for subject in column.subjects:
            entry = next(e for e in found[subject] if e.data == column.data)
            if column.retention is MEMORY and attribute == "retention":
                stored = [
                    c for c in everything() if c.data == column.data and subject in c.subjects
                ]
                assert (MEMORY in entry.retentions) == all(c.retention is MEMORY for c in stored)
                continue
            value = getattr(column, attribute)
            assert set(value if isinstance(value, frozenset | tuple) else {value}) <= set(
                getattr(entry, plural)
            )


def everything() -> list[Column]:
    """Return all that is declared, of the tables and beyond."""
    return [c for module in EVERYTHING for columns in module.values() for c in columns.values()]


def texts(words: Words) -> list[str]:
    """Return every text of a language's file."""

    def inside(value: Any) -> list[str]:
        if isinstance(value, dict):
            return list(chain.from_iterable(inside(inner) for inner in value.values()))
        if isinstance(value, list):
            return list(chain.from_iterable(inside(inner) for inner in value))
        return [value]

    return inside(msgspec.to_builtins(words))


def shape(words: Words) -> Any:
    """Return how many texts stand where, and which values each takes."""

    def inside(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: inside(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [inside(inner) for inner in value]
        return sorted(re.findall(r"\{\w+\}", value))

    return inside(msgspec.to_builtins(words))

"""The contact pages say the same in every language, and have a sentence for every refusal. 9a."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any, get_args

import msgspec
import pytest

from silkroad.kit.errors import CODES
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.privacy.contact.model import KINDS, Outcome, RequestKind, RequestState
from silkroad.privacy.contact.phrases import HERE, WORDS, GuardianStanding, notice
from silkroad.privacy.guardians import Relationship

SCRIPT = {"zh-CN": r"[\u4e00-\u9fff]", "sq": r"[A-Za-zÇçËë]", "en": r"[A-Za-z]"}
CLOSED = {
    "kinds": RequestKind,
    "states": RequestState,
    "outcomes": Outcome,
    "guardian": GuardianStanding,
    "relationships": Relationship,
}


def test_there_is_one_file_for_each_language() -> None:
    assert sorted(path.stem for path in HERE.iterdir()) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CLOSED)
def test_every_word_of_a_closed_set_has_its_phrase(language: Language, name: str) -> None:
    assert set(getattr(WORDS[language], name)) == set(get_args(CLOSED[name]))
    assert set(KINDS) == set(get_args(RequestKind))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_in_its_own_script(language: Language) -> None:
    told, english = (texts(msgspec.to_builtins(WORDS[one])) for one in (language, "en"))
    assert [gaps(text) for text in told] == [gaps(text) for text in english]
    assert [text for text in told if not re.search(SCRIPT[language], text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_told_in_words(language: Language) -> None:
    words = WORDS[language]
    assert set(words.problems) - {"reach", "else"} <= CODES.keys()
    assert words.problem("not_found") != words.problem("storage_full") == words.problems["else"]


def test_a_notice_is_named_by_its_text() -> None:
    hashes = {notice(language, who).hash for language in LANGUAGES for who in ("Linden", "Birch")}
    assert len(hashes) == 2 * len(LANGUAGES)
    assert notice("en", "Linden") == notice("en", "Linden")


def gaps(text: str) -> list[str]:
    return sorted(set(re.findall(r"\{\w+\}", text)))


def texts(value: Any) -> list[str]:
    """Return every text of a language's file, in order."""
    if isinstance(value, dict):
        return list(chain.from_iterable(texts(inner) for inner in value.values()))
    if isinstance(value, list):
        return list(chain.from_iterable(texts(inner) for inner in value))
    return [value]

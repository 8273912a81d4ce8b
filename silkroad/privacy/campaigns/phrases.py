"""What people are told of a change, in their language: one file each, a phrase for each kind.

Words only: what changed comes from the record, from the register of third parties, or from what the
operator entered.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from silkroad.kit.languages import LANGUAGES, Language
from silkroad.privacy import policy
from silkroad.privacy.assessments import Own

from .model import Key, Point

HERE = Path(__file__).parent / "words"
WHAT_WAS_AND_IS: tuple[Key, ...] = ("name", "email", "phone", "address")
THIRD_PARTIES: tuple[Key, ...] = (
    "recipient_new",
    "recipient_gone",
    "recipient_changed",
    "joined",
    "ended",
)


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The phrases in one language.

    {why} is a purpose, {data} a list, {who} a third party, {what} a feature, {before} and {after}
    are what was and is. ``named`` joins {product} and {company}; ``nothing`` stands for what is
    not given.
    """

    named: str
    operator: str
    nothing: str
    features: dict[Own, str]
    points: dict[Key, str]


WORDS: dict[Language, Words] = {
    language: msgspec.json.decode((HERE / f"{language}.json").read_bytes(), type=Words)
    for language in LANGUAGES
}


def said(point: Point, language: Language) -> str:
    """Return one line of a campaign."""
    words = WORDS[language]
    text = words.points[point.key]
    if point.key in WHAT_WAS_AND_IS:
        before, after = (value or words.nothing for value in point.values)
        return filled(text, before=before, after=after)
    if point.key in THIRD_PARTIES:
        why = _purpose("".join(point.values[2:]), language)
        return filled(text, who=_third_party(point, words), why=why)
    if point.key == "locked":
        own = {str(name): told for name, told in words.features.items()}.get(point.about)
        return filled(text, what=own or _third_party(point, words))
    return filled(text, why=_purpose(point.about, language), data=_data(point.values, language))


def _third_party(point: Point, words: Words) -> str:
    if not point.values:
        return point.about  # a feature of another version
    product, company = point.values[:2]
    return filled(words.named, product=product, company=company or words.operator)


def filled(text: str, **values: str) -> str:
    """Return a phrase with its values, none of which is looked into for another one."""
    parts = text.replace("}", "{").split("{")
    return "".join(values.get(part, part) if at % 2 else part for at, part in enumerate(parts))


def _purpose(name: str, language: Language) -> str:
    """Return a purpose in words; one that this version has no more is called by its name."""
    known = {purpose.value: text for purpose, text in policy.WORDS[language].purposes.items()}
    return known.get(name, name)


def _data(names: tuple[str, ...], language: Language) -> str:
    words = policy.WORDS[language]
    known = {kind.value: told.name for kind, told in words.data.items()}
    return words.separator.join(known.get(name, name) for name in names)

"""The languages that people read Silkroad in."""

from __future__ import annotations

from typing import Literal, get_args

Language = Literal["en", "zh-CN", "sq"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
NAMES: dict[Language, str] = {"en": "English", "zh-CN": "简体中文", "sq": "Shqip"}
"""What each is called by those who read it."""


def choose(accepted: str, offered: tuple[Language, ...] = LANGUAGES) -> Language:
    """Return the offered language that an ``Accept-Language`` value (RFC 9110 §12.5.4) likes best.

    Falls back to the first offered one.
    """
    wishes: list[tuple[float, str]] = []
    for part in accepted.split(",")[:16]:
        tag, _, rest = part.strip().partition(";")
        wishes.append((_quality(rest), tag.lower()))
    for _, tag in sorted(wishes, key=lambda wish: -wish[0]):
        for language in offered:
            if tag and language.lower().split("-")[0] == tag.split("-")[0]:
                return language
    return offered[0]


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0

"""The short notice before the first message, made from what is declared about visitors.

Its hash names its version; what a visitor was shown is kept with them. Clauses P.2, 1.2, 8.0a.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from silkroad.kit.inventory import DataClass
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.privacy.policy import Line, short_notice

_HERE = Path(__file__).parent / "words"
HEADING = "# "
"""What begins a line that is a heading, in the text of a version that is kept."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the frame says around the notice in one language: one file each."""

    accept: str


_WORDS: dict[Language, Words] = {
    language: msgspec.json.decode((_HERE / f"{language}.json").read_bytes(), type=Words)
    for language in LANGUAGES
}


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """The notice in one language; ``hash`` names it and all that it was made from."""

    hash: str
    language: Language
    lines: list[Line]
    policy_url: str
    accept: str

    @property
    def text(self) -> str:
        """What is kept of a version that somebody was shown."""
        return "\n".join(f"{HEADING}{line.name}\n{line.text}" for line in self.lines)


def notice(
    language: Language, company: str, controller: str, policy_url: str, *, asks_age: bool
) -> Notice:
    """Return the notice that a visitor of this company is shown.

    Of their age it tells only where the company asks for that.
    """
    without = () if asks_age else (DataClass.MINOR,)
    short = short_notice(language, "visitor", company, controller, without)
    return Notice(
        hash=short.hash,
        language=language,
        lines=short.lines,
        policy_url=policy_url,
        accept=_WORDS[language].accept,
    )

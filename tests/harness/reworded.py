"""The server of the tests in a later version, which puts its questions in other words."""

from __future__ import annotations

import uvloop
from msgspec.structs import replace

from silkroad.kit.languages import LANGUAGES
from silkroad.privacy.consent import phrases as consent
from silkroad.privacy.contact import phrases as contact
from tests.harness import served

NEWLY = "Put in other words. "


def reword() -> None:
    for language in LANGUAGES:
        asked, told = consent.WORDS[language], contact.WORDS[language]
        consent.WORDS[language] = replace(asked, withdrawal=NEWLY + asked.withdrawal)
        contact.WORDS[language] = replace(
            told,
            evidence_hint=NEWLY + told.evidence_hint,
            proof_hint=NEWLY + told.proof_hint,
        )


if __name__ == "__main__":
    reword()
    uvloop.run(served.main())

"""The words of the contact pages, one file for each language, and the notice on them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from silkroad.kit.languages import LANGUAGES, Language
from silkroad.kit.working_days import ANSWERED_WITHIN
from silkroad.privacy.guardians import Relationship
from silkroad.privacy.policy import Line, Shown, short_notice

from .model import Outcome, RequestKind, RequestState

GuardianStanding = Literal["asked", "claimed", "given", "revoked"]
HERE = Path(__file__).parent / "words"


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What something is called, and what that means."""

    name: str
    hint: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that the pages say in one language."""

    languages: str
    title: str
    lead: str
    known: str
    answered: str
    policy: str
    chat_notice: str
    kind: str
    kinds: dict[RequestKind, Named]
    text: str
    text_hint: str
    reach: str
    reach_hint: str
    send: str
    have_key: str
    sent_title: str
    sent: str
    reference: str
    link: str
    look_title: str
    look: str
    key: str
    look_button: str
    write_new: str
    to: str
    received: str
    due: str
    state: str
    states: dict[RequestState, Named]
    outcomes: dict[Outcome, str]
    messages: str
    you: str
    team: str
    code: str
    code_hint: str
    code_button: str
    proof: str
    proof_hint: str
    proof_agree: str
    proof_button: str
    proof_given: str
    guardian: dict[GuardianStanding, Named]
    guardian_name: str
    relationship: str
    relationships: dict[Relationship, str]
    evidence: str
    evidence_hint: str
    agree: str
    take_back: str
    take_back_hint: str
    guardian_ask: str
    of_age: Named
    copy: str
    copy_hint: str
    copy_button: str
    erase: str
    erase_hint: str
    erase_sure: str
    erase_button: str
    erase_ask: str
    erasing: Named
    erased: Named
    reply: str
    reply_button: str
    problems: dict[str, str]

    def problem(self, code: str) -> str:
        """Return the sentence for a refusal."""
        return self.problems.get(code, self.problems["else"])


WORDS: dict[Language, Words] = {
    language: msgspec.json.decode((HERE / f"{language}.json").read_bytes(), type=Words)
    for language in LANGUAGES
}


class Notice(NamedTuple):
    """What somebody is told before they write: what is declared of them, and when they are
    answered. ``hash`` names the text and what it is made from. Clause P.2.
    """

    hash: str
    lines: list[Line]
    answered: str


def notice(language: Language, who: str) -> Notice:
    """Return the notice of whoever answers."""
    answered = WORDS[language].answered.replace("{days}", str(ANSWERED_WITHIN))
    short = short_notice(language, "requester", who)
    return Notice(_named(language, [short.hash, answered]), short.lines, answered)


def was_shown(notice_hash: str, who: str) -> bool:
    """Whether somebody had the notice before them, in any language."""
    return notice_hash in {notice(language, who).hash for language in LANGUAGES}


def read_by_guardian(language: Language, who: str) -> Shown:
    """Return the text above the fields in which a guardian agrees. Clause 7a."""
    words = WORDS[language]
    asked = words.guardian["asked"]
    told = [asked.name, asked.hint, words.evidence, words.evidence_hint, words.agree]
    return _shown(language, [line.replace("{who}", who) for line in told])


def read_before_proof(language: Language) -> Shown:
    """Return the text around the field for a proof. Clauses P.2, 9b."""
    words = WORDS[language]
    return _shown(language, [words.proof, words.proof_hint, words.proof_agree])


def shown_before_proof(notice_hash: str) -> Shown | None:
    """Return which of these texts somebody had before them, in whatever language."""
    texts = (read_before_proof(language) for language in LANGUAGES)
    return next((text for text in texts if text.hash == notice_hash), None)


def _shown(language: Language, told: list[str]) -> Shown:
    return Shown(_named(language, told), language, "\n".join(told))


def _named(language: Language, told: list[str]) -> str:
    return hashlib.sha256("\n".join([language, *told]).encode()).hexdigest()[:32]

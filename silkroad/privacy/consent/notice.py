"""The question that a person is shown before they agree, made from the inventory. Clause 6.3."""

from __future__ import annotations

from silkroad.kit.inventory import CONSENT_NEEDS, ConsentNeed, Purpose
from silkroad.kit.languages import Language
from silkroad.privacy.processors import makers

from .model import ConsentNotice, ConsentPurpose, digest, terms_of
from .phrases import WORDS, Words


def notice(purpose: ConsentPurpose, language: Language, controller: str) -> ConsentNotice:
    """Return the question of this purpose, as the people of this company are asked it."""
    words, need = WORDS[language], CONSENT_NEEDS[Purpose(purpose)]
    question = words.questions[purpose]
    title, why = question.title, question.why.replace("{controller}", controller)
    data = words.separator.join(words.data[kind] for kind in sorted(need.data))
    recipients, kept = _recipients(words, need), _kept(words, need)
    shown = [title, why, data, recipients, kept, words.withdrawal]
    return ConsentNotice(
        hash=digest([language, controller, terms_of(purpose), *shown]),
        language=language,
        title=title,
        why=why,
        data=data,
        recipients=recipients,
        kept=kept,
        withdrawal=words.withdrawal,
    )


def _recipients(words: Words, need: ConsentNeed) -> str:
    if not need.outside:
        return words.nobody
    return words.recipients.replace("{names}", words.separator.join(makers()))


def _kept(words: Words, need: ConsentNeed) -> str:
    return words.retentions[need.retention.name].replace("{days}", str(need.retention.days))

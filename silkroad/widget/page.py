"""The page of a chat's short notice: as it is, and as it ever was. Clause 8.0a."""

from __future__ import annotations

from html import escape

from silkroad.http.html import day, document, languages, link
from silkroad.kit.languages import Language
from silkroad.privacy.policy import WORDS, Kept, Listed

from .notice import HEADING, Notice


def html(inbox_id: str, now: Notice, kept: list[tuple[Listed, str]]) -> str:
    """Return the page: the notice as it is, then every older version, the newest first."""
    words = WORDS[now.language]
    title, labels = words.short.title, words.labels
    since = "".join(_since(now.language, one) for one, _ in kept if one.hash == now.hash)
    older = "".join(
        f'<section id="{one.hash}">{_paragraphs(text)}{_since(now.language, one)}</section>'
        for one, text in kept
        if one.hash != now.hash
    )
    old = f"<h2>{escape(labels.versions)}</h2>{older}" if older else ""
    ways = languages(labels.languages, lambda other: _language(inbox_id, other, now.language))
    return document(
        now.language,
        title,
        f"{ways}<main><h1>{escape(title)}</h1>{_paragraphs(now.text)}"
        f'<p><a href="{escape(now.policy_url)}">{escape(words.lead.title)}</a></p>'
        f"{since}{old}</main>",
    )


def kept_page(kept: Kept, name: str) -> str:
    """Return the page of one version of the notice alone, as it was read."""
    words = WORDS[kept.language]
    title = words.short.title
    return document(
        kept.language,
        title,
        f"<main><h1>{escape(title)}</h1>{_paragraphs(kept.text)}<p><small>"
        f"{escape(words.labels.version)} <code>{escape(name)}</code></small></p></main>",
    )


def _paragraphs(text: str) -> str:
    return "".join(_paragraph(line) for line in text.split("\n"))


def _paragraph(line: str) -> str:
    if line.startswith(HEADING):
        return f"<h3>{escape(line.removeprefix(HEADING))}</h3>"
    return f"<p>{escape(line)}</p>"


def _since(language: Language, one: Listed) -> str:
    labels = WORDS[language].labels
    return (
        f"<p><small>{escape(labels.version)} <code>{one.hash}</code> · "
        f"{escape(labels.since)} {day(one.effective_from)}</small></p>"
    )


def _language(inbox_id: str, language: Language, here: Language) -> str:
    return link(language, here, f"?inbox={escape(inbox_id)}&amp;language={language}")

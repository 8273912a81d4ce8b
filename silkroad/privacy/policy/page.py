"""The policy as a page: plain HTML that prints well, without script, cookie or outside resource."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from html import escape

from silkroad.engines.notify.subscription import push_services
from silkroad.http.cookies import CONSOLE, YEAR, visitor_cookie
from silkroad.kit.clock import DAY, SECOND
from silkroad.kit.languages import LANGUAGES, Language

from .model import Answerable, Entry, Overview
from .phrases import WORDS, Part, Words

YEAR_IN_DAYS = YEAR * SECOND // DAY


def html(language: Language, controller: Answerable, overview: Overview) -> str:
    """Return the whole page in one language."""
    words = WORDS[language]
    body = "".join(_body(words, controller, overview))
    number = version(language, body)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(words.lead.title)} · {escape(controller.name)}</title>"
        '<link rel="icon" href="/icons/mark.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="/privacy.css"></head><body>'
        f"{_languages(words, language)}<main>{body}</main>"
        f"<footer>{escape(words.labels.version)} <code>{number}</code></footer></body></html>"
    )


def version_of(language: Language, controller: Answerable, overview: Overview) -> str:
    """Return what names the policy as it is now, without its page."""
    return version(language, "".join(_body(WORDS[language], controller, overview)))


def version(language: Language, body: str) -> str:
    """Return what names this very text: the hash of its words, whatever the markup around them."""
    text = re.sub(r"<[^>]*>", "\n", body)
    return hashlib.sha256(f"{language}\n{text}".encode()).hexdigest()[:16]


def _languages(words: Words, current: Language) -> str:
    links = "".join(_link(language, here=language == current) for language in LANGUAGES)
    return f'<nav aria-label="{escape(words.labels.languages)}">{links}</nav>'


def _link(language: Language, *, here: bool) -> str:
    marked = ' aria-current="true"' if here else ""
    name = escape(WORDS[language].name)
    return f'<a href="?language={language}" lang="{language}"{marked}>{name}</a>'


def _body(words: Words, controller: Answerable, overview: Overview) -> Iterator[str]:
    values = _values(controller)
    yield f"<h1>{escape(words.lead.title)}</h1>{_inside(words.lead, values)}"
    yield _section(words.short, values)
    yield _section(words.who, values, _contact(words, controller))
    yield _section(words.stored, values, "".join(_stored(words, overview)))
    for part in (words.how_long, words.recipients, words.cookies, words.protection):
        yield _section(part, values)
    for part in (words.rights, words.children, words.changes):
        yield _section(part, values)


def _values(controller: Answerable) -> dict[str, str]:
    """Return what the words' placeholders stand for, as HTML."""
    hosts = sorted(push_services().hosts)
    return {
        "controller": escape(controller.name),
        "console_cookie": f"<code>{CONSOLE}</code>",
        "visitor_cookie": f"<code>{visitor_cookie('…')}</code>",
        "cookie_days": str(YEAR_IN_DAYS),
        "push_services": ", ".join(f"<code>{escape(host)}</code>" for host in hosts),
    }


def _section(part: Part, values: dict[str, str], more: str = "") -> str:
    return f"<section><h2>{escape(part.title)}</h2>{_inside(part, values)}{more}</section>"


def _inside(part: Part, values: dict[str, str]) -> str:
    paragraphs = "".join(f"<p>{_filled(text, values)}</p>" for text in part.paragraphs)
    points = "".join(f"<li>{_filled(text, values)}</li>" for text in part.points)
    return paragraphs + (f"<ul>{points}</ul>" if points else "")


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], escape(text, quote=False))


def _contact(words: Words, controller: Answerable) -> str:
    email, phone = escape(controller.contact_email), escape(controller.contact_phone or "")
    lines = [(words.labels.email, f'<a href="mailto:{email}">{email}</a>')]
    if phone:
        lines.append((words.labels.phone, f'<a href="tel:{phone}">{phone}</a>'))
    if controller.address:
        lines.append((words.labels.address, escape(controller.address)))
    told = "".join(f"<dt>{escape(label)}</dt><dd>{text}</dd>" for label, text in lines)
    return f"<address><strong>{escape(controller.name)}</strong><dl>{told}</dl></address>"


def _stored(words: Words, overview: Overview) -> Iterator[str]:
    links = (f'<li><a href="#{s}">{escape(words.subjects[s])}</a></li>' for s in overview)
    yield f"<ul>{''.join(links)}</ul>"
    for subject, entries in overview.items():
        yield f'<h3 id="{subject}">{escape(words.subjects[subject])}</h3>'
        yield f'<div class="entries">{"".join(_entry(words, entry) for entry in entries)}</div>'


def _entry(words: Words, entry: Entry) -> str:
    labels, kind = words.labels, words.data[entry.data]
    kept = (words.retentions[r.name].replace("{days}", str(r.days)) for r in entry.retentions)
    lines = (
        (labels.why, (words.purposes[purpose] for purpose in entry.purposes)),
        (labels.ground, (words.bases[basis] for basis in entry.bases)),
        (labels.kept, kept),
        (labels.sealed, (words.seals[entry.seal],)),
        (labels.erased, (words.erasures[erasure] for erasure in entry.erasures)),
        (labels.decides, (words.controllers[controller] for controller in entry.controllers)),
    )
    told = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(words.separator.join(texts))}</dd>"
        for label, texts in lines
    )
    head = f"<h4>{escape(kind.name)}</h4><p>{escape(kind.what)}</p>"
    return f"<article>{head}<dl>{told}</dl></article>"

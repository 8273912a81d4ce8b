"""The policy as a page: plain HTML that prints well, without script, cookie or outside resource."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from silkroad.http.cookies import CONSOLE, YEAR, visitor_cookie
from silkroad.http.html import day, document, languages, link
from silkroad.kit.clock import DAY, SECOND
from silkroad.kit.languages import Language
from silkroad.kit.working_days import ANSWERED_WITHIN
from silkroad.privacy.processors import Told

from .certificates import Certificate
from .facts import Facts
from .model import Answerable, Detail, Entry, Kept, Listed, Overview
from .phrases import WORDS, Part, Words

YEAR_IN_DAYS = YEAR * SECOND // DAY


def text(language: Language, facts: Facts) -> str:
    """Return the inside of the page in one language: what is kept of each version."""
    return "".join(_body(WORDS[language], language, facts))


def html(
    language: Language,
    controller: Answerable,
    inside: str,
    shown: Listed,
    versions: list[Listed],
) -> str:
    """Return the whole page around such a text: the version ``shown``, and links to all others."""
    words = WORDS[language]
    newest = versions[0] if versions else shown
    ways = languages(words.labels.languages, lambda other: link(other, language))
    return document(
        language,
        f"{words.lead.title} · {controller.name}",
        f"{ways}{_old(words, language, shown, newest)}"
        f"<main>{inside}</main>{_footer(words, language, shown, versions)}",
        head=f'<link rel="alternate" href="/privacy.jsonld?language={language}" '
        'type="application/ld+json">',
    )


def question_page(kept: Kept, name: str) -> str:
    """Return the page of a question that somebody answered, as they read it. Clause 6.3."""
    labels = WORDS[kept.language].labels
    title, *rest = kept.text.split("\n")
    inside = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in rest)
    return document(
        kept.language,
        title,
        f"<main><h1>{escape(title)}</h1>{inside}<p><small>{escape(labels.version)} "
        f"<code>{escape(name)}</code></small></p></main>",
    )


def _old(words: Words, language: Language, shown: Listed, newest: Listed) -> str:
    """Say above an old version that it is one."""
    if shown.hash == newest.hash:
        return ""
    link = f'<a href="?language={language}">{escape(words.labels.newest)}</a>'
    return f'<p class="old" role="note">{escape(words.labels.old)} {link}</p>'


def _footer(words: Words, language: Language, shown: Listed, versions: list[Listed]) -> str:
    labels = words.labels
    others = "".join(
        f'<li><a href="?version={one.hash}">{day(one.effective_from)}</a> '
        f"<code>{one.hash}</code></li>"
        for one in versions
        if one.hash != shown.hash
    )
    more = f"<details><summary>{escape(labels.versions)}</summary><ul>{others}</ul></details>"
    return (
        f"<footer><p>{escape(labels.version)} <code>{shown.hash}</code> · "
        f"{escape(labels.since)} {day(shown.effective_from)}</p>{more if others else ''}"
        f'<p class="screen"><a href="/privacy.jsonld?language={language}">'
        f"{escape(labels.machines)}</a></p></footer>"
    )


def _body(words: Words, language: Language, facts: Facts) -> Iterator[str]:
    controller = facts.controller
    values = _values(controller)
    yield f"<h1>{escape(words.lead.title)}</h1>{_inside(words.lead, values)}"
    yield _section(words.short, values)
    yield _section(words.who, values, _contact(words, controller))
    yield _section(words.stored, values, "".join(_stored(words, facts.overview)))
    yield _section(words.how_long, values)
    yield _section(words.recipients, values, _parties(words, language, facts))
    for part in (words.cookies, words.protection):
        yield _section(part, values)
    if facts.certificates:
        yield _section(words.certificates, values, _certificates(words, facts.certificates))
    for part in (words.rights, words.children, words.changes):
        yield _section(part, values)


def _values(controller: Answerable) -> dict[str, str]:
    """Return what the words' placeholders stand for, as HTML."""
    return {
        "controller": escape(controller.name),
        "console_cookie": f"<code>{CONSOLE}</code>",
        "visitor_cookie": f"<code>{visitor_cookie('…')}</code>",
        "cookie_days": str(YEAR_IN_DAYS),
        "answer_days": str(ANSWERED_WITHIN),
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
    form = f'<a href="/privacy/contact">{escape(words.labels.write)}</a>'
    lines.append((words.labels.form, form))
    return f"<address><strong>{escape(controller.name)}</strong><dl>{_lines(lines)}</dl></address>"


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
        (labels.source, (words.sources[source] for source in entry.sources)),
        (labels.why, (words.purposes[purpose] for purpose in entry.purposes)),
        (labels.ground, (words.bases[basis] for basis in entry.bases)),
        (labels.kept, kept),
        (labels.sensitive, (words.sensitive.get(entry.sensitive, ""),)),
        (labels.sealed, (words.seals[entry.seal],)),
        (labels.erased, (words.erasures[erasure] for erasure in entry.erasures)),
        (labels.decides, (words.controllers[controller] for controller in entry.controllers)),
    )
    told = ((label, escape(words.separator.join(texts))) for label, texts in lines)
    return _card(escape(kind.name), escape(kind.what), told, _details(words, entry.details))


def _details(words: Words, details: tuple[Detail, ...]) -> str:
    """Return every detail of an entry, folded away: few people ask, and none is left out."""
    labels = words.labels
    parts = (
        (label, " ".join(_detail(words, detail) for detail in details if detail.sealed == sealed))
        for label, sealed in ((labels.details_sealed, True), (labels.details_clear, False))
    )
    told = escape(labels.details.replace("{count}", str(len(details))))
    return f"<details><summary>{told}</summary><dl>{_lines(parts)}</dl></details>"


def _detail(words: Words, detail: Detail) -> str:
    mark = f" <em>{escape(words.labels.detail_sensitive)}</em>" if detail.sensitive else ""
    return f"<span><code>{escape(detail.name)}</code>{mark}</span>"


def _card(name: str, what: str, lines: Iterable[tuple[str, str]], more: str = "") -> str:
    """Return one entry: a name, a sentence, and its lines. All but the labels is HTML already."""
    return f"<article><h4>{name}</h4><p>{what}</p><dl>{_lines(lines)}</dl>{more}</article>"


def _lines(lines: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<dt>{escape(label)}</dt><dd>{text}</dd>" for label, text in lines if text)


def _parties(words: Words, language: Language, facts: Facts) -> str:
    """Return the table of clause 2.0, one card for each product."""
    parties = facts.recipients(language)
    cards = "".join(_party(words, one, facts.hosts(one.name)) for one in parties)
    return f'<div class="entries" id="third-parties">{cards}</div>'


def _party(words: Words, one: Told, hosts: list[str]) -> str:
    labels = words.labels
    outside = one.policy_url.startswith("https://")
    address = escape(one.policy_url.removeprefix("https://"))
    rel = ' rel="noopener noreferrer"' if outside else ""
    lines = (
        (labels.why, escape(one.purpose)),
        (labels.scenario, escape(one.scenario)),
        (labels.gets, escape(words.separator.join(one.data))),
        (labels.method, escape(one.method)),
        (labels.place, escape(one.countries)),
        (labels.hosts, " ".join(f"<code>{escape(host)}</code>" for host in hosts)),
        (labels.policy, f'<a href="{escape(one.policy_url)}"{rel}>{address}</a>'),
    )
    return _card(escape(one.product), f"{escape(one.company)} · {escape(one.kind)}", lines)


def _certificates(words: Words, known: list[Certificate]) -> str:
    labels = words.labels
    cards = "".join(
        _card(
            escape(one.name),
            escape(one.issuer),
            (
                (labels.reference, escape(one.reference)),
                (labels.valid_until, day(one.valid_until)),
            ),
        )
        for one in known
    )
    return f'<div class="entries">{cards}</div>'

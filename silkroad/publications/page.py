"""The page under a link: plain HTML without script, which names nobody."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from silkroad.kit.clock import SECOND
from silkroad.kit.languages import LANGUAGES, Language

from .model import Said, Shown
from .phrases import WORDS, Words


def talk_page(found: Shown) -> str:
    """Return a page of what is published."""
    words = WORDS[found.language]
    title = words.title.replace("{company}", found.company)
    said = "".join(_message(words, one) for one in found.messages)
    until = words.lead.replace("{date}", _day(found.expires_at))
    more = (
        f'<p class="more"><a href="?language={found.language}&amp;after={found.after}">'
        f"{escape(words.more)}</a></p>"
        if found.after
        else ""
    )
    body = f"<h1>{escape(title)}</h1><p>{escape(until)}</p><section>{said}</section>{more}"
    return _whole(found.language, title, body)


def gone_page(language: Language) -> str:
    """Return the page of a link that is over, or never was."""
    words = WORDS[language]
    body = f"<h1>{escape(words.gone_title)}</h1><p>{escape(words.gone)}</p>"
    return _whole(language, words.gone_title, body)


def _message(words: Words, one: Said) -> str:
    who = words.company if one.ours else words.customer
    moment = f"{datetime.fromtimestamp(one.at / SECOND, UTC):%Y-%m-%d %H:%M} UTC"
    text = f"<p>{escape(one.text)}</p>" if one.text else ""
    files = words.files.replace("{n}", str(one.files))
    hidden = f"<small>{escape(files)}</small>" if one.files else ""
    side = "ours" if one.ours else "theirs"
    return (
        f'<article class="said {side}"><header><b>{escape(who)}</b> <time>{moment}</time></header>'
        f"{text}{hidden}</article>"
    )


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at / SECOND, UTC):%Y-%m-%d}"


def _whole(language: Language, title: str, body: str) -> str:
    words = WORDS[language]
    links = "".join(_link(one, here=one == language) for one in LANGUAGES)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow">'
        f"<title>{escape(title)}</title>"
        '<link rel="icon" href="/icons/mark.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="/privacy.css"><link rel="stylesheet" href="/published.css">'
        f'</head><body><nav aria-label="{escape(words.languages)}">{links}</nav>'
        f"<main>{body}</main></body></html>"
    )


def _link(language: Language, *, here: bool) -> str:
    marked = ' aria-current="true"' if here else ""
    name = escape(WORDS[language].name)
    return f'<a href="?language={language}" lang="{language}"{marked}>{name}</a>'

"""The page under a link: plain HTML without script, which names nobody."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from silkroad.http.html import day, document, languages, link
from silkroad.kit.clock import SECOND
from silkroad.kit.languages import Language

from .model import Said, Shown
from .phrases import WORDS, Words


def talk_page(found: Shown) -> str:
    """Return a page of what is published."""
    words = WORDS[found.language]
    title = words.title.replace("{company}", found.company)
    said = "".join(_message(words, one) for one in found.messages)
    until = words.lead.replace("{date}", day(found.expires_at))
    more = (
        f'<p class="more"><a href="?language={found.language}&amp;after={found.after}">'
        f"{escape(words.more)}</a></p>"
        if found.after
        else ""
    )
    body = f"<h1>{escape(title)}</h1><p>{escape(until)}</p><section>{said}</section>{more}"
    return _whole(found.language, title, body, found.began)


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


def _whole(language: Language, title: str, body: str, after: int = 0) -> str:
    """Return a page; in another language it begins where this one does."""
    begun = f"&amp;after={after}" if after else ""
    ways = languages(
        WORDS[language].languages,
        lambda other: link(other, language, f"?language={other}{begun}"),
    )
    return document(
        language,
        title,
        f"{ways}<main>{body}</main>",
        style="/published.css",
        head='<meta name="robots" content="noindex, nofollow">',
    )

"""What is around every page that the server writes itself: plain HTML, readable without script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

from silkroad.kit.clock import SECOND
from silkroad.kit.languages import LANGUAGES, NAMES, Language


def document(
    language: Language,
    title: str,
    body: str,
    *,
    style: str = "",
    head: str = "",
    kind: str = "",
) -> str:
    """Return a whole page; all but its title is HTML already.

    ``style`` is a sheet beside the common one, ``head`` more for the head, ``kind`` the body's
    class.
    """
    sheets = ("/privacy.css", style) if style else ("/privacy.css",)
    styles = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in sheets)
    of_kind = f' class="{kind}"' if kind else ""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>"
        '<link rel="icon" href="/icons/mark.svg" type="image/svg+xml">'
        f"{head}{styles}</head><body{of_kind}>{body}</body></html>"
    )


def languages(label: str, way: Callable[[Language], str]) -> str:
    """Return the ways to a page in each language; ``label`` says what they are."""
    ways = "".join(way(language) for language in LANGUAGES)
    return f'<nav aria-label="{escape(label)}">{ways}</nav>'


def link(language: Language, here: Language, address: str = "") -> str:
    """Return the way to a page in a language; without an address, to the one that is open."""
    address = address or f"?language={language}"
    return f'<a href="{address}"{marked(language, here)}>{NAMES[language]}</a>'


def marked(language: Language, here: Language) -> str:
    """Return what says of a way which language it leads to, and whether that is this page's."""
    return f' lang="{language}"' + (' aria-current="true"' if language == here else "")


def day(milliseconds: int) -> str:
    """Return a day as every language here can read it: 2026-11-28."""
    return f"{datetime.fromtimestamp(milliseconds / SECOND, UTC):%Y-%m-%d}"

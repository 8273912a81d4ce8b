"""The page of a copy: what is held of a person, to be read without any program but a browser.

Everything in it was written by somebody, so all of it is escaped, and nothing runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote

from silkroad.kit.inventory import DataClass

from .phrases import Words

MESSAGES, FILES, LETTERS = "messages", "files", "contact_requests"
END = "</section>"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
:root{color-scheme:light dark;font:16px/1.55 system-ui,"Noto Sans CJK SC",sans-serif}
body{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 4rem;overflow-wrap:anywhere;
background:light-dark(#f6f5f2,#161918);color:light-dark(#1d211f,#e6e8e6)}
h1{font-size:1.6rem;line-height:1.25}h2{margin:0 0 .75rem;font-size:1.1rem}
section{margin:1.25rem 0;padding:1rem 1.1rem;border-radius:12px;
border:1px solid light-dark(#dcdad3,#333a37);background:light-dark(#fff,#1e2321)}
dl{display:grid;grid-template-columns:minmax(7rem,12rem) 1fr;gap:.15rem .9rem;margin:0}
dl+dl{margin-top:.8rem;padding-top:.8rem;border-top:1px solid light-dark(#eceae4,#2b312f)}
dt,small,time{color:light-dark(#5d6662,#a3aca8);font-size:.9rem}dd{margin:0;white-space:pre-wrap}
article{margin:.75rem 0;padding-inline-start:.8rem;border-inline-start:3px solid
light-dark(#cfcdc6,#3d4542)}article.team{border-color:light-dark(#0f766e,#4fb8ac)}
article p{margin:.1rem 0 0;white-space:pre-wrap}a{color:light-dark(#0a5f58,#7fd6ca)}
@media(max-width:30rem){dl{grid-template-columns:6.5rem 1fr}section{padding:.9rem}}
"""


class Told(Protocol):
    """What the page says of the copy itself."""

    @property
    def who(self) -> str: ...
    @property
    def made_at(self) -> int: ...
    @property
    def classes(self) -> frozenset[DataClass] | None: ...


class Around(NamedTuple):
    """The words, what is told of the copy, and the names of the files in it by their ids."""

    words: Words
    told: Told
    names: Mapping[str, str]


def head(around: Around) -> str:
    """Return the beginning of the page."""
    words = around.words
    lead = words.lead.replace("{who}", around.told.who)
    part = f"<p>{escape(words.part)}</p>" if around.told.classes is not None else ""
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{escape(words.title)} · {escape(around.told.who)}</title>"
        f"<style>{STYLE}</style></head><body><h1>{escape(words.title)}</h1>"
        f"<p>{escape(lead)}</p>{part}"
    )


def title(around: Around, table: str) -> str:
    return f"<section><h2>{escape(around.words.tables.get(table, table))}</h2>"


def rows(around: Around, table: str, found: list[dict[str, Any]]) -> str:
    """Return rows as people read them: messages as a talk, the rest as a list."""
    show = _message if table == MESSAGES else _plain
    return "".join(show(around, row) for row in found)


def letter(around: Around, found: dict[str, Any]) -> str:
    """Return a letter to the privacy contact, and the answers to it."""
    return "".join(
        _article(around, said["author"] == "team", said["at"], said["text"])
        for said in found["messages"]
    )


def foot(around: Around) -> str:
    return f"<p><small>{escape(around.words.more)}</small></p></body></html>\n"


def _message(around: Around, row: dict[str, Any]) -> str:
    words = around.words
    body = row.get("body") or {}
    said = body if isinstance(body, dict) else {"text": str(body)}
    event = str(said.get("name") or "")
    text, carried = said.get("text") or words.values.get(event, event), said.get("files") or []
    note = f" · {words.internal}" if row.get("lane") == "internal" else ""
    links = "".join(_link(around, str(one)) for one in carried if str(one) in around.names)
    team = row.get("author_kind") != "visitor"
    return _article(around, team, row.get("at"), str(text), note, links)


def _article(
    around: Around, team: bool, at: Any, text: str, note: str = "", links: str = ""
) -> str:
    who = (around.words.team if team else around.words.visitor) + note
    return (
        f'<article class="{"team" if team else "visitor"}"><small>{escape(who)} · '
        f"{_time(at)}</small><p>{escape(text)}</p>{links}</article>"
    )


def _plain(around: Around, row: dict[str, Any]) -> str:
    words = around.words
    lines = [
        f"<dt>{escape(words.fields[name])}</dt><dd>{_value(words, name, value)}</dd>"
        for name, value in row.items()
        if name in words.fields and value not in (None, "")
    ]
    link = _link(around, str(row.get("id"))) if str(row.get("id")) in around.names else ""
    return f"<dl>{''.join(lines)}</dl>{link}" if lines or link else ""


def _link(around: Around, row_id: str) -> str:
    name = around.names[row_id]
    return f'<p><a href="files/{escape(quote(name))}">{escape(name)}</a></p>'


def _value(words: Words, name: str, value: Any) -> str:
    if isinstance(value, dict):
        return "<br>".join(escape(words.values.get(str(one), str(one))) for one in value.values())
    if name.endswith("_at") or name == "at":
        return _time(value)
    if name == "verified":
        return escape(words.yes if value else words.no)
    return escape(words.values.get(str(value), str(value)))


def _time(at: Any) -> str:
    """Return a time (ISO 8601, UTC) to the minute."""
    text = str(at or "")
    return f'<time datetime="{escape(text)}">{escape(text[:16].replace("T", " "))}</time>'

"""The contact pages: plain HTML forms that work on any phone, without script or cookies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode

from silkroad.http.html import day, document, languages, link, marked
from silkroad.kit.languages import NAMES, Language

from .model import KINDS, MOST_TEXT, PersonsRequest, RequestMessage, RequestSent
from .phrases import WORDS, Named, Notice, Words, notice, read_before_proof, read_by_guardian

FORM, ANSWER = "/privacy/contact", "/privacy/contact/answer"


class Around(NamedTuple):
    """What all pages need: the language, who answers, and what stands in the address."""

    language: Language
    who: str
    query: Mapping[str, str]

    @property
    def words(self) -> Words:
        return WORDS[self.language]

    def to(self, path: str, **changes: str) -> str:
        """Return an address of ours that keeps the inbox and the language."""
        query = {"language": self.language, **self.query, **changes}
        return escape(f"{path}?{urlencode({k: v for k, v in query.items() if v})}")


def form_page(around: Around, told: Notice, filled: Mapping[str, str], problem: str) -> str:
    """Return the form; ``filled`` is what was written before it was refused."""
    words = around.words
    known = f'<p class="good">{escape(words.known)}</p>' if around.query.get("voucher") else ""
    body = (
        f"<h1>{escape(words.title)}</h1>"
        f"<p>{escape(words.lead.replace('{who}', around.who))}</p>{known}"
        f"{_problem(problem)}"
        f'<form method="post" action="{around.to(FORM)}">'
        f"{_read(told.hash)}"
        f"{_kinds(words, filled.get('kind', 'question'))}"
        f"{_area('text', words.text, words.text_hint, filled.get('text', ''))}"
        f"{_line('reach', words.reach, words.reach_hint, filled.get('reach', ''))}"
        f"{_told(around, told)}"
        f"<button>{escape(words.send)}</button></form>"
        f'<p class="more"><a href="{around.to(ANSWER, voucher="")}">'
        f"{escape(words.have_key)}</a></p>"
    )
    return _whole(around, words.title, body, FORM)


def sent_page(around: Around, sent: RequestSent) -> str:
    """Return what is shown once: reference, secret link, and until when an answer comes."""
    words = around.words
    link = escape(sent.url)
    lines = (
        (words.reference, f"<strong>{escape(sent.reference)}</strong>"),
        (words.due, _date(sent.due_at)),
    )
    body = (
        f"<h1>{escape(words.sent_title)}</h1><p>{escape(words.sent)}</p>"
        f'<section class="card"><h2>{escape(words.link)}</h2>'
        f'<p><a class="secret" href="{link}">{link}</a></p>{_lines(lines)}</section>'
    )
    return _whole(around, words.sent_title, body, "")


def look_page(around: Around, problem: str = "") -> str:
    """Return the page that asks for the secret link; its script puts in what is behind the #."""
    words = around.words
    body = (
        f"<h1>{escape(words.look_title)}</h1><p>{escape(words.look)}</p>{_problem(problem)}"
        f'<form id="look" method="post" action="{around.to(ANSWER)}">'
        f"{_line('token', words.key, '', '', required=True)}"
        f"<button>{escape(words.look_button)}</button></form>"
        f'<p class="more"><a href="{around.to(FORM)}">{escape(words.write_new)}</a></p>'
        '<script src="/contact.js" defer></script>'
    )
    return _whole(around, words.look_title, body, ANSWER)


def request_page(
    around: Around, token: str, request: PersonsRequest, problem: str, said: Mapping[str, str]
) -> str:
    """Return a request as whoever has its link sees it; ``said`` is what was refused just now."""
    words = around.words
    state = _state(around, request)
    lines = (
        (words.to, escape(request.to)),
        (words.reference, escape(request.reference)),
        (words.received, _date(request.received_at)),
        *(((words.due, _date(request.due_at)),) if _owed(request) else ()),
    )
    outcome = f"<p>{escape(words.outcomes[request.outcome])}</p>" if request.outcome else ""
    body = (
        f"<h1>{escape(_title(words, request))}</h1>{_problem(problem)}"
        f'<section class="card"><h2><span class="state {request.state}">{escape(state.name)}</span>'
        f"</h2>{outcome}<p>{escape(state.hint)}</p>{_lines(lines)}</section>"
        f"{_guardian(around, token, request, said) or _identity(around, token, request, said)}"
        f"{_talk(words, request)}"
        f"{_reply(around, token, request, said.get('text', ''))}"
        f"{_rights(around, token, request)}"
    )
    return _whole(around, words.look_title, body, ANSWER, token)


def _state(around: Around, request: PersonsRequest) -> Named:
    """Return how a request stands, in words; for a guardian, how it stands with the child."""
    words, guardian = around.words, request.guardian
    if request.erasure_at is not None:
        return words.erased if request.erased_at is not None else words.erasing
    if request.of_age and request.state != "closed":
        told = words.of_age
    elif guardian is None or guardian == "old_enough":
        return words.states[request.state]
    else:
        told = words.guardian[guardian]
    return Named(told.name, told.hint.replace("{who}", around.who))


def _guardian(around: Around, token: str, request: PersonsRequest, said: Mapping[str, str]) -> str:
    """Return the form by which a guardian agrees."""
    words = around.words
    if request.of_age or request.erasure_at is not None:
        return ""
    if request.guardian in {"asked", "revoked"}:
        asked = words.guardian["asked"].hint.replace("{who}", around.who)
        hint = words.evidence_hint.replace("{who}", around.who)
        choices = "".join(
            f'<option value="{value}"{_chosen(said.get("relationship") == value)}>'
            f"{escape(name)}</option>"
            for value, name in words.relationships.items()
        )
        field = (
            f"{_read(read_by_guardian(around.language, around.who).hash)}"
            f"{'' if request.guardian == 'asked' else f'<p>{escape(asked)}</p>'}"
            f"{_line('name', words.guardian_name, '', said.get('name', ''), required=True)}"
            f'<div class="field"><label for="relationship">{escape(words.relationship)}</label>'
            f'<select id="relationship" name="relationship">{choices}</select></div>'
            f"{_area('evidence', words.evidence, hint, said.get('evidence', ''), most=1000)}"
        )
        return _act(around, token, "consent", field, words.agree)
    return ""


def _rights(around: Around, token: str, request: PersonsRequest) -> str:
    """Return the ways to a copy of all that is held, to take a consent back, and to erase it all,
    which asks once more; a guardian of somebody whose age is not known is told to ask for it.
    """
    words, found = around.words, ""
    if "copy" in request.rights:
        field = f"<h2>{escape(words.copy)}</h2><p>{escape(words.copy_hint)}</p>"
        found += _act(around, token, "copy", field, words.copy_button)
    if "take_back" in request.rights:
        field = f"<h2>{escape(words.take_back)}</h2><p>{escape(words.take_back_hint)}</p>"
        found += _act(around, token, "revoke", field, words.take_back)
    if "erase" in request.rights:
        field = (
            f"<h2>{escape(words.erase)}</h2>"
            f"<p>{escape(words.erase_hint.replace('{who}', around.who))}</p>"
            f"{_agreement('sure', words.erase_sure)}"
        )
        found += _act(around, token, "erase", field, words.erase_button)
    elif request.kind == "guardian" and "copy" in request.rights:
        told = escape(words.erase_ask.replace("{who}", around.who))
        found += f'<section class="card"><h2>{escape(words.erase)}</h2><p>{told}</p></section>'
    return found


def _title(words: Words, request: PersonsRequest) -> str:
    kind = words.kinds[request.kind]
    return kind.hint if request.kind == "guardian" else kind.name


def _talk(words: Words, request: PersonsRequest) -> str:
    talk = "".join(_message(words, message) for message in request.messages)
    return f'<section aria-label="{escape(words.messages)}">{talk}</section>' if talk else ""


def _owed(request: PersonsRequest) -> bool:
    """Whether an answer is due; not while a guardian has still to say something."""
    return request.state not in {"answered", "closed"} and request.guardian != "asked"


def _identity(around: Around, token: str, request: PersonsRequest, said: Mapping[str, str]) -> str:
    """Return the form for the code or the proof, where one is asked for."""
    words = around.words
    if request.asked is None:
        return ""
    if request.proof_given:
        return f'<p class="good">{escape(words.proof_given)}</p>'
    if request.asked == "code":
        field = _line("proof", words.code, words.code_hint, "", required=True, numeric=True)
        button = words.code_button
    else:
        field = _read(read_before_proof(around.language).hash)
        field += _area(
            "proof", words.proof, words.proof_hint, said.get("proof", ""), rows=3, most=1000
        )
        field += _agreement("agreed", words.proof_agree)
        button = words.proof_button
    return _act(around, token, "prove", field, button)


def _reply(around: Around, token: str, request: PersonsRequest, said: str) -> str:
    if request.state == "closed":
        return ""
    asks = request.guardian and request.erasure_at is None
    label = around.words.guardian_ask if asks else around.words.reply
    field = _area("text", label, "", "" if request.asked else said, rows=4)
    if request.guardian:
        told = notice(around.language, around.who)
        field += f"{_read(told.hash)}{_told(around, told)}"
    return _act(around, token, "reply", field, around.words.reply_button)


def _chosen(it_is: bool) -> str:
    return " selected" if it_is else ""


def _act(around: Around, token: str, act: str, field: str, button: str) -> str:
    return (
        f'<form method="post" action="{around.to(ANSWER)}" class="card {act}">'
        f'<input type="hidden" name="token" value="{escape(token)}">'
        f'<input type="hidden" name="act" value="{act}">{field}'
        f"<button>{escape(button)}</button></form>"
    )


def _message(words: Words, message: RequestMessage) -> str:
    who = words.you if message.author == "person" else words.team
    return (
        f'<article class="{message.author}"><header><strong>{escape(who)}</strong> '
        f"{_date(message.at)}</header><p>{escape(message.text)}</p></article>"
    )


def _kinds(words: Words, chosen: str) -> str:
    choices = "".join(
        f'<label class="choice"><input type="radio" name="kind" value="{kind}"'
        f"{' checked' if kind == chosen else ''}>"
        f"<span><strong>{escape(words.kinds[kind].name)}</strong>"
        f"<small>{escape(words.kinds[kind].hint)}</small></span></label>"
        for kind in KINDS
    )
    legend = escape(words.kind)
    return f'<fieldset><legend>{legend}</legend><div class="choices">{choices}</div></fieldset>'


def _area(
    name: str, label: str, hint: str, text: str, *, rows: int = 6, most: int = MOST_TEXT
) -> str:
    return (
        f'<div class="field"><label for="{name}">{escape(label)}</label>'
        f'<textarea id="{name}" name="{name}" rows="{rows}" maxlength="{most}" required'
        f"{_described(name, hint)}>\n{escape(text)}</textarea>{_hint(name, hint)}</div>"
    )


def _told(around: Around, told: Notice) -> str:
    """Return the notice, and the ways to the policy and to what the chat says."""
    lines = ((one.name, escape(one.text)) for one in told.lines)
    return (
        f'<section class="told"><p>{escape(told.answered)}</p>{_lines(lines)}'
        f'<p><a href="/privacy?language={around.language}">'
        f"{escape(around.words.policy)}</a></p>{_chat_notice(around)}</section>"
    )


def _read(notice_hash: str) -> str:
    """Return what tells with a form which text stood above it. Clause P.2."""
    return f'<input type="hidden" name="notice_hash" value="{notice_hash}">'


def _chat_notice(around: Around) -> str:
    """Return the way to what the chat says before the first word, where this is about a chat."""
    if not around.query.get("inbox"):
        return ""
    address = around.to("/privacy/notice", voucher="")
    return f'<p><a href="{address}">{escape(around.words.chat_notice)}</a></p>'


def _agreement(name: str, text: str) -> str:
    return (
        f'<label class="agreement"><input type="checkbox" name="{name}" value="true" required>'
        f"<span>{escape(text)}</span></label>"
    )


def _line(
    name: str, label: str, hint: str, text: str, *, required: bool = False, numeric: bool = False
) -> str:
    more = ' inputmode="numeric" autocomplete="one-time-code"' if numeric else ""
    more += " required" if required else ""
    return (
        f'<div class="field"><label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" value="{escape(text)}" maxlength="400"'
        f' spellcheck="false" autocapitalize="off"{more}{_described(name, hint)}>'
        f"{_hint(name, hint)}</div>"
    )


def _described(name: str, hint: str) -> str:
    return f' aria-describedby="{name}-hint"' if hint else ""


def _hint(name: str, hint: str) -> str:
    return f'<small id="{name}-hint">{escape(hint)}</small>' if hint else ""


def _problem(problem: str) -> str:
    return f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""


def _lines(lines: Iterable[tuple[str, str]]) -> str:
    told = "".join(f"<dt>{escape(label)}</dt><dd>{text}</dd>" for label, text in lines)
    return f"<dl>{told}</dl>"


def _date(at: int) -> str:
    return f'<time datetime="{day(at)}">{day(at)}</time>'


def _whole(around: Around, title: str, body: str, path: str, token: str = "") -> str:
    """Return a page; without a path it has no way to another language, for it is shown once."""
    ways = languages(
        around.words.languages,
        lambda language: _language(around, language, path, token) if path else "",
    )
    return document(
        around.language,
        f"{title} · {around.who}",
        f"{ways}<main>{body}</main>",
        style="/contact.css",
        kind="contact",
    )


def _language(around: Around, language: Language, path: str, token: str) -> str:
    """Return the way to the same page in another language; an open request's goes by its key."""
    address = around.to(path, language=language)
    if not token:
        return link(language, around.language, address)
    return (
        f'<form method="post" action="{address}"><input type="hidden" name="token" '
        f'value="{escape(token)}"><button{marked(language, around.language)}>'
        f"{NAMES[language]}</button></form>"
    )

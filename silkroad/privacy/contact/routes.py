"""The contact pages, and all operations of requests. Clauses 6.1d, 9a, 9b.

The pages are the operations' own forms: the same checks, the same limits, the same action.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from silkroad.http import Call, Download, House
from silkroad.http.dispatch import Doorkeeper, admit, refusal_response, response_of
from silkroad.http.errors import STATUS
from silkroad.http.forms import filled_in, submitted
from silkroad.http.operations import Door, Operation
from silkroad.http.pages import form_page
from silkroad.kit.errors import Refusal
from silkroad.kit.languages import choose

from . import actions, page, routes_person, routes_team
from .page import ANSWER, FORM, Around
from .phrases import WORDS

HERE = Path(__file__).parent
STYLE, SCRIPT = (HERE / "contact.css").read_bytes(), (HERE / "contact.js").read_bytes()
FIELDS = {"notice_hash", "kind", "text", "reach"}
ACTS = {
    "reply": (routes_person.reply, ("text", "notice_hash")),
    "prove": (routes_person.prove, ("proof", "agreed", "notice_hash")),
    "consent": (
        routes_person.consent,
        ("name", "relationship", "evidence", "language", "notice_hash"),
    ),
    "revoke": (routes_person.revoke, ()),
    "copy": (routes_person.copy, ("language",)),
    "erase": (routes_person.erase, ("sure",)),
}
"""What the bearer of a secret link can do: the operation, and the fields that say it."""

operations = [*routes_person.operations, *routes_team.operations]


def pages(house: House, doors: Mapping[Door, Doorkeeper]) -> list[Route]:
    """Return the routes of the form, of the secret link's page, and of what they load."""

    async def form(request: Request) -> Response:
        call, operation = Call(house, request), _addressed(request)
        door = doors[operation.door]
        try:
            await admit(operation, call, door)
            around = await _around(call)
        except Refusal as refusal:  # nobody is there to write to
            return refusal_response(refusal)
        if request.method == "POST":
            return await _send(call, operation, door, around)
        return await _form(call, around, {})

    async def answer(request: Request) -> Response:
        call, door = Call(house, request), doors[routes_person.read.door]
        try:
            await admit(routes_person.read, call, door)
            around = await _around(call)
        except Refusal as refusal:
            return refusal_response(refusal)
        if request.method == "POST":
            return await _look(call, door, around)
        return form_page(page.look_page(around))

    return [
        Route(FORM, form, methods=["GET", "POST"]),
        Route(ANSWER, answer, methods=["GET", "POST"]),
        Route("/contact.css", _fixed(STYLE, "text/css")),
        Route("/contact.js", _fixed(SCRIPT, "text/javascript")),
    ]


def _addressed(request: Request) -> Operation:
    """Return the operation that takes a letter: to the company of an inbox, or the installation."""
    inbox_id = request.query_params.get("inbox", "")
    request.scope["path_params"] = {"inbox_id": inbox_id}
    return routes_person.send_to_company if inbox_id else routes_person.send


async def _send(call: Call, operation: Operation, door: Doorkeeper, around: Around) -> Response:
    """Take a filled-in form; one that is refused comes back as it was filled in."""
    filled: dict[str, str] = {}
    try:
        filled = await filled_in(call)
        letter = {name: text for name, text in filled.items() if name in FIELDS}
        voucher = around.query["voucher"]
        letter |= {"language": around.language} | ({"voucher": voucher} if voucher else {})
        sent = await submitted(operation, call, door, letter)
    except Refusal as refusal:
        return await _form(call, around, filled, refusal)
    return form_page(page.sent_page(around, sent))


async def _form(
    call: Call, around: Around, filled: Mapping[str, str], refusal: Refusal | None = None
) -> Response:
    notice = await routes_person.notice_here(call, around.language)
    html = page.form_page(around, notice, filled, _problem(around, refusal))
    return form_page(html, STATUS[refusal.kind] if refusal else 200)


async def _look(call: Call, door: Doorkeeper, around: Around) -> Response:
    """Show what is under a secret link, after what its bearer does with it."""
    refusal, said = None, {}
    try:
        filled = await filled_in(call)
        filled["language"] = around.language
        token = filled.get("token", "").strip().rpartition("#")[2]
        if act := ACTS.get(filled.get("act", "")):
            operation, fields = act
            given = {"token": token, **{name: filled[name] for name in fields if name in filled}}
            try:
                done = await submitted(operation, call, door, given)
                if isinstance(done, Download):
                    return response_of(done)
            except Refusal as no:
                refusal, said = no, filled
        found = await submitted(routes_person.read, call, door, {"token": token})
    except Refusal as no:
        return form_page(page.look_page(around, _problem(around, no)), STATUS[no.kind])
    here = around._replace(who=found.to)
    html = page.request_page(here, token, found, _problem(around, refusal), said)
    return form_page(html, STATUS[refusal.kind] if refusal else 200)


def _problem(around: Around, refusal: Refusal | None) -> str:
    """Return a refusal in words; one about the way to answer says so."""
    if refusal is None:
        return ""
    about_reach = any(field.path == "$.reach" for field in refusal.fields)
    return WORDS[around.language].problem("reach" if about_reach else refusal.code)


async def _around(call: Call) -> Around:
    query = call.request.query_params
    wish = f"{query.get('language', '')},{call.header('accept-language')}"
    who = await call.house.db.read(call.scope, call.house.who_answers)
    voucher = query.get("voucher", "")
    if not await call.house.db.read(call.scope, actions.own_chat, voucher):
        voucher = ""  # it is over by now, or was never one
    return Around(choose(wish), who, {"inbox": query.get("inbox", ""), "voucher": voucher})


def _fixed(data: bytes, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    async def give(_request: Request) -> Response:
        return Response(data, headers={"Cache-Control": "no-cache"}, media_type=media_type)

    return give

"""Operations of publications, and the one page that whoever has a link can read. Clause 5.3."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from silkroad.http import Call, House, Rate, operation
from silkroad.http.dispatch import refusal_response
from silkroad.http.errors import STATUS
from silkroad.http.pages import language_of, page, spoken
from silkroad.inboxes import find_inbox
from silkroad.kit.clock import MINUTE
from silkroad.kit.errors import Kind, Refusal, refuse
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language, choose
from silkroad.kit.permissions import Permission
from silkroad.kit.scope import anonymous, system

from . import actions
from .model import (
    CompanyPublications,
    MyPublications,
    PublicationQuery,
    PublicationRule,
    Published,
    Publishing,
    Shown,
)
from .page import gone_page, talk_page

STYLE = (Path(__file__).parent / "published.css").read_bytes()
MAKES = Rate(burst=10, every=MINUTE)  # links of one visitor
LOOKS = Rate(burst=120, every=MINUTE)  # from one address
SECRET = 43  # characters
DIGITS = 10


@operation(
    "publications.list",
    "GET",
    "/api/publications",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.RIGHTS,
    returns={DataClass.CONSENT},
    audited=False,
)
async def list_publications(call: Call) -> CompanyPublications:
    """Return whether visitors may publish, and the newest links."""
    return await call.house.db.read(call.scope, actions.overview)


@operation(
    "publications.rule",
    "PUT",
    "/api/publications",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.RIGHTS,
    returns={DataClass.CONSENT},
    audited=True,
)
async def set_rule(call: Call, body: PublicationRule) -> CompanyPublications:
    """Let visitors publish their own conversations, or not; a no ends every link."""
    return await call.house.db.write(call.scope, actions.set_rule, body)


@operation(
    "publications.end",
    "DELETE",
    "/api/publications/{publication_id}",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.RIGHTS,
    returns={DataClass.CONSENT},
    audited=True,
)
async def end(call: Call, publication_id: str) -> CompanyPublications:
    """End a visitor's link."""
    return await call.house.db.write(call.scope, actions.end_for_company, publication_id)


@operation(
    "widget.publications",
    "GET",
    "/api/widget/{inbox_id}/publications",
    door="widget",
    permission=Permission.TAKE_BACK,
    purpose=Purpose.RIGHTS,
    returns={DataClass.CONSENT},
    audited=False,
)
async def my_publications(call: Call, inbox_id: str, query: PublicationQuery) -> MyPublications:
    """Return what a visitor is told before they publish, and their links."""
    return await call.house.db.read(call.scope, actions.mine, _language(call, query))


@operation(
    "widget.publish",
    "POST",
    "/api/widget/{inbox_id}/publications",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.RIGHTS,
    returns={DataClass.CONSENT},
    audited=True,
)
async def publish(call: Call, inbox_id: str, body: Publishing) -> Published:
    """Make a link to what a visitor and the company have said until now; it is said once."""
    call.house.throttle.spend(MAKES, f"publish|{call.scope.actor_id}")
    made, token = await call.house.db.write(call.scope, actions.publish, inbox_id, body)
    origin = call.house.settings.origin
    return Published(f"{origin}/published/{inbox_id}/{token}?language={body.language}", made)


@operation(
    "widget.end_publication",
    "DELETE",
    "/api/widget/{inbox_id}/publications/{publication_id}",
    door="widget",
    permission=Permission.TAKE_BACK,
    purpose=Purpose.RIGHTS,
    returns={DataClass.CONSENT},
    audited=True,
)
async def end_own(
    call: Call, inbox_id: str, publication_id: str, query: PublicationQuery
) -> MyPublications:
    """End one of a visitor's own links."""
    return await call.house.db.write(
        call.scope, actions.end_own, publication_id, _language(call, query)
    )


def _language(call: Call, query: PublicationQuery) -> Language:
    return choose(f"{query.language},{call.header('accept-language')}")


operations = [list_publications, set_rule, end, my_publications, publish, end_own]


def pages(house: House) -> list[Route]:
    """Return the routes of what is published, and of what its page loads."""

    async def published(request: Request) -> Response:
        language = language_of(request)
        try:
            html, status = talk_page(await _shown(house, request, language)), 200
        except Refusal as no:
            if no.kind not in {Kind.MISSING, Kind.GONE}:  # it may be there the next time
                return refusal_response(no)
            html, status = gone_page(language), STATUS[no.kind]
        answer = page(html)
        answer.status_code = status
        answer.headers.update(
            {
                "Cache-Control": "no-store",
                "Referrer-Policy": "no-referrer",
                "X-Robots-Tag": "noindex, nofollow",
            }
        )
        return spoken(answer, language)

    async def style(_request: Request) -> Response:
        return Response(STYLE, headers={"Cache-Control": "no-cache"}, media_type="text/css")

    return [
        Route("/published/{inbox_id}/{token}", published),
        Route("/published.css", style),
    ]


async def _shown(house: House, request: Request, language: Language) -> Shown:
    """Look up a link and read what it shows, in the scope of whoever wrote it."""
    inbox_id, token = request.path_params["inbox_id"], request.path_params["token"]
    after = request.query_params.get("after", "0")
    if len(token) != SECRET or not (after.isascii() and after.isdigit() and len(after) < DIGITS):
        raise refuse("not_found")
    house.throttle.spend(LOOKS, f"published|{Call(house, request).network}")
    workspace_id = await house.db.read(anonymous(), find_inbox, inbox_id)
    row = await house.db.read(system(workspace_id, Purpose.RIGHTS), actions.found, inbox_id, token)
    author = actions.author_of(row, workspace_id, inbox_id)
    return await house.db.read(author, actions.shown, row, language, int(after))

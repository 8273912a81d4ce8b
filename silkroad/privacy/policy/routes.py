"""``GET /privacy?language=`` and its style sheet, and which version of it somebody was shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from silkroad.http import Call, House, operation
from silkroad.http.dispatch import refusal_response
from silkroad.http.pages import page
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.inventory import Declarations, Purpose
from silkroad.kit.languages import LANGUAGES, Language, choose
from silkroad.kit.permissions import Permission

from . import page as pages_of
from .model import Answerable, PolicyQuery, PolicyVersion, overview
from .page import html

STYLE = (Path(__file__).parent / "privacy.css").read_bytes()

ControllerOf = Callable[[House], Awaitable[Answerable]]


def pages(
    house: House, declarations: list[Declarations], controller_of: ControllerOf
) -> list[Route]:
    """Return the policy's routes. Before the set-up nobody answers for it: 503 (clause 9a)."""
    known = overview(declarations)

    async def policy(request: Request) -> Response:
        try:
            controller = await controller_of(house)
        except Refusal as refusal:
            return refusal_response(refusal)
        language = _language(request)
        response = page(html(language, controller, known))
        response.headers["Content-Language"] = language
        response.headers["Vary"] = "Accept-Language"
        return response

    async def style(request: Request) -> Response:
        return Response(STYLE, headers={"Cache-Control": "no-cache"}, media_type="text/css")

    return [Route("/privacy", policy), Route("/privacy.css", style)]


def version_of(language: Language, controller: Answerable, declarations: list[Declarations]) -> str:
    """Return the hash of the policy as it is now."""
    return pages_of.version_of(language, controller, overview(declarations))


@operation(
    "policy.read",
    "GET",
    "/api/policy",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=False,
)
async def read_version(call: Call, query: PolicyQuery) -> PolicyVersion:
    """Return where the policy is, and which version of it stands there now."""
    language = choose(f"{query.language},{call.header('accept-language')}")
    url = f"{call.house.settings.origin}/privacy?language={language}"
    return PolicyVersion(await call.house.policy_of(call.house, language), language, url)


async def require_shown(call: Call, policy_hash: str) -> Language:
    """Return the language in which somebody had the current policy before them. Clause P.2.

    Raises Refusal ``notice_required``.
    """
    for language in LANGUAGES:
        if policy_hash == await call.house.policy_of(call.house, language):
            return language
    raise refuse("notice_required")


operations = [read_version]


def _language(request: Request) -> Language:
    """Return the language that the address asks for, or else the browser."""
    accepted = request.headers.get("accept-language", "")
    return choose(f"{request.query_params.get('language', '')},{accepted}")

"""``GET /privacy?language=`` and its style sheet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from silkroad.http import House
from silkroad.http.dispatch import refusal_response
from silkroad.http.pages import page
from silkroad.kit.errors import Refusal
from silkroad.kit.inventory import Declarations
from silkroad.kit.languages import Language, choose

from .model import Answerable, overview
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


def _language(request: Request) -> Language:
    """Return the language that the address asks for, or else the browser."""
    accepted = request.headers.get("accept-language", "")
    return choose(f"{request.query_params.get('language', '')},{accepted}")

"""Pages and files for browsers: the console, the widget's loader and frame, health, OpenAPI.

Every page carries a strict Content-Security-Policy; the widget's frame names the sites that may
embed it. Nothing here sets a cookie.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from silkroad.kit.errors import Kind, Refusal, refuse
from silkroad.kit.languages import Language, choose

from .assets import Asset, load
from .dispatch import refusal_response
from .house import House

CONSOLE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: data:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types silkroad-worker"
)
FRAME_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob:; worker-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors {origins}; require-trusted-types-for 'script'; trusted-types visitor-worker"
)
WORKER_POLICY = (
    "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
FOR_ALL = {"Cross-Origin-Resource-Policy": "cross-origin"}
FOR_WORKER = {"Content-Security-Policy": WORKER_POLICY}
WORTH_COMPRESSING = 512

OriginsOf = Callable[[House, str], Awaitable[list[str]]]


def pages(house: House, origins_of: OriginsOf, extra: list[Route]) -> list[Route]:
    """Return the routes of everything that is not an operation; the console comes last."""
    console, widget = load("console"), load("widget")

    async def widget_asset(request: Request) -> Response:
        asset = widget.get(f"assets/{request.path_params['name']}")
        return _file(request, asset, {}) if asset else Response(status_code=404)

    async def frame(request: Request) -> Response:
        try:
            origins = ["'self'", *await origins_of(house, request.path_params["inbox_id"])]
        except Refusal as refusal:
            if refusal.kind not in {
                Kind.MISSING,
                Kind.GONE,
            }:  # nobody can say whose sites these are
                return refusal_response(refusal)
            origins = ["*"]  # the frame asks for itself, and tells the visitor in words
        policy = FRAME_POLICY.format(origins=" ".join(origins))
        headers = {
            "Content-Security-Policy": policy,
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        return _file(request, widget["frame.html"], headers)

    async def console_page(request: Request) -> Response:
        path = request.path_params["path"]
        if elsewhere := _our_address(house, request):
            return RedirectResponse(elsewhere)
        asset = console.get(path)
        if asset is None and (path.startswith("assets/") or "." in path):
            return Response(status_code=404)
        headers = {"Content-Security-Policy": CONSOLE_POLICY, "X-Frame-Options": "DENY"}
        return _file(request, asset or console["index.html"], headers)

    return [
        Route("/widget.js", _always(widget["widget.js"], FOR_ALL)),
        Route("/visitor-worker.js", _always(widget["visitor-worker.js"], FOR_WORKER)),
        Route("/favicon.ico", _always(console["icons/mark.svg"])),  # browsers look here
        Route("/widget/assets/{name}", widget_asset),
        Route("/widget/{inbox_id}", frame),
        *extra,
        Route("/api/{path:path}", Nothing()),
        Route("/{path:path}", console_page),
    ]


def _our_address(house: House, request: Request) -> str | None:
    """Return where a page is to be opened that was asked for under another name of this machine.

    Only on loopback: localhost and 127.0.0.1 are two sites to a browser, and one of them is ours.
    """
    settings = house.settings
    if settings.secure or request.headers.get("host") == urlsplit(settings.origin).netloc:
        return None
    return f"{settings.origin}{request.url.path}"


class Nothing:
    """Answers for addresses below /api that no operation has."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await refusal_response(refuse("not_found"))(scope, receive, send)


def page(html: str) -> Response:
    """Return a page that the server writes itself, without scripts."""
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
    return Response(html, headers=headers, media_type="text/html")


def language_of(request: Request) -> Language:
    """Return the language that the address asks for, or else the browser."""
    accepted = request.headers.get("accept-language", "")
    return choose(f"{request.query_params.get('language', '')},{accepted}")


def spoken(response: Response, language: Language) -> Response:
    """Say in which language a page is."""
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language"
    return response


def form_page(html: str, status: int = 200) -> Response:
    """Return a page with a form to ourselves, kept nowhere; it works without its script too.

    Its own address may go along with what is sent from it, because a browser that hides the
    address hides the origin as well, and then nobody could tell our forms from others'.
    """
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
    }
    return Response(html, status, headers=headers, media_type="text/html")


def _always(
    asset: Asset, headers: Mapping[str, str] = MappingProxyType({})
) -> Callable[[Request], Awaitable[Response]]:
    async def give(request: Request) -> Response:
        return _file(request, asset, headers)

    return give


def _file(request: Request, asset: Asset, headers: Mapping[str, str]) -> Response:
    shared = {"Cache-Control": asset.caching, "ETag": asset.tag, **headers}
    if request.headers.get("if-none-match") == asset.tag:
        return Response(status_code=304, headers=shared)
    shared["Vary"] = "Accept-Encoding"
    data = asset.data
    if "gzip" in request.headers.get("accept-encoding", "") and len(data) > WORTH_COMPRESSING:
        data = asset.compressed
        shared["Content-Encoding"] = "gzip"
    return Response(data, headers=shared, media_type=asset.media_type)

"""The demo shop's website: one page, on another site than the server, with the widget on it.

The server is at 127.0.0.1 and the shop at localhost, which browsers take for two sites, so the
widget's frame is truly cross-site. Its policy lets in what docs/embedding.md says, and no more.
"""

from __future__ import annotations

import html
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from silkroad.http.headers import with_headers

HERE = Path(__file__).parent / "site"


POLICY = (
    "default-src 'none'; script-src {origin}; frame-src {origin}; style-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def shop_site(server_origin: str, inbox_id: str, color: str) -> ASGIApp:
    """Return the shop's website with the snippet that the inbox page shows."""
    page = (HERE / "shop.html").read_text()
    source = html.escape(f"{server_origin}/widget.js")
    snippet = f'<script async src="{source}" data-inbox="{inbox_id}" data-color="{color}"></script>'
    page = page.replace("<!-- the snippet -->", snippet)
    style = (HERE / "shop.css").read_text()

    async def home(_request: Request) -> Response:
        headers = {"Content-Security-Policy": POLICY.format(origin=server_origin)}
        return Response(page, headers=headers, media_type="text/html; charset=utf-8")

    async def css(_request: Request) -> Response:
        return Response(style, media_type="text/css; charset=utf-8")

    site = Starlette(routes=[Route("/", home), Route("/orders", home), Route("/shop.css", css)])
    return with_headers(site, secure=False)

"""The headers that every answer leaves with, whoever made it: an operation, a page, or nobody.

Whoever makes an answer says where it may be less strict. What it forgets is kept to the one who
asked: not stored, not run, not framed, not loaded by another site.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STRICT = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
A_YEAR_OF_HTTPS = "max-age=31536000"


def with_headers(app: ASGIApp, *, secure: bool) -> ASGIApp:
    """Let nothing out of an application without these; ``secure`` when people come by https."""
    strict = {**STRICT, "Strict-Transport-Security": A_YEAR_OF_HTTPS} if secure else STRICT

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in strict.items():
                    headers.setdefault(name, value)
            await send(message)

        await app(scope, receive, sent)

    return answered

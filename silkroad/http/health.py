"""Is it alive, is it ready: two plain answers for whoever watches the process; and OpenAPI."""

from __future__ import annotations

import asyncio
from functools import cache

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from silkroad.engines.database import outbox
from silkroad.kit.errors import Refusal
from silkroad.kit.scope import system

from .house import House
from .openapi import document
from .operations import Operation

READY_WITHIN = 2.0


def health(house: House, operations: list[Operation]) -> list[Route]:
    """Return /healthz, /readyz and /openapi.json."""

    @cache
    def described() -> bytes:
        """Describe every operation: dear, and most servers are never asked."""
        return msgspec.json.encode(document(operations))

    async def healthz(_request: Request) -> Response:
        return _says("alive", 200)

    async def readyz(_request: Request) -> Response:
        """Ready means: set up, and a write reaches the disk."""
        try:
            async with asyncio.timeout(READY_WITHIN):
                if not await house.is_set_up():
                    return _says("setup_required", 503)
                await house.db.write(system(), outbox.prove_writing)
        except (Refusal, TimeoutError) as no:
            return _says(no.code if isinstance(no, Refusal) else "unavailable", 503)
        return _says("ready", 200)

    async def openapi(_request: Request) -> Response:
        return Response(described(), media_type="application/json")

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/openapi.json", openapi),
    ]


def _says(word: str, status: int) -> Response:
    return Response(word + "\n", status, media_type="text/plain")

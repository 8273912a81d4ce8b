"""From a request to an operation and back, the same way for every door.

In this order: is it from our own pages, who is it, may they, is it well-formed; then the
operation. Its answer leaves with the headers of ``headers.py``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
import structlog
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Send
from starlette.types import Scope as Scope_

from silkroad.kit.errors import FieldError, Refusal, refuse
from silkroad.kit.permissions import WHILE_HELD
from silkroad.kit.scope import Scope

from . import arrivals
from .call import Call
from .errors import problem
from .house import House
from .operations import Door, Download, Flow, Operation

log = structlog.get_logger()

MOST_JSON = 64 * 1024

Doorkeeper = Callable[[Call], Awaitable[Scope]]
_encode = msgspec.json.Encoder().encode


def routes(
    operations: list[Operation], house: House, doors: Mapping[Door, Doorkeeper]
) -> list[Route]:
    """Return one Starlette route per path; a path answers only the methods that it has."""
    by_path: dict[str, dict[str, Operation]] = {}
    for operation in operations:
        by_path.setdefault(operation.path, {})[operation.method] = operation
    return [
        Route(path, _Path(by_method, house, doors))
        for path, by_method in sorted(by_path.items(), key=lambda item: "{" in item[0])
    ]


class _Path:
    """The ASGI endpoint of one path: it picks the operation by the request's method."""

    def __init__(
        self, by_method: dict[str, Operation], house: House, doors: Mapping[Door, Doorkeeper]
    ) -> None:
        self._by_method = by_method
        self._house = house
        self._doors = doors

    async def __call__(self, scope: Scope_, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        operation = self._by_method.get(request.method)
        if operation is None:
            response = refusal_response(refuse("method_not_allowed"))
            response.headers["Allow"] = ", ".join(sorted(self._by_method))
        else:
            call = Call(self._house, request)
            response = await _answer(operation, call, self._doors[operation.door])
        await response(scope, receive, send)


async def _answer(operation: Operation, call: Call, door: Doorkeeper) -> Response:
    try:
        if operation.method != "GET":
            refuse_foreign_pages(call)
        await admit(operation, call, door)
        response = response_of(await _done(operation, call))
    except Refusal as refusal:
        response = refusal_response(refusal)
    except Exception as bug:
        log.exception("operation_failed", operation=operation.name, error=type(bug).__name__)
        response = refusal_response(refuse("internal"))
    for cookie in call.cookies:
        response.headers.append("Set-Cookie", cookie.header())
    return response


async def admit(operation: Operation, call: Call, door: Doorkeeper) -> None:
    """Say who calls, and let them in. Raises Refusal, ``signed_out`` for example."""
    await refuse_before_setup(operation, call.house)
    call.scope = (await door(call)).doing(operation.policy.purpose)
    permit(operation, call.scope)


async def refuse_before_setup(operation: Operation, house: House) -> None:
    """Let only the set-up page work until the controller is named (9a)."""
    if not (operation.name.startswith("setup.") or await house.is_set_up()):
        raise refuse("setup_required")


def refuse_foreign_pages(call: Call) -> None:
    """Refuse writes that another site's page could have caused (CSRF).

    Our pages send a custom header and have our origin.

    Raises Refusal ``wrong_origin``.
    """
    origin = call.header("origin")
    fetched_from = call.header("sec-fetch-site") or "same-origin"
    if (
        call.header("x-silkroad") != "1"
        or (origin and origin != call.house.settings.origin)
        or fetched_from != "same-origin"
    ):
        raise refuse("wrong_origin")


def permit(operation: Operation, scope: Scope) -> None:
    """Let the caller in, or raise Refusal what holds them, ``signed_out``, ``notice_required``,
    ``forbidden``.

    A stranger at the widget would leave something of theirs there: the notice comes first (P.2).
    """
    if scope.held and operation.policy.permission not in WHILE_HELD:
        raise refuse(scope.held)
    if scope.may(operation.policy.permission):
        return
    if scope.role != "anonymous":
        raise refuse("forbidden")
    raise refuse("notice_required" if operation.notice_first else "signed_out")


async def _done(operation: Operation, call: Call) -> Any:
    """Return what the operation makes of the request. A body of bytes has to find room first."""
    values = _words(operation, call)
    if not operation.raw:
        if operation.body:
            values["body"] = _decode(await call.body(MOST_JSON), operation.body)
        return await operation.handler(call, **values)
    if operation.rate:
        call.house.throttle.spend(operation.rate, f"{operation.name}|{call.scope.actor_id}")
    with call.house.arrivals.one(call.scope.actor_id) as take:
        values["body"] = await _arrived(call, operation.raw, take)
        return await operation.handler(call, **values)


async def _arrived(call: Call, most: int, take: Callable[[int], None]) -> bytes:
    try:
        async with asyncio.timeout(arrivals.WITHIN):
            return await call.body(most, take)
    except TimeoutError as slow:
        raise refuse("malformed", "This took too long to arrive.") from slow


def _words(operation: Operation, call: Call) -> dict[str, Any]:
    values: dict[str, Any] = {name: call.request.path_params[name] for name in operation.path_names}
    if operation.query:
        values["query"] = converted(dict(call.request.query_params), operation.query)
    return values


def converted(values: dict[str, str], kind: type[msgspec.Struct]) -> msgspec.Struct:
    """Return the Struct that texts by their names make. Raises Refusal ``invalid``."""
    try:
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as wrong:
        raise _invalid(wrong) from wrong


def _decode(body: bytes, kind: type[msgspec.Struct]) -> msgspec.Struct:
    try:
        return msgspec.json.decode(body or b"{}", type=kind)
    except msgspec.ValidationError as wrong:
        raise _invalid(wrong) from wrong
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as broken:
        raise refuse("malformed") from broken


def _invalid(wrong: msgspec.ValidationError) -> Refusal:
    sentence, _, place = str(wrong).partition(" - at `")
    field = FieldError(place.rstrip("`") or "$", "invalid", sentence)
    return Refusal("invalid", fields=(field,))


def response_of(result: Any) -> Response:
    """Return what an operation has made, as it is sent."""
    if isinstance(result, Download):
        about: dict[str, Any] = {"headers": result.headers, "media_type": result.media_type}
        if isinstance(result, Flow):
            return StreamingResponse(result.pieces, **about)
        return Response(result.data, **about)
    return Response(_encode(result), media_type="application/json")


def refusal_response(refusal: Refusal) -> Response:
    """Return a refusal as a problem document."""
    found = problem(refusal)
    response = Response(
        _encode(found),
        status_code=found.status,
        media_type="application/problem+json",
    )
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response

"""The one table from a refusal's kind to its HTTP status, and its one shape: RFC 9457."""

from __future__ import annotations

import msgspec

from silkroad.kit.errors import CODES, Kind, Refusal

STATUS: dict[Kind, int] = {
    Kind.MALFORMED: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.MISSING: 404,
    Kind.NOT_ALLOWED: 405,
    Kind.CONFLICT: 409,
    Kind.GONE: 410,
    Kind.TOO_LARGE: 413,
    Kind.UNSUPPORTED: 415,
    Kind.INVALID: 422,
    Kind.NOTICE_FIRST: 428,
    Kind.THROTTLED: 429,
    Kind.BROKEN: 500,
    Kind.UNAVAILABLE: 503,
    Kind.NO_ROOM: 507,
}


class ProblemField(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one field of the request."""

    path: str
    code: str
    detail: str


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every error, in the form of application/problem+json; ``retry_after`` is in seconds."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    fields: list[ProblemField] | None = None
    retry_after: int | None = None


def problem(refusal: Refusal) -> Problem:
    """Return what a client is told of a refusal."""
    fields = [ProblemField(path=f.path, code=f.code, detail=f.detail) for f in refusal.fields]
    return Problem(
        type=f"/problems/{refusal.code}",
        title=CODES[refusal.code][1],
        status=STATUS[refusal.kind],
        code=refusal.code,
        detail=refusal.detail,
        fields=fields or None,
        retry_after=refusal.retry_after,
    )

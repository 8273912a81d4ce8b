"""What the browser believes of the server is made from the server."""

from __future__ import annotations

from pathlib import Path

from silkroad import parts
from silkroad.http.openapi import document
from silkroad.http.typescript import types

WIRE = Path(__file__).parents[2] / "web" / "wire" / "wire.ts"


def test_the_typescript_types_are_the_servers_own() -> None:
    fresh = types(parts.OPERATIONS, parts.FRAMES, parts.SERVER_FRAMES, parts.NAMED)
    assert WIRE.read_text() == fresh, "stale: run `.venv/bin/silkroad types > web/wire/wire.ts`"


def test_every_operation_stands_in_the_openapi_document_with_its_policy() -> None:
    paths = document(parts.OPERATIONS)["paths"]
    told = {op["operationId"]: op["x-policy"] for path in paths.values() for op in path.values()}
    assert told.keys() == {operation.name for operation in parts.OPERATIONS}
    assert len(told) == len(parts.OPERATIONS), "two operations share a name"
    for operation in parts.OPERATIONS:
        assert told[operation.name]["permission"] == operation.policy.permission
        assert operation.doc, f"{operation.name} says nothing of itself"

"""The OpenAPI 3.1 document, made from the operations; ``x-policy`` tells each door's rule."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import fields

from silkroad import __version__
from silkroad.kit.permissions import Permission

from .errors import Problem
from .operations import Download, Operation

REF = "#/components/schemas/{name}"
REFUSALS = ("4XX", "503", "507")
"""A refusal's statuses. 500 is not among them: it is a mistake of ours, and nobody's to expect."""


def document(operations: list[Operation]) -> dict[str, Any]:
    """Return the document as plain JSON values."""
    kinds = [
        kind
        for o in operations
        for kind in (o.query, o.body, o.result)
        if kind not in {None, Download}
    ]
    _, components = msgspec.json.schema_components([*kinds, Problem], ref_template=REF)
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Silkroad", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "console": {"type": "apiKey", "in": "cookie", "name": "__Host-silkroad"},
                "widget": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "__Host-silkroad-visitor-{the inbox's id}",
                },
            },
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.doc.split("\n")[0],
        "tags": [operation.name.split(".")[0]],
        "parameters": _parameters(operation),
        "responses": {"200": _answer(operation), **{status: _problem() for status in REFUSALS}},
        "security": _security(operation),
        "x-policy": {
            "permission": operation.policy.permission,
            "purpose": operation.policy.purpose,
            "returns": sorted(operation.policy.returns),
            "audited": operation.policy.audited,
        },
    }
    if operation.body:
        needed = any(field.required for field in fields(operation.body))
        described["requestBody"] = _json(operation.body, required=needed)
    if operation.raw:
        content = {"application/octet-stream": {"schema": {"maxLength": operation.raw}}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    """Return whose cookie it takes. Whoever knocks may have one and needs none.

    Who has none is told at the widget to read the notice (428), rather than to sign in.
    """
    if operation.door == "public":
        return []
    needs_none = _may_knock(operation) or operation.notice_first
    return [{operation.door: []}, *([{}] if needs_none else [])]


def _may_knock(operation: Operation) -> bool:
    return operation.policy.permission is Permission.KNOCK


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    found = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in operation.path_names
    ]
    if operation.query:
        (schema,), components = msgspec.json.schema_components([operation.query], ref_template=REF)
        shape = components[schema["$ref"].rpartition("/")[2]]
        found += [
            {"name": name, "in": "query", "required": False, "schema": property_}
            for name, property_ in shape["properties"].items()
        ]
    if operation.method != "GET":
        header = {"type": "string", "const": "1"}
        found.append({"name": "X-Silkroad", "in": "header", "required": True, "schema": header})
    return found


def _answer(operation: Operation) -> dict[str, Any]:
    if operation.result is Download:
        return {"description": "The content.", "content": {"*/*": {"schema": {}}}}
    return {"description": "Done.", **_json(operation.result)}


def _problem() -> dict[str, Any]:
    schema = {"$ref": REF.format(name="Problem")}
    return {
        "description": "Refused, with a code.",
        "content": {"application/problem+json": {"schema": schema}},
    }


def _json(kind: Any, **extra: Any) -> dict[str, Any]:
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=REF)
    return {**extra, "content": {"application/json": {"schema": schema}}}

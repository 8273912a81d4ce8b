"""Words for strict JSON schemas: an object has what is written here, and nothing else."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
NUMBER: Schema = {"type": "integer", "minimum": 0}
YES: Schema = {"const": True}
NO: Schema = {"const": False}
SIZE: Schema = {"type": "string", "pattern": r"^\d+(m|g|Mi|Gi)$"}
SECONDS: Schema = {"type": "string", "pattern": r"^\d+s$"}
NAMES: Schema = {"type": "object", "additionalProperties": TEXT}


def one(*values: str) -> Schema:
    return {"enum": list(values)}


def matching(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def many(item: Schema, at_least: int = 1) -> Schema:
    return {"type": "array", "items": item, "minItems": at_least}


def named(item: Schema) -> Schema:
    """Any names, each with one of these."""
    return {"type": "object", "additionalProperties": item}


def thing(must: dict[str, Schema], may: dict[str, Schema] | None = None) -> Schema:
    """An object that has all of the first and some of the second."""
    return {
        "type": "object",
        "properties": {**must, **(may or {})},
        "required": list(must),
        "additionalProperties": False,
    }

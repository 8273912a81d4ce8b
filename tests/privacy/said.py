"""What audit entries and JSON values say, found by looking: in calls, and in shapes of values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args, get_type_hints

from msgspec import Struct

from silkroad.kit.inventory import Declarations
from tests.privacy.declared import Schema
from tests.privacy.held import calling, fields

Code = Iterable[tuple[str, ast.Module]]

ENCODES = ("json.encode", "json.encode_into", "json.Encoder", "json.dumps", "json.dump")
"""What a call is named that makes JSON of something, by its last words."""


def entries(code: Code, known: Declarations) -> Schema:
    """Return what entries of the audit trail say by keys, by their actions: in every call.

    An action that is put together stands for all declared ones that it may become.
    """
    found: dict[str, set[str]] = {}
    for _, tree in code:
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and call.keywords and _records(call.func):
                keys = {one.arg or "**" for one in call.keywords}
                for action in _actions(call.args[0] if call.args else None, known):
                    found.setdefault(action, set()).update(keys)
    return fields(dict(found))


def _records(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and called.attr == "audit"


def _actions(said: ast.expr | None, known: Iterable[str]) -> set[str]:
    """Return which actions an expression may be; ``?`` where nobody can tell."""
    if isinstance(said, ast.IfExp):
        return _actions(said.body, known) | _actions(said.orelse, known)
    if isinstance(said, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else None for p in said.values)
        form = re.compile("".join(".+" if p is None else re.escape(str(p)) for p in parts))
        return {action for action in known if form.fullmatch(action)} or {form.pattern}
    return {str(said.value)} if isinstance(said, ast.Constant) else {"?"}


def encoders(code: Code) -> set[str]:
    """Return which functions make JSON of something."""
    return {place for module, tree in code for place in calling(module, tree, _encodes)}


def _encodes(call: ast.Call) -> bool:
    return ast.unparse(call.func).endswith(ENCODES)


def documents(kept: Mapping[str, tuple[type[Any], ...]]) -> Schema:
    """Return the fields of what columns keep as JSON, down to the innermost."""
    return fields({column: _fields(shapes) for column, shapes in kept.items() if shapes})


def _fields(shapes: Iterable[type[Any]], before: str = "") -> set[str]:
    found: set[str] = set()
    for shape in shapes:
        for name, kind in get_type_hints(shape).items():
            inside = list(_shapes(kind))
            found |= _fields(inside, f"{before}{name}.") if inside else {before + name}
    return found


def _shapes(kind: Any) -> Iterator[type[Any]]:
    if isinstance(kind, type) and issubclass(kind, Struct):
        yield kind
    for part in get_args(kind):
        yield from _shapes(part)

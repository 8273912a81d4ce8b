"""What a writer is handed: actions that wait to be run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from silkroad.kit.scope import Scope


class Order(NamedTuple):
    """An action that waits, and who waits for it."""

    scope: Scope
    action: Callable[..., Any]
    arguments: tuple[Any, ...]
    named: dict[str, Any]
    answer: Any

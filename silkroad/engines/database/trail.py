"""What an entry of the audit trail says besides who did what: only what is declared. Clause P.1.

Each action has its own list. A key that is not on it is about nobody knows whom, so nothing is
written, and what would have been on record is undone with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from silkroad.kit.inventory import Declarations

from .seals import Undeclared

_keys: set[tuple[str, str]] = set()


def learn(entries: Iterable[Declarations]) -> None:
    """Take over what entries may say, by their actions; what was learned before stays."""
    for actions in entries:
        for action, known in actions.items():
            _keys.update((action, key) for key in known)


def admit(action: str, detail: Iterable[str]) -> None:
    """Let details into an entry. Raises Undeclared for a key that its action does not declare."""
    for key in detail:
        if (action, key) not in _keys:
            raise Undeclared(f"audit {action}.{key}: nobody declares it")

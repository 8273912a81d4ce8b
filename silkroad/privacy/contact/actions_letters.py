"""What somebody wrote to the contact, for the copy of all that is held of them. Clause 6.1a.

It is theirs when it came from their chat, or the team has bound it to them. What a guardian wrote
about a child is the guardian's, and in no copy of the child's.
"""

from __future__ import annotations

from typing import Any

from silkroad.engines.database import Transaction
from silkroad.privacy.holdings import told

from . import messages, store
from .model import reference


def next_letter(tx: Transaction, visitor_id: str, after: str) -> dict[str, Any] | None:
    """Return a visitor's first request behind another's id, with what was said; None at the end.

    It names no colleague who answered.
    """
    request = store.next_of(tx, visitor_id, after)
    if request is None:
        return None
    times = ("received_at", "answered_at", "closed_at")
    return {
        "id": request.id,
        "reference": reference(request.id),
        "kind": request.kind,
        "state": request.state,
        "language": request.language,
        "reach": store.reach_of(tx, request),
        "verified_by": request.verified_by,
        "outcome": request.outcome,
        **{name: told(name, getattr(request, name)) for name in times},
        "messages": [
            {"author": said.author, "at": told("at", said.at), "text": said.text}
            for said in messages.all_of(tx, request.id)
        ],
    }

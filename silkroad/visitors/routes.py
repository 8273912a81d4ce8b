"""The widget's door: the visitor's cookie of this inbox, and nothing else."""

from __future__ import annotations

from silkroad.http import Call, visitor_cookie
from silkroad.inboxes import find_inbox
from silkroad.kit.scope import Scope, anonymous
from silkroad.privacy.campaigns import came_back

from . import actions


async def visitor_door(call: Call) -> Scope:
    """Return the visitor's scope, or an anonymous one within the inbox's workspace.

    Raises Refusal ``not_found`` for an inbox that does not exist.
    """
    inbox_id: str = call.request.path_params["inbox_id"]
    workspace_id = await call.house.db.read(anonymous(), find_inbox, inbox_id)
    stranger = Scope(
        workspace_id, "anonymous", "anonymous", "anonymous", inbox_ids=frozenset({inbox_id})
    )
    token = call.cookie(visitor_cookie(inbox_id))
    if not token:
        return stranger
    scope = await call.house.db.read(stranger, actions.enter, inbox_id, token)
    if scope is None:
        return stranger
    await came_back(call.house, scope)
    return scope

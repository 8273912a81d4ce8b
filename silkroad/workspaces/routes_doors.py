"""The doors: who is calling, from the session cookie and the membership as it is now."""

from __future__ import annotations

from silkroad import accounts
from silkroad.http import CONSOLE, Call, Cookie
from silkroad.kit.clock import SECOND
from silkroad.kit.scope import Scope, anonymous

from . import actions_entry


async def console_door(call: Call) -> Scope:
    """Return the scope of a member or the operator; without an open session, of nobody.

    A session that is in use is noted at most once a minute. One whose owner has got another role
    goes on under a new token.
    """
    token = call.cookie(CONSOLE)
    if not token:
        return anonymous()
    db = call.house.db
    entry = await db.read(anonymous(), actions_entry.enter, token)
    if entry is None:
        return anonymous()
    session_id, role = entry.session.id, entry.scope.role
    if entry.promoted:
        renewed = await db.write(anonymous(), accounts.rotate_session, session_id, role)
        if renewed:
            remember(call, renewed)
    elif entry.tired:
        await db.write(anonymous(), accounts.touch_session, session_id)
    return entry.scope


async def public_door(call: Call) -> Scope:  # noqa: ARG001 - a door's signature
    """Return the scope of nobody: who comes here has still to say who they are."""
    return anonymous()


def remember(call: Call, token: str) -> None:
    """Put a session's token into the browser's cookie."""
    call.set_cookie(Cookie(CONSOLE, token, accounts.LONGEST // SECOND))

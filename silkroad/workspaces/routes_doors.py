"""The doors: who is calling, from the session cookie and the membership as it is now."""

from __future__ import annotations

from silkroad import accounts
from silkroad.http import CONSOLE, Call, Cookie
from silkroad.kit.clock import SECOND
from silkroad.kit.errors import Kind, Refusal
from silkroad.kit.scope import Scope, anonymous

from . import actions_entry
from .actions_entry import Entry

NO_WRITING = {Kind.NO_ROOM, Kind.UNAVAILABLE}


async def console_door(call: Call) -> Scope:
    """Return the scope of a member or the operator; without an open session, of nobody.

    A session that is in use is noted at most once a minute. One whose owner has got another role
    goes on under a new token. Where nothing can be written, that waits, and reading goes on.
    """
    token = call.cookie(CONSOLE)
    if not token:
        return anonymous()
    entry = await call.house.db.read(anonymous(), actions_entry.enter, token)
    if entry is None:
        return anonymous()
    try:
        await _note(call, entry)
    except Refusal as refusal:
        if refusal.kind not in NO_WRITING:
            raise
    return entry.scope


async def _note(call: Call, entry: Entry) -> None:
    """Write down that a session is in use, or goes on in another role."""
    db, session_id, role = call.house.db, entry.session.id, entry.scope.role
    if entry.promoted:
        renewed = await db.write(anonymous(), accounts.rotate_session, session_id, role)
        if renewed:
            remember(call, renewed)
    elif entry.tired:
        await db.write(anonymous(), accounts.touch_session, session_id)


async def public_door(call: Call) -> Scope:  # noqa: ARG001 - a door's signature
    """Return the scope of nobody: who comes here has still to say who they are."""
    return anonymous()


def remember(call: Call, token: str) -> None:
    """Put a session's token into the browser's cookie."""
    call.set_cookie(Cookie(CONSOLE, token, accounts.LONGEST // SECOND))

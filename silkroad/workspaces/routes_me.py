"""HTTP operations on oneself: profile, presence, workspace, password and authenticator."""

from __future__ import annotations

import asyncio
from typing import Literal

import msgspec

from silkroad import accounts
from silkroad.accounts import MyAccount, Opened
from silkroad.engines.notify.vapid import public_key
from silkroad.http import CONSOLE, Call, Cookie, Empty, operation
from silkroad.kit.errors import refuse
from silkroad.kit.fields import CodeText, IdText, NameText, PasswordText
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.permissions import Permission
from silkroad.kit.scope import anonymous

from . import actions, actions_entry
from .actions_entry import Browser
from .model import Member, MyWorkspace, Workspace
from .routes_doors import remember

ABOUT_ME = {DataClass.ACCOUNT, DataClass.CONTACT, DataClass.WORK_ROLE}


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Who one is, where, and what else one may be.

    ``vapid_public_key`` is null where push is off; how one signs in may be changed until
    ``fresh_until``.
    """

    account: MyAccount
    member: Member
    workspace: Workspace
    workspaces: list[MyWorkspace]
    language: Language
    vapid_public_key: str | None
    fresh_until: int


class MeChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another name or language; what is absent stays."""

    name: NameText | None = None
    language: Language | None = None


class PresenceChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Here, or away."""

    presence: Literal["online", "away"]


class WorkspaceChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The workspace to go to."""

    workspace_id: IdText


class NewPassword(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The password to sign in with from now on."""

    password: PasswordText


class TotpCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the authenticator shows now."""

    code: CodeText


def browser(call: Call) -> Browser:
    """Return where the caller signs in."""
    return Browser(call.agent, call.cookie(CONSOLE))


async def welcome(call: Call, opened: Opened) -> Me:
    """Let somebody in who has just signed in, and tell them who they are."""
    remember(call, opened.token)
    entry = await call.house.db.read(anonymous(), actions_entry.enter, opened.token)
    if entry is None:
        raise refuse("signed_out")
    call.scope = entry.scope
    return await me(call)


async def me(call: Call) -> Me:
    """Return everything about the caller."""
    found = await call.house.db.read(call.scope.doing(Purpose.TEAMWORK), actions_entry.mine)
    hub, workspace = call.house.hub, found.workspace
    presence = hub.presence_of(workspace.id, found.member.id)
    wakes = workspace.push and call.house.vapid_key
    return Me(
        account=found.account,
        member=msgspec.structs.replace(found.member, presence=presence),
        workspace=workspace,
        workspaces=found.workspaces,
        language=found.language,
        vapid_public_key=public_key(call.house.vapid_key) if wakes else None,
        fresh_until=found.fresh_until,
    )


@operation(
    "me.read",
    "GET",
    "/api/me",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.TEAMWORK,
    returns=ABOUT_ME,
    audited=False,
)
async def read_me(call: Call) -> Me:
    """Say who the caller is."""
    return await me(call)


@operation(
    "me.update",
    "PATCH",
    "/api/me",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.TEAMWORK,
    returns=ABOUT_ME,
    audited=False,
)
async def change_me(call: Call, body: MeChange) -> Me:
    """Change one's name or language."""
    await call.house.db.write(call.scope, actions_entry.change_me, body.name, body.language)
    return await me(call)


@operation(
    "me.presence",
    "PUT",
    "/api/me/presence",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.TEAMWORK,
    returns=set(),
    audited=False,
)
async def set_presence(call: Call, body: PresenceChange) -> Empty:
    """Step away, or come back."""
    scope = call.scope
    call.house.hub.set_away(scope.workspace_id, scope.actor_id, away=body.presence == "away")
    return Empty()


@operation(
    "me.switch",
    "PUT",
    "/api/me/workspace",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.TEAMWORK,
    returns=ABOUT_ME,
    audited=True,
)
async def switch_workspace(call: Call, body: WorkspaceChoice) -> Me:
    """Go to another of one's workspaces."""
    switch = actions_entry.switch
    return await welcome(
        call, await call.house.db.write(call.scope, switch, body.workspace_id, call.agent)
    )


@operation(
    "me.leave",
    "DELETE",
    "/api/me/membership",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.TEAMWORK,
    returns=set(),
    audited=True,
)
async def leave(call: Call) -> Empty:
    """Leave the workspace; its last administrator cannot."""
    await call.house.db.write(call.scope, actions.leave)
    call.set_cookie(Cookie(CONSOLE, "", 0))
    return Empty()


@operation(
    "password.set",
    "PUT",
    "/api/me/password",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.AUTHENTICATION,
    returns=ABOUT_ME,
    audited=True,
)
async def set_password(call: Call, body: NewPassword) -> Me:
    """Set a password; all other sessions end."""
    before = await me(call)
    accounts.refuse_weak(body.password, about=(before.account.phone, before.member.name))
    await call.house.db.read(call.scope, accounts.require_fresh)
    hashed = await asyncio.to_thread(accounts.hashed, body.password)
    await call.house.db.write(call.scope, accounts.set_password, hashed)
    return await me(call)


@operation(
    "password.remove",
    "DELETE",
    "/api/me/password",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.AUTHENTICATION,
    returns=ABOUT_ME,
    audited=True,
)
async def remove_password(call: Call) -> Me:
    """Take the password away, if another way to sign in is left; all other sessions end."""
    works = accounts.codes_work(call)
    await call.house.db.write(call.scope, accounts.remove_password, codes_work=works)
    return await me(call)


@operation(
    "totp.confirm",
    "PUT",
    "/api/me/totp",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.AUTHENTICATION,
    returns=ABOUT_ME,
    audited=True,
)
async def confirm_totp(call: Call, body: TotpCode) -> Me:
    """Put the authenticator in force; all other sessions end."""
    await call.house.db.write(call.scope, accounts.confirm_totp, body.code)
    return await me(call)


@operation(
    "totp.remove",
    "DELETE",
    "/api/me/totp",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.AUTHENTICATION,
    returns=ABOUT_ME,
    audited=True,
)
async def remove_totp(call: Call) -> Me:
    """Take the authenticator away; all other sessions end."""
    await call.house.db.write(call.scope, accounts.remove_totp)
    return await me(call)


operations = [
    read_me,
    change_me,
    set_presence,
    switch_workspace,
    leave,
    set_password,
    remove_password,
    confirm_totp,
    remove_totp,
]

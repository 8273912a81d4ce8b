"""HTTP operations on one's own account: sessions, authenticator, passkeys."""

from __future__ import annotations

import asyncio

import msgspec

from silkroad.http import CONSOLE, Call, Cookie, Empty, operation
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission
from silkroad.kit.scope import anonymous

from . import actions, actions_credentials, passkeys, passwords, routes_proofs
from .passkeys import Passkey
from .routes_proofs import PasskeyAnswer, PasskeyOptions
from .sessions import Kind, Listed

PASSKEY_NAME = "Passkey"


class SessionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """One browser that somebody is signed in on."""

    id: str
    current: bool
    created_at: int
    seen_at: int
    agent: str
    kind: Kind


class SessionList(msgspec.Struct, frozen=True):
    """All browsers that the caller is signed in on, the one used last first."""

    items: list[SessionInfo]


class TotpSecret(msgspec.Struct, frozen=True):
    """A new authenticator secret, shown this once: base32, and as an otpauth:// address."""

    secret: str
    uri: str


class PasskeyList(msgspec.Struct, frozen=True):
    """All passkeys of the caller."""

    items: list[Passkey]


@operation(
    "account.passkey_options",
    "POST",
    "/api/sign-in/passkey/options",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.AUTHENTICATION,
    returns=set(),
    audited=False,
)
async def sign_in_options(call: Call, body: Empty) -> PasskeyOptions:
    """Ask for a challenge to sign in with a passkey."""
    return await routes_proofs.passkey_options(call)


@operation(
    "account.sign_out",
    "POST",
    "/api/sign-out",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.AUTHENTICATION,
    returns=set(),
    audited=False,
)
async def sign_out(call: Call, body: Empty) -> Empty:
    """End the session of this browser."""
    await call.house.db.write(anonymous(), actions.sign_out, call.cookie(CONSOLE))
    call.set_cookie(Cookie(CONSOLE, "", 0))
    return Empty()


@operation(
    "sessions.list",
    "GET",
    "/api/me/sessions",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.SECURITY,
    returns={DataClass.ACCOUNT, DataClass.DEVICE},
    audited=False,
)
async def list_sessions(call: Call) -> SessionList:
    """List the browsers that the caller is signed in on."""
    found = await call.house.db.read(call.scope, actions.list_own_sessions)
    return SessionList([_info(call, listed) for listed in found])


def _info(call: Call, listed: Listed) -> SessionInfo:
    session, agent = listed
    return SessionInfo(
        id=session.id,
        current=session.id == call.scope.session_id,
        created_at=session.created_at,
        seen_at=session.seen_at,
        agent=agent,
        kind=session.kind,
    )


@operation(
    "sessions.revoke",
    "DELETE",
    "/api/me/sessions/{session_id}",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.SECURITY,
    returns=set(),
    audited=True,
)
async def revoke_session(call: Call, session_id: str) -> Empty:
    """Sign the caller out on one browser."""
    await call.house.db.write(call.scope, actions.revoke_session, session_id)
    return Empty()


@operation(
    "sessions.revoke_others",
    "DELETE",
    "/api/me/sessions",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.SECURITY,
    returns=set(),
    audited=True,
)
async def revoke_others(call: Call) -> Empty:
    """Sign the caller out everywhere else."""
    await call.house.db.write(call.scope, actions.revoke_other_sessions)
    return Empty()


@operation(
    "totp.start",
    "POST",
    "/api/me/totp",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.AUTHENTICATION,
    returns={DataClass.ACCOUNT},
    audited=False,
)
async def start_totp(call: Call, body: Empty) -> TotpSecret:
    """Make an authenticator secret; it counts once a code of it was confirmed."""
    secret = await call.house.db.write(call.scope, actions_credentials.start_totp)
    account = await call.house.db.read(call.scope, actions.my_account)
    return TotpSecret(secret, passwords.totp_uri(secret, account.phone))


@operation(
    "passkeys.list",
    "GET",
    "/api/me/passkeys",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.AUTHENTICATION,
    returns={DataClass.ACCOUNT},
    audited=False,
)
async def list_passkeys(call: Call) -> PasskeyList:
    """List the caller's passkeys."""
    found = await call.house.db.read(call.scope, actions_credentials.list_own_passkeys)
    return PasskeyList(found)


@operation(
    "passkeys.options",
    "POST",
    "/api/me/passkeys/options",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.AUTHENTICATION,
    returns={DataClass.ACCOUNT},
    audited=False,
)
async def passkey_options(call: Call, body: Empty) -> PasskeyOptions:
    """Ask for a challenge to add a passkey."""
    asked, account = await call.house.db.write(call.scope, actions_credentials.begin_passkey)
    options = passkeys.registration_options(
        routes_proofs.site(call), asked.challenge, account.id, account.phone, asked.have
    )
    return PasskeyOptions(asked.id, options)


@operation(
    "passkeys.add",
    "POST",
    "/api/me/passkeys",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.AUTHENTICATION,
    returns={DataClass.ACCOUNT},
    audited=True,
)
async def add_passkey(call: Call, body: PasskeyAnswer) -> Passkey:
    """Add the passkey that a device made; all other sessions end."""
    db = call.house.db
    challenge = await db.write(
        call.scope, actions_credentials.take_own_challenge, body.challenge_id
    )
    made = await asyncio.to_thread(
        passkeys.verified_registration, routes_proofs.site(call), challenge, body.credential
    )
    name = body.name or PASSKEY_NAME
    return await db.write(call.scope, actions_credentials.add_passkey, made, name)


@operation(
    "passkeys.remove",
    "DELETE",
    "/api/me/passkeys/{passkey_id}",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.AUTHENTICATION,
    returns=set(),
    audited=True,
)
async def remove_passkey(call: Call, passkey_id: str) -> Empty:
    """Remove a passkey; all other sessions end."""
    works = routes_proofs.codes_work(call)
    await call.house.db.write(
        call.scope, actions_credentials.remove_passkey, passkey_id, codes_work=works
    )
    return Empty()


operations = [
    sign_in_options,
    sign_out,
    list_sessions,
    revoke_session,
    revoke_others,
    start_totp,
    list_passkeys,
    passkey_options,
    add_passkey,
    remove_passkey,
]

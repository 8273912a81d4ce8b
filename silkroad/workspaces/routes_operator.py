"""HTTP operations of set-up and of the operator, who sees workspaces but nothing in them.

Clauses 9a, 2.2c.
"""

from __future__ import annotations

import msgspec

from silkroad import __version__, accounts
from silkroad.engines.notify.sms import SmsState
from silkroad.http import Call, operation
from silkroad.installation import Controller
from silkroad.kit.fields import CompanyText, NameText, PhoneText, TokenText
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.permissions import Permission
from silkroad.kit.phones import normalised
from silkroad.kit.scope import anonymous, system
from silkroad.privacy.imports import Attestation

from . import actions_entry, actions_invitations, actions_operator
from .actions_operator import WorkspaceSummary
from .routes_doors import remember
from .routes_invitations import link
from .routes_me import ABOUT_ME, Me, browser, welcome


class SetupRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who answers for the installation, and its first company and administrator."""

    token: TokenText
    controller: Controller
    company_name: CompanyText
    region: str
    administrator_name: NameText
    administrator_phone: PhoneText
    language: Language


class OperatorToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands behind the # of the operator's link."""

    token: TokenText


class ControllerChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who answers for the installation from now on.

    ``policy_hash``: the version of the policy that a successor accepts, where the name is another.
    """

    controller: Controller
    policy_hash: str | None = None


class AdministratorRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A company and the person who will run its workspace."""

    company_name: CompanyText
    region: str
    name: NameText
    phone: PhoneText
    attestation: Attestation | None = None


class AdministratorLink(msgspec.Struct, frozen=True):
    """The link to pass on to them, shown this once."""

    url: str
    expires_at: int


class Installation(msgspec.Struct, frozen=True, kw_only=True):
    """The installation as its operator sees it."""

    controller: Controller
    sms: SmsState
    version: str
    workspaces: list[WorkspaceSummary]


@operation(
    "setup.complete",
    "POST",
    "/api/setup",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.REGISTRATION,
    returns=ABOUT_ME,
    audited=True,
)
async def complete_setup(call: Call, body: SetupRequest) -> Me:
    """Set the installation up with the one-time link that the server printed."""
    accounts.knock(call)
    founding = actions_entry.founding(
        body.company_name,
        body.region,
        body.administrator_name,
        body.administrator_phone,
        body.language,
        "$.administrator_phone",
    )
    opened = await call.house.db.write(
        system(purpose=call.scope.purpose),
        actions_entry.set_up,
        body.token,
        body.controller,
        founding,
        browser(call),
    )
    call.house.set_up = True
    await call.house.policy_told()
    return await welcome(call, opened)


@operation(
    "operator.enter",
    "POST",
    "/api/operator/enter",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.OPERATION,
    returns={DataClass.CONTACT},
    audited=True,
)
async def enter_as_operator(call: Call, body: OperatorToken) -> Installation:
    """Come in as the operator, with a link from the server's terminal."""
    accounts.knock(call)
    opened = await call.house.db.write(
        anonymous(), actions_entry.enter_as_operator, body.token, browser(call)
    )
    remember(call, opened.token)
    return await _installation(call)


@operation(
    "operator.read",
    "GET",
    "/api/operator",
    permission=Permission.OPERATE,
    purpose=Purpose.OPERATION,
    returns={DataClass.CONTACT},
    audited=False,
)
async def read_installation(call: Call) -> Installation:
    """Show the installation."""
    return await _installation(call)


@operation(
    "operator.update",
    "PATCH",
    "/api/operator",
    permission=Permission.OPERATE,
    purpose=Purpose.OPERATION,
    returns={DataClass.CONTACT},
    audited=True,
)
async def change_installation(call: Call, body: ControllerChange) -> Installation:
    """Name another contact, or a successor who accepts the policy as it is; everybody is told."""
    await call.house.db.write(
        call.scope,
        actions_operator.change_controller,
        body.controller,
        body.policy_hash,
        call.house.policy_kept,
    )
    return await _installation(call)


@operation(
    "operator.invite",
    "POST",
    "/api/operator/administrators",
    permission=Permission.OPERATE,
    purpose=Purpose.REGISTRATION,
    returns=set(),
    audited=True,
)
async def invite_administrator(call: Call, body: AdministratorRequest) -> AdministratorLink:
    """Found a workspace and make the link with which its first administrator comes in."""
    made = await call.house.db.write(
        call.scope,
        actions_invitations.invite_administrator,
        body.company_name,
        body.region,
        body.name,
        normalised(body.phone),
        body.attestation,
    )
    return AdministratorLink(link(call, made.token), made.invitation.expires_at)


async def _installation(call: Call) -> Installation:
    controller, workspaces = await call.house.db.read(system(), actions_operator.overview)
    return Installation(
        controller=controller,
        sms=call.house.sms.state,
        version=__version__,
        workspaces=workspaces,
    )


operations = [
    complete_setup,
    enter_as_operator,
    read_installation,
    change_installation,
    invite_administrator,
]

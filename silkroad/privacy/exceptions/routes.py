"""HTTP operations on exceptions: administrators keep the register, people see and refuse theirs."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import msgspec

from silkroad.http import Call, Download, Empty, operation
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.permissions import Permission
from silkroad.privacy.copies import EVERYTHING, Order, copy_of

from . import actions, actions_authority
from .actions import Surroundings
from .model import (
    KINDS,
    NOT_OFFERED,
    Code,
    ExceptionDraft,
    ExceptionKind,
    ExceptionNotice,
    ExceptionRecord,
    ExceptionUse,
    shown_kind,
)

NEWEST = 2**53
RECORDS = {DataClass.AUDIT}
OWN = {DataClass.AUDIT, DataClass.CONSENT}


class ExceptionList(msgspec.Struct, frozen=True):
    """The register, the newest first; and what the form offers: kinds, purposes, EX07's fields."""

    items: list[ExceptionRecord]
    kinds: list[ExceptionKind]
    purposes: list[Purpose]
    contract_fields: dict[str, DataClass]


class ReportQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where to go on: uses with numbers below this one."""

    before: Annotated[int, msgspec.Meta(ge=0, le=NEWEST)] = NEWEST


class ExceptionReport(msgspec.Struct, frozen=True):
    """Uses, the newest first; ``before`` asks for the older ones, None when there are none."""

    items: list[ExceptionUse]
    before: int | None


class ExceptionsAboutMe(msgspec.Struct, frozen=True):
    """What somebody was told afterwards, and to which kinds they have said no."""

    notices: list[ExceptionNotice]
    refused: list[Code]


class AuthorityCopy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A copy for an authority, with its pages in this language."""

    language: Language


class ExceptionRefusal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody says no to a kind that depends on them, or takes the no back."""

    code: Code
    refused: bool


@operation(
    "exceptions.list",
    "GET",
    "/api/exceptions",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=RECORDS,
    audited=False,
)
async def list_exceptions(call: Call) -> ExceptionList:
    """Return the register and what may be asked for."""
    items = await call.house.db.read(call.scope, actions.list_exceptions)
    around = _surroundings(call)
    kinds = [shown_kind(kind, press=around.press) for kind in KINDS.values()]
    purposes = [purpose for purpose in Purpose if purpose not in NOT_OFFERED]
    return ExceptionList(items, kinds, purposes, dict(around.contract_fields))


@operation(
    "exceptions.propose",
    "POST",
    "/api/exceptions",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=RECORDS,
    audited=True,
)
async def propose_exception(call: Call, body: ExceptionDraft) -> ExceptionRecord:
    """Ask for an exception; most wait for others to approve them."""
    around = _surroundings(call)
    return await call.house.db.write(call.scope, actions.propose, body, around)


@operation(
    "exceptions.report",
    "GET",
    "/api/exceptions/report",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=RECORDS,
    audited=False,
)
async def report_exceptions(call: Call, query: ReportQuery) -> ExceptionReport:
    """Return every use of every exception."""
    report = await call.house.db.read(call.scope, actions.report, query.before)
    return ExceptionReport(report.items, report.before)


@operation(
    "exceptions.read",
    "GET",
    "/api/exceptions/{exception_id}",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=RECORDS,
    audited=False,
)
async def read_exception(call: Call, exception_id: str) -> ExceptionRecord:
    """Return one exception; so also one that is not in everybody's list, to approve it."""
    return await call.house.db.read(call.scope, actions.by_id, exception_id)


@operation(
    "exceptions.approve",
    "POST",
    "/api/exceptions/{exception_id}/approvals",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=RECORDS,
    audited=True,
)
async def approve_exception(call: Call, exception_id: str, body: Empty) -> ExceptionRecord:
    """Agree to an exception that somebody else asked for."""
    return await call.house.db.write(
        call.scope, actions.approve, exception_id, call.house.admins_of
    )


@operation(
    "exceptions.copies",
    "POST",
    "/api/exceptions/{exception_id}/copies",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=EVERYTHING,
    audited=True,
)
async def copy_for_authority(call: Call, exception_id: str, body: AuthorityCopy) -> Download:
    """Return copies of the people whom an investigation names, of the data that it reaches."""
    write, who = call.house.db.write, call.house.who_answers
    found = await write(call.scope, actions_authority.hand_over, exception_id)
    order = Order(
        scope=call.scope,
        people=found.people,
        classes=found.classes,
        language=body.language,
        who=await call.house.db.read(call.scope, who),
        made_at=call.house.clock.now(),
        left_out=found.left_out,
        permission=Permission.MANAGE_PRIVACY,
        still=partial(actions_authority.require_open, exception_id=exception_id),
    )
    return copy_of(call.house, order, f"{exception_id}.zip")


@operation(
    "exceptions.end",
    "DELETE",
    "/api/exceptions/{exception_id}",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=RECORDS,
    audited=True,
)
async def end_exception(call: Call, exception_id: str) -> ExceptionRecord:
    """End an exception at once; its record and its uses stay."""
    return await call.house.db.write(call.scope, actions.end, exception_id)


@operation(
    "exceptions.about_me",
    "GET",
    "/api/me/exceptions",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.ACCOUNTABILITY,
    returns=OWN,
    audited=False,
)
async def exceptions_about_me(call: Call) -> ExceptionsAboutMe:
    """Tell a member what was done with their data under an exception that is over."""
    return await _about(call)


@operation(
    "exceptions.refuse",
    "PUT",
    "/api/me/exceptions/refusals",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.ACCOUNTABILITY,
    returns=OWN,
    audited=True,
)
async def refuse_as_member(call: Call, body: ExceptionRefusal) -> ExceptionsAboutMe:
    """Let a member say no to what depends on them, such as the use of what is public."""
    return await _refuse(call, body)


@operation(
    "widget.exceptions",
    "GET",
    "/api/widget/{inbox_id}/exceptions",
    door="widget",
    permission=Permission.TAKE_BACK,
    purpose=Purpose.ACCOUNTABILITY,
    returns=OWN,
    audited=False,
)
async def exceptions_about_visitor(call: Call, inbox_id: str) -> ExceptionsAboutMe:
    """Tell a visitor what was done with their data under an exception that is over."""
    return await _about(call)


@operation(
    "widget.refuse_exception",
    "PUT",
    "/api/widget/{inbox_id}/exceptions/refusals",
    door="widget",
    permission=Permission.TAKE_BACK,
    purpose=Purpose.ACCOUNTABILITY,
    returns=OWN,
    audited=True,
)
async def refuse_as_visitor(call: Call, inbox_id: str, body: ExceptionRefusal) -> ExceptionsAboutMe:
    """Let a visitor say no to what depends on them, such as the use of what is public."""
    return await _refuse(call, body)


async def _refuse(call: Call, body: ExceptionRefusal) -> ExceptionsAboutMe:
    await call.house.db.write(
        call.scope,
        actions.refuse_public_sources,
        call.scope.actor_id,
        body.code,
        no=body.refused,
    )
    return await _about(call)


async def _about(call: Call) -> ExceptionsAboutMe:
    about = await call.house.db.read(call.scope, actions.about_me)
    return ExceptionsAboutMe(about.notices, about.refused)


def _surroundings(call: Call) -> Surroundings:
    press = call.house.settings.deployment_type == "press"
    return Surroundings(call.house.contract_fields, press)


operations = [
    list_exceptions,
    propose_exception,
    report_exceptions,
    read_exception,
    approve_exception,
    copy_for_authority,
    end_exception,
    exceptions_about_me,
    refuse_as_member,
    exceptions_about_visitor,
    refuse_as_visitor,
]

"""HTTP operations of research: for administrators."""

from __future__ import annotations

import asyncio

import msgspec

from silkroad.http import Call, Download, operation
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission
from silkroad.kit.scope import system
from silkroad.privacy import assessments
from silkroad.privacy.anonymous import CEILING, FLOOR, anonymise

from . import actions
from .model import (
    ATTRIBUTES,
    COLUMNS,
    CrowdSize,
    Extract,
    Figures,
    Form,
    MonthText,
    ResearchMonth,
    as_csv,
)

MOST_TRIES = 3
"""So often a month is made, if each time somebody says no or is erased before it is kept."""


class Research(msgspec.Struct, frozen=True, kw_only=True):
    """What an extract tells, by ``columns``; how many people stand behind each line of the next
    one, and between which numbers that may be chosen; and the months that are over.
    """

    columns: list[str]
    k: int
    floor: int
    ceiling: int
    months: list[ResearchMonth]


class ResearchSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many people at least stand behind each line of what is given out from now on."""

    k: CrowdSize


class ExtractWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which month, and as what."""

    month: MonthText
    form: Form


@operation(
    "research.read",
    "GET",
    "/api/research",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.NONE},
    audited=False,
)
async def read_research(call: Call) -> Research:
    """Return how conversations are made anonymous, and which months were given out."""
    return await _research(call)


@operation(
    "research.set",
    "PUT",
    "/api/research",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.NONE},
    audited=True,
)
async def set_research(call: Call, body: ResearchSetting) -> Research:
    """Choose how many people stand behind each line; a month that was given out stays as it is."""
    await call.house.db.write(call.scope, actions.set_k, body.k)
    return await _research(call)


async def _research(call: Call) -> Research:
    k = await call.house.db.read(call.scope, actions.k_of)
    months = await call.house.db.read(call.scope, actions.months)
    return Research(columns=COLUMNS, k=k, floor=FLOOR, ceiling=CEILING, months=months)


@operation(
    "research.extract",
    "POST",
    "/api/research/extracts",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.RESEARCH,
    returns={DataClass.NONE},
    audited=True,
)
async def extract_month(call: Call, body: ExtractWish) -> Download:
    """Give a month out, anonymous, under a living exception for research; it counts as a use."""
    extract = await _given_out(call, body.month)
    as_json = body.form == "json"
    return Download(
        msgspec.json.encode(extract) if as_json else as_csv(extract),
        "application/json" if as_json else "text/csv; charset=utf-8",
        {
            "Content-Disposition": f'attachment; filename="conversations-{body.month}.{body.form}"',
            "Cache-Control": "private, no-store",
        },
    )


async def _given_out(call: Call, month: str) -> Extract:
    """Make the figures anew for as long as people leave meanwhile, but not without an end."""
    db = call.house.db
    for _ in range(MOST_TRIES):
        made = None
        if crowd := await db.read(call.scope, actions.to_be_made, month):
            figures = await asyncio.to_thread(anonymise, crowd.cases, ATTRIBUTES, crowd.k)
            made = actions.Made(crowd, figures)
        if extract := await db.write(call.scope, actions.give_out, month, made):
            return extract
    raise refuse("unavailable", "People kept leaving while this was made. Ask for it again.")


@operation(
    "figures.read",
    "GET",
    "/api/research/figures/{month}",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.IMPROVEMENT,
    returns={DataClass.NONE},
    audited=False,
)
async def read_figures(call: Call, month: str) -> Figures:
    """Return the sums of a month that was given out: what can be improved.

    Whether that is locked (8.6) is asked apart from it: to improve is to read figures only.
    """
    here = system(call.scope.workspace_id)
    await call.house.db.read(here, assessments.require_open, actions.FEATURE)
    return await call.house.db.read(call.scope, actions.figures, month)


operations = [read_research, set_research, extract_month, read_figures]

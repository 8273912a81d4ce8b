"""The record of processing activities (GDPR art. 30), made from what the program itself works by.

One activity for each purpose for which anything is stored: whose data, of which kinds, on what
ground, how long, how protected, who receives it, and through which doors, jobs and log keys it is
touched. Then each detail with the same cells, so that none changes behind another that is alike;
what each consent is asked for; and each door with who may come in by it and what it gives out.
Nothing in it is written by hand, so it can miss nothing that runs; a test fails on a cell
that would be empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from silkroad.engines.database import Job
from silkroad.engines.outbound import Recipient
from silkroad.kit.inventory import (
    CONSENT_NEEDS,
    LOG,
    Column,
    ConsentNeed,
    DataClass,
    Declarations,
    Purpose,
    Retention,
)
from silkroad.kit.permissions import Permission
from silkroad.kit.working_days import ANSWERED_WITHIN
from silkroad.privacy.processors import PROCESSORS, Processor, told

from .phrases import WORDS

ENGLISH = WORDS["en"]

RIGHTS = {
    "rights": [
        "access",
        "copy",
        "correction",
        "erasure",
        "restriction",
        "objection",
        "withdrawal of consent",
        "complaint to an authority",
    ],
    "channel": "the contact of whoever runs the installation, and of the company",
    "deadline": f"{ANSWERED_WITHIN} working days",
    "cost": "none",
}
"""What the policy says of rights and how they are used: a change of it is a major one (8.4).

The deadline is the one by which the clock of requests goes.
"""


LINES = ("activities", "details", "consents", "recipients", "doors", "jobs")
"""The parts of the record that are lines of cells."""


class Door(NamedTuple):
    """A way in: what it is for, where it is, who may, and which kinds of data come out.

    ``permissions`` are alternatives; ``way`` is the console, the widget, the public or the socket.
    """

    purpose: Purpose
    way: str
    permissions: Iterable[Permission]
    returns: Iterable[DataClass]
    audited: bool


class Works(NamedTuple):
    """Everything that touches data: what is stored, and held beyond the tables; the doors by name,
    the jobs, and the keys of the log.
    """

    declarations: list[Declarations]
    beyond: list[Declarations]
    doors: Mapping[str, Door]
    jobs: Iterable[type[Job]]
    log_keys: Iterable[str]


def record(works: Works) -> dict[str, Any]:
    """Return the record as plain values, the same for the same program."""
    return {
        "activities": [
            line for purpose in Purpose if (line := _activity(works, purpose))["subjects"]
        ],
        "details": [_detail(name, column) for name, column in _all_held(works) if column.personal],
        "about_nobody": {
            name: column.reason for name, column in _all_held(works) if not column.personal
        },
        "purposes": [purpose.value for purpose in Purpose],
        "consents": [_consent(purpose, need) for purpose, need in CONSENT_NEEDS.items()],
        "doors": [_door(name, works.doors[name]) for name in sorted(works.doors)],
        "recipients": [_recipient(entry) for entry in PROCESSORS.values()],
        "jobs": [_job(kind) for kind in sorted(works.jobs, key=lambda job: job.__name__)],
        "log": {"keys": sorted(works.log_keys), "retention_days": LOG.days},
        "rights": RIGHTS,
    }


def effective(found: dict[str, Any], reached: Iterable[Recipient]) -> dict[str, Any]:
    """Return a record with those recipients only whom an installation can reach, and where.

    Where its own data is kept, another host is another recipient: it stands ``at`` its servers.
    """
    known = {one.name: sorted({*one.hosts, *one.vouched}) for one in reached}
    servers = {name: where for name, where in known.items() if where}
    return {
        **found,
        "activities": [
            {**line, "recipients": [name for name in line["recipients"] if name in servers]}
            for line in found["activities"]
        ],
        "recipients": [
            {**line, "servers": servers[line["name"]]}
            | ({"at": servers[line["name"]]} if line["kind"] == "kept" else {})
            for line in found["recipients"]
            if line["name"] in servers
        ],
    }


def as_text(found: dict[str, Any]) -> str:
    """Return the record as lines that a person reads."""
    lines: list[str] = []
    for part in LINES:
        for line in found[part]:
            lines.append(f"{part} · {line.get('name') or line['purpose']}")
            lines += [f"  {cell}: {_said(value)}" for cell, value in line.items()]
            lines.append("")
    lines.append(f"log · {_said(found['log']['keys'])}")
    return "\n".join(lines) + "\n"


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_said(inner)}" for key, inner in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def missing(found: dict[str, Any]) -> list[str]:
    """Name every cell that is empty and may not be: what no record may leave open."""
    return [
        f"{part}.{line.get('name') or line['purpose']}.{cell}"
        for part in LINES
        for line in found[part]
        for cell, value in line.items()
        if value in ("", [], {}, None) and cell not in MAY_BE_EMPTY
    ]


MAY_BE_EMPTY = {
    *("sealed", "export", "recipients", "doors", "servers", "beyond"),
    *("outside", "in_use", "returns", "audited"),
}
"""Not every detail is sealed, in a copy or beyond the tables, most purposes have no recipient, a
purpose may have no door, and an own service has no name. Not every consent leads outside or is
asked for yet; a door may give nothing of people out, and leave no entry in the audit trail.
"""


def _activity(works: Works, purpose: Purpose) -> dict[str, Any]:
    columns, beyond = (dict(_serving(held, purpose)) for held in (works.declarations, works.beyond))
    everything = [*columns.values(), *beyond.values()]
    stored = {column.data for column in everything if column.lies == "disk"}
    return {
        "purpose": purpose.value,
        "what_for": ENGLISH.purposes.get(purpose, ""),
        "subjects": _all(subject for column in everything for subject in column.subjects),
        "data": _all(column.data for column in everything),
        "sources": _all(source for column in everything for source in column.sources),
        "grounds": _all(column.basis for column in everything),
        "kept": _all(_kept(column) for column in everything),
        "period": _all(_period(column.retention) for column in everything),
        "erased": _all(column.erasure for column in everything),
        "controllers": _all(column.controller for column in everything),
        "sealed": sorted(name for name, column in columns.items() if column.sealed),
        "columns": sorted(columns),
        "beyond": sorted(beyond),
        "doors": sorted(name for name, why in works.doors.items() if why.purpose == purpose),
        "recipients": [
            e.name
            for e in PROCESSORS.values()
            if e.purpose == purpose or (e.kind == "kept" and stored & set(e.data))
        ],
    }


def _all_held(works: Works) -> list[tuple[str, Column]]:
    """Return all that is held, by ``table.column`` or place and field, in the same order always."""
    return sorted(
        (
            (f"{thing}.{name}", column)
            for held in (works.declarations, works.beyond)
            for things in held
            for thing, known in things.items()
            for name, column in known.items()
        ),
        key=lambda one: one[0],
    )


def _detail(name: str, column: Column) -> dict[str, Any]:
    return {
        "name": name,
        "subjects": _all(column.subjects),
        "data": column.data.value,
        "purposes": _all(column.purposes),
        "sources": _all(column.sources),
        "grounds": column.basis,
        "kept": _kept(column),
        "period": _period(column.retention),
        "erased": column.erasure,
        "controllers": column.controller,
        "sensitivity": column.sensitivity,
        "export": ["copy"] if column.export == "include" else [],
    }


def _serving(held: list[Declarations], purpose: Purpose) -> Iterator[tuple[str, Column]]:
    for things in held:
        for thing, known in things.items():
            serving = ((name, column) for name, column in known.items())
            yield from ((f"{thing}.{n}", c) for n, c in serving if purpose in c.purposes)


def _all(values: Iterable[str | None]) -> list[str]:
    return sorted({str(value) for value in values if value})


def _kept(column: Column) -> str:
    if column.retention is None:
        return ""
    return ENGLISH.retentions[column.retention.name].replace("{days}", str(column.retention.days))


def _period(retention: Retention | None) -> str:
    """Return what a period is counted by, which its words need not say: its start, and its days."""
    if retention is None:
        return ""
    days = "" if retention.days is None else f" + {retention.days} days"
    return f"{retention.name}: {retention.start}{days}"


def _consent(purpose: Purpose, need: ConsentNeed) -> dict[str, Any]:
    return {
        "purpose": purpose.value,
        "data": _all(need.data),
        "period": _all(_period(one) for one in (need.retention, *need.sooner)),
        "outside": ["a recipient who is named"] if need.outside else [],
        "in_use": ["asked for"] if need.in_use else [],
    }


def _door(name: str, door: Door) -> dict[str, Any]:
    return {
        "name": name,
        "purpose": door.purpose.value,
        "way": door.way,
        "permission": _all(door.permissions),
        "returns": _all(door.returns),
        "audited": ["audited"] if door.audited else [],
    }


def _recipient(entry: Processor) -> dict[str, Any]:
    cells = told(entry, "en")
    return {
        "name": entry.name,
        "kind": entry.kind,
        "product": cells.product,
        "company": cells.company,
        "purpose": entry.purpose.value,
        "scenario": cells.scenario,
        "data": {kind.value: list(fields) for kind, fields in entry.data.items()},
        "method": cells.method,
        "region": entry.region,
        "countries": cells.countries,
        "policy": cells.policy_url,
        "terms": cells.terms,
        "servers": sorted(entry.hosts),
    }


def _job(kind: type[Job]) -> dict[str, Any]:
    return {
        "name": kind.__name__,
        "what_for": (kind.__doc__ or "").strip().partition("\n")[0],
        "purpose": kind.purpose.value,
        "holds": list(kind.__struct_fields__) or ["nothing"],
        "deletes_by_age": kind.sweeps,
    }

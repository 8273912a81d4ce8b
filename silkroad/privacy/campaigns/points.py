"""From the changes between two records to what people are told: few lines, in their own terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from silkroad.kit.inventory import Column, Purpose
from silkroad.privacy import policy
from silkroad.privacy.consent import ConsentPurpose

from .model import CampaignWeight, Key, Opened, Point

CONSENTS: tuple[ConsentPurpose, ...] = get_args(ConsentPurpose)

JOINS_AND_GOES: dict[tuple[str, str, str], Key] = {
    ("activities", "", "joins"): "purpose_new",
    ("activities", "", "goes"): "purpose_gone",
    ("activities", "data", "joins"): "data_new",
    ("activities", "data", "goes"): "data_gone",
    ("activities", "sensitive", "joins"): "sensitive",
    ("activities", "subjects", "joins"): "people_new",
    ("activities", "sealed", "goes"): "unsealed",
    ("activities", "recipients", "joins"): "recipient_new",
    ("activities", "recipients", "goes"): "recipient_gone",
    ("consents", "data", "joins"): "data_new",
    ("consents", "data", "goes"): "data_gone",
    ("recipients", "", "joins"): "recipient_new",
    ("recipients", "", "goes"): "recipient_gone",
}
EITHER_WAY: dict[tuple[str, str], Key] = {
    ("activities", "sources"): "source",
    ("activities", "grounds"): "ground",
    ("activities", "kept"): "period",
    ("activities", "period"): "period",
    ("consents", "period"): "period",
    ("activities", "controllers"): "decides",
    **{
        ("recipients", cell): "recipient_changed"
        for cell in ("company", "data", "countries", "region", "purpose", "method", "kind", "at")
    },
    ("log", "retention_days"): "log_period",
}
OWN_GATE = {*CONSENTS, Purpose.ACCOUNTABILITY, Purpose.RIGHTS}
"""Purposes that are not closed because somebody was not told of them."""

TO_BE_TOLD = {
    Purpose.REGISTRATION,
    Purpose.AUTHENTICATION,
    Purpose.SECURITY,
    Purpose.OPERATION,
}
"""Purposes without which nobody gets as far as being told; they close for no change of theirs."""

ABOUT_OTHERS = {Purpose.RESEARCH}
"""Purposes for which those whom it is about do nothing themselves: they wait as what is new."""

PROOF: Mapping[str, str] = {
    "campaign_people": "that somebody was told",
    "notice_acceptances": "which policy they had before them",
    "consents": "their own yes and no; a withdrawal waits for nothing",
    "consent_records": "as consents",
    "wards": "a guardian's yes and no",
    "exception_refusals": "somebody's no to what is done without asking them",
    "exception_uses": "what was done without asking, in an emergency too, and to whom",
    "exception_notices": "that somebody was told of that",
    "erasures": "an erasure waits for nobody",
}
"""What the law wants noted before, or whether or not, somebody was told; by its table, and why."""

DOOR: Mapping[str, str] = {
    "accounts": "signing in",
    "sessions": "signing in",
    "tickets": "opening the line",
    "code_challenges": "proving a phone",
    "passkey_challenges": "showing a passkey",
    "tries": "how often that failed",
    "visitors": "coming back to the chat",
    "visitor_sessions": "coming back to the chat",
}
"""What is stored as somebody comes in, who can be told nowhere but inside."""

LEAVING = {"members.account_id", "members.phone", "members.ended_at"}
"""What is stored as somebody goes, who may do so at any time."""

LISTED: tuple[Key, ...] = ("data_new", "data_gone", "sensitive")
RECIPIENTS: tuple[Key, ...] = ("recipient_new", "recipient_gone", "recipient_changed")


def points_of(
    changes: Iterable[policy.releases.Change],
    before: policy.releases.Record,
    after: policy.releases.Record,
) -> list[Point]:
    """Return what to tell of changes that come gravest first; new words alone are nothing.

    What is too technical for a sentence becomes one line, and the same thing is said once.
    """
    found: dict[tuple[Key, str], Point] = {}
    who = _companies(before) | _companies(after)
    for change in changes:
        if change.weight == "editorial":
            continue
        point = _point(change, change.weight, who.get)
        known = found.get((point.key, point.about))
        if known is None:
            found[point.key, point.about] = point
        elif point.key in LISTED:
            values = tuple(dict.fromkeys((*known.values, *point.values)))
            found[point.key, point.about] = Point(
                known.clause, known.weight, known.key, known.about, values
            )
    return sorted(found.values(), key=lambda one: (one.weight == "minor", one.key == "technical"))


def purposes_of(changes: Iterable[policy.releases.Change]) -> tuple[ConsentPurpose, ...]:
    """Return the purposes resting on consent that a major change touches."""
    touched = {purpose for change in changes for purpose in change.purposes}
    return tuple(purpose for purpose in CONSENTS if purpose in touched)


def opened_by(
    before: policy.releases.Record,
    after: policy.releases.Record,
    columns: Mapping[str, Column],
    changes: Iterable[policy.releases.Change],
) -> Opened:
    """Return what is closed to whoever was not told of these two records' difference.

    New details, old ones for purposes that are new, and purposes that have changed gravely. Not
    what rests on a consent that these changes ask for anew, which has a gate of its own, and not
    the proof that somebody was told or said no. ``columns`` are declared, by ``table.column``.
    """
    was, now = _columns(before), _columns(after)
    known = set().union(*was.values())
    names = set().union(*now.values()) & columns.keys()
    touched = {purpose for one in changes if one.weight == "major" for purpose in one.purposes}
    stored = {name for name in names - known if not _has_no_gate(name, columns[name], touched)}
    changed = touched - OWN_GATE - TO_BE_TOLD
    used = {
        purpose: tuple(sorted(found))
        for purpose in (now.keys() - was.keys() - OWN_GATE) | (changed & ABOUT_OTHERS)
        if (found := known & names & now[purpose])
    }
    return Opened(tuple(sorted(stored)), used, tuple(sorted(changed)))


def acts_for(purpose: str, columns: Mapping[str, Column]) -> list[str]:
    """Return the details that people fill by what they do for a purpose, once they are in."""
    return [
        name
        for name, column in columns.items()
        if purpose in column.purposes and name.partition(".")[0] not in DOOR
        if name not in LEAVING
    ]


def _has_no_gate(name: str, column: Column, asked: set[str]) -> bool:
    """Whether a new detail waits for nobody, or for a consent to purposes that are asked anew.

    What is sensitive is no mere proof.
    """
    if column.basis == "consent":
        return column.purposes <= asked
    proves = name.partition(".")[0] in PROOF
    return proves and column.basis == "legal_duty" and column.sensitivity == "S1"


def _columns(record: policy.releases.Record) -> dict[str, set[str]]:
    return {line["purpose"]: set(line["columns"]) for line in record["activities"]}


def _point(
    change: policy.releases.Change,
    weight: CampaignWeight,
    company_of: Callable[[str], tuple[str, ...] | None],
) -> Point:
    at = change.where
    key = _key(at)
    if key in {"technical", "rights", "log_period"}:
        return Point(change.clause, weight, key)
    about = at.value if at.cell == "recipients" else at.line
    if key in RECIPIENTS:
        return Point("8.3", weight, key, about, company_of(about) or (about, ""))
    return Point(change.clause, weight, key, about, (at.value,) if key in LISTED else ())


def _key(at: policy.releases.Where) -> Key:
    if at.part == "rights":
        return "rights"
    found = JOINS_AND_GOES.get((at.part, at.cell, at.how)) or EITHER_WAY.get((at.part, at.cell))
    return found or "technical"


def _companies(record: policy.releases.Record) -> dict[str, tuple[str, ...]]:
    """Return product and company of each recipient; the operator's own have no company's name."""
    lines: list[dict[str, Any]] = record["recipients"]
    return {
        line["name"]: (line["product"], line["company"] if line["kind"] == "third_party" else "")
        for line in lines
    }

"""What changed between two records of processing, in words, and how much it matters. 8.1 to 8.4."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .details import details
from .model import OF_DATA, WEIGHTS, Change, Record, Rule, Weight, Where, values

ACTIVITY = (
    *OF_DATA,
    Rule("recipients", "major", "minor", "recipient"),
    Rule("columns", "minor", "minor", "detail"),
    Rule("beyond", "editorial", "editorial", "detail beyond the tables"),
    Rule("sealed", "minor", "major", "sealed detail"),
    Rule("doors", "minor", "editorial", "door"),
)
RECIPIENT = (
    Rule("company", "major", "major", "company"),
    Rule("data", "major", "minor", "what it gets"),
    Rule("countries", "major", "minor", "country"),
    Rule("region", "major", "major", "region"),
    Rule("purpose", "major", "major", "purpose"),
    Rule("method", "major", "major", "method"),
    Rule("kind", "major", "major", "kind"),
    Rule("at", "major", "minor", "host"),
    Rule("servers", "minor", "minor", "server"),
    Rule("policy", "minor", "minor", "policy link"),
    Rule("terms", "minor", "minor", "terms"),
)
CONSENT = (
    Rule("data", "major", "major", "kind of data"),
    Rule("period", "major", "major", "exact period"),
    Rule("outside", "major", "major", "whom it goes to"),
    Rule("in_use", "minor", "minor", "whether somebody is asked"),
)
"""Whatever a consent is asked for: to anything else, an earlier yes is none. Clause 6.3."""

DOOR = (
    Rule("purpose", "minor", "minor", "purpose"),
    Rule("way", "minor", "minor", "way in"),
    Rule("permission", "minor", "editorial", "permission"),
    Rule("returns", "minor", "editorial", "what it returns"),
    Rule("audited", "editorial", "minor", "whether it is on record"),
)
JOB = (
    Rule("purpose", "minor", "minor", "purpose"),
    Rule("holds", "minor", "editorial", "what it holds"),
)


class Part(NamedTuple):
    """A part of the record that is lines: what names a line, and what it means when one joins."""

    name: str
    key: str
    rules: tuple[Rule, ...]
    joined: Weight
    gone: Weight


PARTS = (
    Part("activities", "purpose", ACTIVITY, "major", "minor"),
    Part("recipients", "name", RECIPIENT, "major", "minor"),
    Part("consents", "purpose", CONSENT, "major", "minor"),
    Part("doors", "name", DOOR, "minor", "editorial"),
    Part("jobs", "name", JOB, "minor", "minor"),
)


def changes_between(before: Record, after: Record) -> list[Change]:
    """Return everything that is different, the gravest first, each change of an activity once."""
    found = [
        *(change for part in PARTS for change in _lines(before, after, part)),
        *_log(before["log"], after["log"]),
        *_rights(before["rights"], after["rights"]),
    ]
    said = {change.where: WEIGHTS.index(change.weight) for change in found}
    found += [
        change
        for change in details(before, after)
        if WEIGHTS.index(change.weight) > said.get(change.where, -1)
    ]
    return sorted(found, key=lambda c: (-WEIGHTS.index(c.weight), c.clause, c.what))


def _clause(part: Part, cell: str = "") -> str:
    if part.name == "recipients" or cell == "recipients":
        return "8.3"
    return "8.2" if cell == "controllers" else "8.1"


def _lines(before: Record, after: Record, part: Part) -> Iterator[Change]:
    if part.name not in before:  # a record of before there was such a part: it says more
        if part.name in after:
            told = f"{part.name}: told for the first time"
            yield Change(_clause(part), "editorial", told, Where(part.name))
        return
    old = {line[part.key]: line for line in before[part.name]}
    new = {line[part.key]: line for line in after[part.name]}
    for name in sorted(new.keys() - old.keys()):
        told, where = f"{part.name}: {name} is new", Where(part.name, name, how="joins")
        yield Change(_clause(part), part.joined, told, where, _asked(part.joined, new[name]))
    for name in sorted(old.keys() - new.keys()):
        told, where = f"{part.name}: {name} is gone", Where(part.name, name, how="goes")
        yield Change(_clause(part), part.gone, told, where)
    for name in sorted(old.keys() & new.keys()):
        for rule in part.rules:
            yield from _cell(part, name, rule, old[name], new[name])
        if _told(old[name], part) != _told(new[name], part):
            told = f"{part.name}: {name} is put in other words"
            yield Change(_clause(part), "editorial", told, Where(part.name, name))


def _cell(part: Part, name: str, rule: Rule, old: Record, new: Record) -> Iterator[Change]:
    clause = _clause(part, rule.cell)
    if (
        rule.cell not in old and rule.cell in new
    ):  # a record of before there was such a cell: it says more, of the same
        told = f"{part.name}: {name}: told for the first time: {rule.named}"
        yield Change(clause, "editorial", told, Where(part.name, name))
        return
    was, now = values(old.get(rule.cell)), values(new.get(rule.cell))
    line, place = f"{part.name}: {name}: {rule.named}", Where(part.name, name, rule.cell)
    for value in sorted(now - was):
        where, asked = place._replace(how="joins", value=value), _asked(rule.joined, new)
        yield Change(clause, rule.joined, f"{line} joins: {value}", where, asked)
    for value in sorted(was - now):
        where, asked = place._replace(how="goes", value=value), _asked(rule.gone, new)
        yield Change(clause, rule.gone, f"{line} goes: {value}", where, asked)


def _asked(weight: Weight, line: Record) -> tuple[str, ...]:
    """Return the purpose whose consent a grave change of a line asks for anew."""
    return (str(line["purpose"]),) if weight == "major" else ()


def _told(line: Record, part: Part) -> dict[str, Any]:
    """Return what is left of a line beside its judged cells: its words."""
    judged = {rule.cell for rule in part.rules} | {part.key}
    return {cell: value for cell, value in line.items() if cell not in judged}


def _log(before: Record, after: Record) -> Iterator[Change]:
    for key in sorted(set(after["keys"]) - set(before["keys"])):
        yield Change("8.1", "minor", f"log: key joins: {key}", Where("log", cell="keys"))
    for key in sorted(set(before["keys"]) - set(after["keys"])):
        yield Change("8.1", "editorial", f"log: key goes: {key}", Where("log", cell="keys"))
    was, now = before["retention_days"], after["retention_days"]
    if was != now:
        weight: Weight = "major" if now > was else "minor"
        where = Where("log", cell="retention_days")
        yield Change("8.1", weight, f"log: kept {now} days instead of {was}", where)


def _rights(before: Record, after: Record) -> Iterator[Change]:
    """Yield each right that is exercised in another way: always major."""
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was != now:
            where = Where("rights", name)
            yield Change("8.4", "major", f"rights: {name}: {now} instead of {was}", where)

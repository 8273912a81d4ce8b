"""What changed between two records of processing, in words, and how much it matters. 8.1 to 8.4."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

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
JOB = (Rule("holds", "minor", "editorial", "what it holds"),)


def changes_between(before: Record, after: Record) -> list[Change]:
    """Return everything that is different, the gravest first, each change of an activity once."""
    found = [
        *_lines(before, after, "activities", "purpose", ACTIVITY, _activity_clause),
        *_lines(before, after, "recipients", "name", RECIPIENT, lambda _: "8.3"),
        *_lines(before, after, "jobs", "name", JOB, lambda _: "8.1"),
        *_log(before["log"], after["log"]),
        *_rights(before["rights"], after["rights"]),
    ]
    said = {change.where for change in found}
    found += [change for change in details(before, after) if change.where not in said]
    return sorted(found, key=lambda c: (-WEIGHTS.index(c.weight), c.clause, c.what))


def _activity_clause(cell: str) -> str:
    return {"recipients": "8.3", "controllers": "8.2"}.get(cell, "8.1")


def _lines(
    before: Record,
    after: Record,
    part: str,
    key: str,
    rules: tuple[Rule, ...],
    clause: Callable[[str], str],
) -> Iterator[Change]:
    old = {line[key]: line for line in before[part]}
    new = {line[key]: line for line in after[part]}
    grave: Weight = "minor" if part == "jobs" else "major"
    for name in sorted(new.keys() - old.keys()):
        where = Where(part, name, how="joins")
        yield Change(
            clause(""), grave, f"{part}: {name} is new", where, _concerned(part, new[name])
        )
    for name in sorted(old.keys() - new.keys()):
        where = Where(part, name, how="goes")
        yield Change(clause(""), "minor", f"{part}: {name} is gone", where)
    for name in sorted(old.keys() & new.keys()):
        for rule in rules:
            yield from _cell(part, name, rule, old[name], new[name], clause(rule.cell))
        if _told(old[name], rules, key) != _told(new[name], rules, key):
            told = f"{part}: {name} is put in other words"
            yield Change(clause(""), "editorial", told, Where(part, name))


def _cell(
    part: str, name: str, rule: Rule, old: Record, new: Record, clause: str
) -> Iterator[Change]:
    if (
        rule.cell not in old and rule.cell in new
    ):  # a record of before there was such a cell: it says more, of the same
        told = f"{part}: {name}: told for the first time: {rule.named}"
        yield Change(clause, "editorial", told, Where(part, name))
        return
    was, now = values(old.get(rule.cell)), values(new.get(rule.cell))
    line, place = f"{part}: {name}: {rule.named}", Where(part, name, rule.cell)
    for value in sorted(now - was):
        asked = _concerned(part, new) if rule.joined == "major" else ()
        where = place._replace(how="joins", value=value)
        yield Change(clause, rule.joined, f"{line} joins: {value}", where, asked)
    for value in sorted(was - now):
        asked = _concerned(part, new) if rule.gone == "major" else ()
        where = place._replace(how="goes", value=value)
        yield Change(clause, rule.gone, f"{line} goes: {value}", where, asked)


def _concerned(part: str, line: Record) -> tuple[str, ...]:
    return () if part == "jobs" else (str(line["purpose"]),)


def _told(line: Record, rules: tuple[Rule, ...], key: str) -> dict[str, Any]:
    """Return what is left of a line beside its judged cells: its words."""
    judged = {rule.cell for rule in rules} | {key}
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

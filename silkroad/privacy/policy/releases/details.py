"""What changed of single details, where their activity looks the same: 1.8d, 4.1.6, 8.1, 8.2.

An activity has the kinds, grounds and periods of all its details together. One detail may be kept
longer, or serve a further purpose, and nothing of that is to be seen there.
"""

from __future__ import annotations

from collections.abc import Iterator

from .model import Change, How, Record, Rule, Where, values

DETAIL = (
    Rule("subjects", "major", "minor", "people"),
    Rule("data", "major", "minor", "kind of data"),
    Rule("sources", "major", "minor", "where it comes from"),
    Rule("grounds", "major", "major", "legal ground"),
    Rule("kept", "major", "minor", "period"),
    Rule("controllers", "major", "major", "who decides"),
    Rule("erased", "minor", "minor", "way of erasing"),
    Rule("sensitivity", "major", "minor", "sensitivity"),
    Rule("sealed", "minor", "major", "sealed"),
)


def details(before: Record, after: Record) -> Iterator[Change]:
    """Yield what changed of details that both records have, once for each purpose they serve.

    One that is new or gone is in its activity; of what is about nobody, it is no more than a word.
    """
    if "details" not in before:
        if "details" in after:
            told = "details: told for the first time"
            yield Change("8.1", "editorial", told, Where("details"))
        return
    old = {line["name"]: line for line in before["details"]}
    new = {line["name"]: line for line in after["details"]}
    for name in sorted(old.keys() & new.keys()):
        yield from _further_purposes(name, old[name], new[name])
        for purpose in new[name]["purposes"]:
            for rule in DETAIL:
                yield from _cell(name, purpose, rule, old[name], new[name])
    for part in ("about_nobody", "purposes"):
        was, now = set(before[part]), set(after[part])
        for name in sorted(was ^ now):
            yield Change(
                "8.1",
                "editorial",
                f"{part}: {name} {'joins' if name in now else 'goes'}",
                Where(part, name),
            )


def _further_purposes(name: str, old: Record, new: Record) -> Iterator[Change]:
    """A known detail that serves another purpose is told before it does (4.1.6)."""
    for purpose in sorted(set(new["purposes"]) - set(old["purposes"])):
        where = Where("activities", purpose, "data", "joins", new["data"])
        told = f"details: {name}: purpose joins: {purpose}"
        yield Change("8.1", "major", told, where, (purpose,))


def _cell(name: str, purpose: str, rule: Rule, old: Record, new: Record) -> Iterator[Change]:
    was, now = values(old[rule.cell]), values(new[rule.cell])
    clause = "8.2" if rule.cell == "controllers" else "8.1"
    for value in sorted(was ^ now):
        how: How = "joins" if value in now else "goes"
        weight = rule.joined if how == "joins" else rule.gone
        where = Where("activities", purpose, rule.cell, how, value)
        asked = (purpose,) if weight == "major" else ()
        told = f"details: {name}: for {purpose}: {rule.named} {how}: {value}"
        yield Change(clause, weight, told, where, asked)

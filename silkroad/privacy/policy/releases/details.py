"""What changed of single details, where their activity looks the same: 1.8d, 4.1.6, 8.1, 8.2.

An activity has the kinds, grounds and periods of all its details together. One detail may be kept
longer, or serve a further purpose, and nothing of that is to be seen there. Nor is it when another
one joins that is like those which are there: on a consent to something else, or sensitive.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .model import OF_DATA, Change, How, Record, Rule, Weight, Where, values

DETAIL = (
    *OF_DATA,
    Rule("sensitivity", "major", "minor", "sensitivity"),
    Rule("export", "minor", "major", "in people's copies"),
)
SENSITIVE = "S3"
"""What can harm somebody in the wrong hands: it is told in a sentence of its own."""


def details(before: Record, after: Record) -> Iterator[Change]:
    """Yield what changed of details, once for each purpose they serve.

    One that is gone is in its activity; of what is about nobody, it is no more than a word.
    """
    if "details" not in before:
        if "details" in after:
            told = "details: told for the first time"
            yield Change("8.1", "editorial", told, Where("details"))
        return
    old = {line["name"]: line for line in before["details"]}
    new = {line["name"]: line for line in after["details"]}
    fresh = {cell for line in before["details"][:1] for cell in after["details"][0].keys() - line}
    for cell in sorted(fresh):  # records before did not have it: this one says more, of the same
        told = f"details: told for the first time: {cell}"
        yield Change("8.1", "editorial", told, Where("details", cell))
    known = {line["purpose"] for line in before["activities"]}
    for name in sorted(old):
        yield from _leaving(name, old[name], new.get(name))
    for name in sorted(new):
        yield from _joining(name, old.get(name), new[name], known)
    for name in sorted(old.keys() & new.keys()):
        for purpose in new[name]["purposes"]:
            for rule in (rule for rule in DETAIL if rule.cell not in fresh):
                yield from _cell(name, purpose, rule, old[name], new[name])
    yield from _about_nobody(old.keys(), before["about_nobody"], after["about_nobody"])
    for name in sorted({*before["purposes"]} ^ {*after["purposes"]}):
        how = "joins" if name in after["purposes"] else "goes"
        yield Change("8.1", "editorial", f"purposes: {name} {how}", Where("purposes", name))


def _about_nobody(people: Collection[str], before: Record, after: Record) -> Iterator[Change]:
    """Yield what is said to be about nobody, and was not; gravely where it was about people."""
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was != now:
            weight: Weight = "major" if name in people else "editorial"
            how = "joins" if was is None else "goes" if now is None else "has another reason"
            told = f"about_nobody: {name} {how}"
            yield Change("8.1", weight, told, Where("about_nobody", name))


def _leaving(name: str, old: Record, new: Record | None) -> Iterator[Change]:
    """Yield what rested on consent and goes: nobody has agreed to just the others yet, so each is
    asked anew rather than left without a word.
    """
    if "consent" in values(old["grounds"]):
        for purpose in sorted({*old["purposes"]} - ({*new["purposes"]} if new else set())):
            where = Where("activities", purpose, "data", "goes", old["data"])
            told = f"details: {name}: goes, and rested on consent: {purpose}"
            yield Change("8.1", "major", told, where, (purpose,))


def _joining(name: str, old: Record | None, new: Record, known: set[str]) -> Iterator[Change]:
    """Yield what is grave where a detail joins an activity, whose kinds may stay what they were.

    An old one that serves another purpose is told before it does (4.1.6). Nobody has agreed to a
    new one that rests on consent (1.8d, 2.0.7). What is sensitive is said for itself. An activity
    that is ``known`` to nobody yet is told as a whole.
    """
    further = sorted({*new["purposes"]} - ({*old["purposes"]} if old else set()))
    for purpose in further:
        if purpose in known and (old or "consent" in values(new["grounds"])):
            how = "purpose joins" if old else "joins, and rests on consent"
            where = Where("activities", purpose, "data", "joins", new["data"])
            yield Change("8.1", "major", f"details: {name}: {how}: {purpose}", where, (purpose,))
        if new["sensitivity"] == SENSITIVE:
            told = f"details: {name}: for {purpose}: sensitivity joins: {SENSITIVE}"
            yield Change("8.1", "major", told, _sensitive(purpose, new), (purpose,))


def _sensitive(purpose: str, line: Record) -> Where:
    return Where("activities", purpose, "sensitive", "joins", line["data"])


def _cell(name: str, purpose: str, rule: Rule, old: Record, new: Record) -> Iterator[Change]:
    was, now = values(old[rule.cell]), values(new[rule.cell])
    clause = {"controllers": "8.2", "export": "8.4"}.get(rule.cell, "8.1")
    for value in sorted(was ^ now):
        how: How = "joins" if value in now else "goes"
        weight = rule.joined if how == "joins" else rule.gone
        where = Where("activities", purpose, rule.cell, how, value)
        if (rule.cell, how, value) == ("sensitivity", "joins", SENSITIVE):
            where = _sensitive(purpose, new)
        asked = (purpose,) if weight == "major" else ()
        told = f"details: {name}: for {purpose}: {rule.named} {how}: {value}"
        yield Change(clause, weight, told, where, asked)

"""The short notice at the moment of collection, made from the declarations. Clauses P.2, 1.2.

Which kinds of data, what for, how long, who decides, who else receives it: each line is made of the
policy's phrases for what is declared, so it forgets nothing and promises nothing by itself. What
rests on a consent stands apart, for its own question tells of it. What only passes by, or holds the
machine together, such as queues, keys and backups, is for the whole policy to tell.

The hash names the words and every column behind them: where somebody declares another one about
these people, whoever comes next has it before them; those who are here are told by a campaign.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

import msgspec

from silkroad.engines.outbound import Recipient
from silkroad.kit.inventory import (
    CONSENT_NEEDS,
    Column,
    Controller,
    DataClass,
    Declarations,
    Purpose,
    Retention,
    Subject,
)
from silkroad.kit.languages import Language
from silkroad.privacy.processors import PROCESSORS, Processor, told

from .model import Line
from .phrases import WORDS, Words

Reader = Literal["visitor", "requester", "founder", "invitee"]
READERS: Mapping[Reader, tuple[Subject, ...]] = {
    "visitor": ("visitor",),
    "requester": ("requester",),
    "founder": ("member",),
    "invitee": ("member", "invitee"),
}
"""Who stands before such a notice, and as whom they are known afterwards."""


class Short(NamedTuple):
    """The notice in one language; ``hash`` names it, and every column that it sums up."""

    hash: str
    lines: list[Line]


class Facts(NamedTuple):
    """What is true for a reader: the columns by name, and all that the words are put together by.

    ``asked`` are the purposes that need a yes, each with who then gets something; ``kept`` are the
    servers on which the installation's own data lies.
    """

    columns: list[tuple[str, Column]]
    kinds: list[DataClass]
    periods: list[Retention]
    purposes: list[Purpose]
    controllers: dict[Controller, list[DataClass]]
    receiving: list[Processor]
    asked: dict[Purpose, list[Processor]]
    kept: list[str]


class _Declared(NamedTuple):
    tables: Declarations
    beyond: Declarations
    kept: list[str]


_known: dict[str, _Declared] = {}


def learn(
    tables: Iterable[Declarations],
    beyond: Iterable[Declarations],
    kept: Iterable[Recipient] = (),
) -> None:
    """Take over what is declared, and on whose servers this installation's own data lies."""
    servers = sorted({host for one in kept for host in one.hosts})
    _known["here"] = _Declared(_merged(tables), _merged(beyond), servers)
    _facts.cache_clear()


def short_notice(
    language: Language,
    reader: Reader,
    company: str,
    controller: str = "",
    without: Collection[DataClass] = (),
) -> Short:
    """Return what a reader is told before they leave something with a company.

    ``without`` are kinds of data for which nobody is asked here. An empty ``controller`` is not
    named; an empty company is any.
    """
    facts = _facts(reader, frozenset(without))
    words = WORDS[language]
    any_company = _capital(words.controllers["tenant"])
    names = {"company": company or any_company, "controller": controller}
    lines = list(_lines(words, language, facts, names))
    return Short(_named(language, names, lines, facts), lines)


def _lines(
    words: Words, language: Language, facts: Facts, names: Mapping[str, str]
) -> Iterator[Line]:
    brief = words.brief
    receiving = list(_receiving(words, language, facts)) or [brief.nobody]
    receiving += (_asked(words, *one) for one in facts.asked.items())
    for name, told_there in (
        (brief.kept, [_listed(words, (brief.data[kind] for kind in facts.kinds))]),
        (brief.why, [_listed(words, (brief.purposes[one] for one in facts.purposes))]),
        (brief.how_long, [_how_long(words, facts), brief.clock]),
        (words.labels.decides, _deciding(words, facts, names)),
        (brief.gets, receiving),
    ):
        yield Line(name, brief.between.join(told_there))


def _how_long(words: Words, facts: Facts) -> str:
    """Say the periods that end with something in words, and the numbers of days of the others."""
    brief = words.brief
    open_ended = [brief.retentions[p.name] for p in facts.periods if p.days is None]
    days = [str(days) for days in sorted({p.days for p in facts.periods if p.days is not None})]
    text = brief.ends if not days else brief.depends if open_ended else brief.counted
    periods = words.separator.join(open_ended)
    return _capital(_filled(text, periods=periods, days=brief.joined.join(days)))


def _deciding(words: Words, facts: Facts, names: Mapping[str, str]) -> Iterator[str]:
    """Say who decides; an operator that does so too is named with what that is about."""
    brief, operators = words.brief, facts.controllers.get("operator", [])
    if "tenant" in facts.controllers:
        yield _filled(brief.tenant, **names)
    if names["controller"] and names["controller"] != names["company"]:
        yield _filled(brief.runs, **names)
    if operators:
        who, anybody = names["controller"], words.controllers["operator"]
        about = brief.joined.join(brief.data[kind] for kind in operators)
        told_who = _filled(brief.operator, controller=who or anybody, data=about)
        yield told_who if who else _capital(told_who)


def _receiving(words: Words, language: Language, facts: Facts) -> Iterator[str]:
    for entry in facts.receiving:
        why = told(entry, language).purpose
        yield _filled(words.brief.row, name=entry.company, what=why)
    if facts.kept:
        yield _filled(words.brief.kept_at, servers=words.brief.joined.join(facts.kept))


def _asked(words: Words, purpose: Purpose, receiving: list[Processor]) -> str:
    names = dict.fromkeys(one.maker for one in receiving)
    what = words.brief.purposes[purpose]
    if names:
        what = words.brief.through.replace("{what}", what)
    return _filled(words.brief.asked, what=what, names=words.brief.joined.join(names))


def _listed(words: Words, texts: Iterable[str]) -> str:
    return _capital(_filled(words.brief.listed, list=words.brief.joined.join(texts)))


def _filled(text: str, **values: str) -> str:
    """Put values in; a name stays as it is written, also where it begins a sentence."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _named(language: Language, names: Mapping[str, str], lines: list[Line], facts: Facts) -> str:
    receiving = [one.facts for one in facts.receiving]
    columns = [_plain(name, column) for name, column in facts.columns]
    stated = [language, names, lines, columns, receiving]
    return hashlib.sha256(msgspec.json.encode(stated)).hexdigest()[:32]


def _plain(name: str, column: Column) -> list[Any]:
    """Return what a column says of itself that people are told."""
    kept = column.retention
    return [
        name,
        column.data,
        sorted(column.purposes),
        column.sources,
        column.basis,
        [kept.name, kept.start, kept.days] if kept else [],
        column.controller,
    ]


@cache
def _facts(reader: Reader, without: frozenset[DataClass]) -> Facts:
    declared = _known["here"]
    everything = list(_columns(declared, READERS[reader]))
    columns = [
        (name, column)
        for name, column in everything
        if column.basis != "consent" and column.data not in without
    ]
    serving = {purpose for _, column in everything for purpose in column.purposes}
    given = [column for _, column in columns]
    return Facts(
        columns=columns,
        kinds=_in_order(given),
        periods=_periods(given),
        purposes=_purposes(given),
        controllers={
            who: found
            for who in get_args(Controller)
            if (found := _in_order([c for c in given if c.controller == who]))
        },
        receiving=[
            one
            for one in PROCESSORS.values()
            if one.kind == "third_party" and one.purpose not in CONSENT_NEEDS
        ],
        asked={
            purpose: [
                one
                for one in PROCESSORS.values()
                if one.kind == "third_party" and one.purpose == purpose
            ]
            for purpose, need in CONSENT_NEEDS.items()
            if need.in_use and purpose in serving
        },
        kept=declared.kept,
    )


def _columns(declared: _Declared, subjects: tuple[Subject, ...]) -> Iterator[tuple[str, Column]]:
    """Yield the columns about such people; beyond the tables, only kinds that no table holds.

    What is only passed on or remembered there is of a column that is told already.
    """
    stored = list(_about(declared.tables, subjects))
    yield from stored
    known = {column.data for _, column in stored}
    for name, column in _about(declared.beyond, subjects):
        machine = column.data is DataClass.OPERATION or column.lies == "memory"
        if column.data not in known and not machine:
            yield name, column


def _about(things: Declarations, subjects: tuple[Subject, ...]) -> Iterator[tuple[str, Column]]:
    for thing, fields in sorted(things.items()):
        for name, column in sorted(fields.items()):
            if set(subjects) & set(column.subjects):
                yield f"{thing}.{name}", column


def _purposes(columns: list[Column]) -> list[Purpose]:
    """Return each purpose that needs no yes: first that which most kinds serve."""
    serving = {(purpose, column.data) for column in columns for purpose in column.purposes}
    kinds = Counter(purpose for purpose, _ in serving if purpose not in CONSENT_NEEDS)
    return sorted(kinds, key=lambda one: (-kinds[one], one))


def _periods(columns: list[Column]) -> list[Retention]:
    """Return each period: first that by which most kinds go."""
    going = {(column.retention, column.data) for column in columns}
    kinds = Counter(period for period, _ in going if period)
    return sorted(kinds, key=lambda one: (-kinds[one], one.name, one.days or 0))


def _in_order(columns: list[Column]) -> list[DataClass]:
    """Return the kinds of data: what people tell themselves comes first."""
    told_by_them = {column.data for column in columns if "subject" in column.sources}
    known = {column.data for column in columns}
    return sorted(
        (kind for kind in DataClass if kind in known), key=lambda k: k not in told_by_them
    )


def _merged(modules: Iterable[Declarations]) -> Declarations:
    return {thing: fields for module in modules for thing, fields in module.items()}

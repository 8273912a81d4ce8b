"""What an exception is: the closed table of the eleven, and what is written down of each use.

The table is GB/T 35273-2020 §5.6 in our own words. The articles beside it are the closest ground of
PIPL and GDPR; where PIPL has none of its own, the place is empty and the exception is dangerous.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, NamedTuple

import msgspec

from silkroad.kit.clock import DAY
from silkroad.kit.fields import END
from silkroad.kit.inventory import DataClass, Declarations, Purpose

Code = Literal[
    "EX01", "EX02", "EX03", "EX04", "EX05", "EX06", "EX07", "EX08", "EX09", "EX10", "EX11"
]
Need = Literal["statute", "instrument", "case_id", "source", "source_date", "fields"]
Off = Literal["", "press_only"]
State = Literal["proposed", "active", "ended", "expired"]

YEAR = 365 * DAY
MOST_SUBJECTS = 200
MOST_OPEN = 200

EVERYTHING = frozenset(DataClass) - {DataClass.NONE}
ORDINARY = frozenset(
    {
        DataClass.ACCOUNT,
        DataClass.PROFILE,
        DataClass.CONTACT,
        DataClass.WORK_ROLE,
        DataClass.DEVICE,
        DataClass.NETWORK,
        DataClass.OPERATION,
        DataClass.CONSENT,
        DataClass.AUDIT,
    }
)
"""What is S1: nothing that somebody wrote, sent or said. A new class is not in it by itself."""

STUDIED = frozenset({DataClass.CONTACT, DataClass.MESSAGE})
"""What is made anonymous for research: languages, and how conversations went, not their words."""


class Kind(NamedTuple):
    """One of the eleven.

    ``needs`` are the grounds to be given beside a reason; ``longest`` is its longest life in ms;
    ``named``: only for people who are named; ``approvals`` by so many administrators other than
    the one who asks; ``refusable``: the person's own no stops it; ``tells``: the person is told
    when it is over; ``despite_no``: a law asks for it whatever the person answered; every other one
    stands in for an answer that is missing, and not for a no. ``only``: it is for this purpose, of
    which no other kind is, and then for everybody and all its data: whoever is picked out is not
    anonymous. ``off`` says why it cannot be used here at all.
    """

    code: Code
    clause: str
    needs: tuple[Need, ...]
    longest: int
    data: frozenset[DataClass]
    pipl: str
    gdpr: str
    approvals: int = 1
    named: bool = False
    refusable: bool = False
    tells: bool = False
    despite_no: bool = False
    only: Purpose | None = None
    off: Off = ""


PUBLISHED: tuple[Need, ...] = ("source", "source_date")
DANGEROUS = 2

KINDS: Mapping[Code, Kind] = {
    kind.code: kind
    for kind in (
        Kind("EX01", "4.3.1", ("statute",), YEAR, ORDINARY, "13(3)", "6(1)(c)", despite_no=True),
        Kind(
            "EX02",
            "4.3.2",
            ("instrument",),
            90 * DAY,
            EVERYTHING,
            "",
            "23(1)(a)",
            DANGEROUS,
            despite_no=True,
        ),
        Kind(
            "EX03",
            "4.3.3",
            ("instrument",),
            30 * DAY,
            EVERYTHING,
            "13(4)",
            "6(1)(e)",
            DANGEROUS,
            despite_no=True,
        ),
        Kind(
            "EX04",
            "4.3.4",
            ("case_id",),
            90 * DAY,
            EVERYTHING,
            "13(3)",
            "6(1)(c)",
            DANGEROUS,
            named=True,
            despite_no=True,
        ),
        Kind(
            "EX05",
            "4.3.5",
            (),
            DAY,
            EVERYTHING,
            "13(4)",
            "6(1)(d)",
            approvals=0,
            named=True,
            tells=True,
        ),
        Kind("EX06", "4.3.6", PUBLISHED, YEAR, ORDINARY, "13(6), 27", "6(1)(f)", refusable=True),
        Kind("EX07", "4.3.7", ("fields",), YEAR, ORDINARY, "13(2)", "6(1)(b)"),
        Kind("EX08", "4.3.8", PUBLISHED, YEAR, ORDINARY, "13(6), 27", "6(1)(f)", refusable=True),
        Kind(
            "EX09",
            "4.3.9",
            (),
            7 * DAY,
            frozenset({DataClass.NETWORK, DataClass.OPERATION}),
            "",
            "6(1)(f)",
        ),
        Kind(
            "EX10",
            "4.3.10",
            (),
            YEAR,
            ORDINARY,
            "13(5)",
            "85",
            approvals=DANGEROUS,
            off="press_only",
        ),
        Kind(
            "EX11",
            "4.3.11",
            (),
            180 * DAY,
            STUDIED,
            "",
            "89",
            approvals=DANGEROUS,
            refusable=True,
            only=Purpose.RESEARCH,
        ),
    )
}
"""EX05 is a glass to break: an emergency waits for nobody, so it is told of instead of approved."""

NOT_OFFERED = frozenset({Purpose.RESEARCH, Purpose.IMPROVEMENT})
"""Purposes of no kind but its own; the second touches nobody's data."""

GroundText = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"\S")]
ReasonText = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000, pattern=r"\S")]
SourceText = Annotated[str, msgspec.Meta(max_length=500, pattern=rf"^https?://[^\s]+{END}")]
DateText = Annotated[str, msgspec.Meta(pattern=rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{END}")]
FieldText = Annotated[str, msgspec.Meta(pattern=rf"^[a-z_]+\.[a-z_0-9]+{END}", max_length=80)]
PersonText = Annotated[str, msgspec.Meta(pattern=rf"^(mbr|vis)_[a-z2-7]{{26}}{END}")]


class Grounds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why: the reason in words, and what each kind needs besides. Kept sealed."""

    reason: ReasonText
    statute: GroundText | None = None
    instrument: GroundText | None = None
    case_id: GroundText | None = None
    source: SourceText | None = None
    source_date: DateText | None = None
    fields: Annotated[list[FieldText], msgspec.Meta(max_length=100)] = msgspec.field(
        default_factory=list
    )


class ExceptionDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked for: which of the eleven, why, for what, whose data of which kind, until when.

    Either ``everybody`` or the ``subjects`` by their ids. ``barred``: a law forbids to tell of it,
    so it is shown only to those who have a hand in it.
    """

    code: Code
    grounds: Grounds
    purpose: Purpose
    data: Annotated[list[DataClass], msgspec.Meta(min_length=1, max_length=16)]
    expires_at: int
    everybody: bool = False
    subjects: Annotated[list[PersonText], msgspec.Meta(max_length=MOST_SUBJECTS)] = msgspec.field(
        default_factory=list
    )
    barred: bool = False


class ExceptionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An exception as administrators see it. ``approved_by`` are members, in their order."""

    id: str
    code: Code
    clause: str
    state: State
    grounds: Grounds
    purpose: Purpose
    data: list[DataClass]
    everybody: bool
    subjects: list[str]
    barred: bool
    proposed_by: str
    proposed_at: int
    approved_by: list[str]
    approvals_needed: int
    started_at: int | None
    expires_at: int
    ended_by: str | None
    ended_at: int | None
    uses: int


class Living(NamedTuple):
    """An exception that is in force. ``fields`` are those of EX07, by ``table.column``."""

    id: str
    code: Code
    purpose: Purpose
    data: frozenset[DataClass]
    fields: frozenset[str]

    def reaches(self, data: DataClass, field: str) -> bool:
        """Whether it covers this kind of data, and where fields matter, this field."""
        kind = KINDS[self.code]
        within = data in self.data & kind.data
        return within and ("fields" not in kind.needs or field in self.fields)


class Answer(NamedTuple):
    """What the person said last to the question that an exception stands in for.

    ``record_id`` names the record of consent; empty where nobody has asked them.
    """

    record_id: str = ""
    no: bool = False


UNASKED = Answer()


class Use(NamedTuple):
    """Whose data is touched, empty for everybody's at once: of which kind, in which field if it
    matters, what asks, and what the person had answered.
    """

    subject_id: str
    data: DataClass
    field: str
    asked: str
    answer: Answer


class Noted(NamedTuple):
    """A use as it was written down."""

    number: int
    at: int
    exception_id: str
    purpose: Purpose
    data: DataClass
    field: str
    subject_id: str
    asked: str
    actor_kind: str
    actor_id: str
    consent_id: str
    said_no: bool


class ExceptionKind(msgspec.Struct, frozen=True, kw_only=True):
    """One of the eleven as the form needs it; ``longest`` in ms, ``pipl`` and ``gdpr`` articles."""

    code: Code
    clause: str
    needs: list[Need]
    longest: int
    data: list[DataClass]
    approvals: int
    named: bool
    refusable: bool
    tells: bool
    despite_no: bool
    only: Purpose | None
    off: Off
    pipl: str
    gdpr: str


class ExceptionUse(msgspec.Struct, frozen=True, kw_only=True):
    """Once, somebody's data was touched under an exception. ``asked`` names what asked.

    ``consent_id`` is the record of what the person had answered, empty where they had not, and
    ``said_no`` that it was a no.
    """

    number: int
    at: int
    exception_id: str
    code: Code
    clause: str
    purpose: Purpose
    data: DataClass
    field: str
    subject_id: str
    asked: str
    actor_kind: str
    actor_id: str
    consent_id: str
    said_no: bool


class ExceptionNotice(msgspec.Struct, frozen=True, kw_only=True):
    """What a person is told afterwards: under which exception, why, and how often."""

    code: Code
    clause: str
    reason: str
    purpose: Purpose
    data: list[DataClass]
    started_at: int
    ended_at: int
    uses: int
    told_at: int


def state_of(started_at: int | None, ended_at: int | None, expires_at: int, now: int) -> State:
    """Return where an exception stands at a time (ms)."""
    if ended_at is not None:
        return "ended"
    if expires_at <= now:
        return "expired"
    return "proposed" if started_at is None else "active"


def contract_fields(declarations: Iterable[Declarations]) -> dict[str, DataClass]:
    """Return the fields that a contract needs, by ``table.column``, with what kind each is.

    It is the declared set that EX07 is held against.
    """
    return {
        f"{table}.{name}": column.data
        for tables in declarations
        for table, columns in tables.items()
        for name, column in columns.items()
        if column.personal and column.basis == "contract"
    }


def off_here(kind: Kind, *, press: bool) -> Off:
    """Return why a kind cannot be used on this installation; empty when it can."""
    return "" if kind.off == "press_only" and press else kind.off


def shown_use(noted: Noted, code: Code) -> ExceptionUse:
    return ExceptionUse(code=code, clause=KINDS[code].clause, **noted._asdict())


def shown_kind(kind: Kind, *, press: bool) -> ExceptionKind:
    return ExceptionKind(
        code=kind.code,
        clause=kind.clause,
        needs=list(kind.needs),
        longest=kind.longest,
        data=sorted(kind.data),
        approvals=kind.approvals,
        named=kind.named,
        refusable=kind.refusable,
        tells=kind.tells,
        despite_no=kind.despite_no,
        only=kind.only,
        off=off_here(kind, press=press),
        pipl=kind.pipl,
        gdpr=kind.gdpr,
    )

"""The language in which all that is held says whose it is and why it is there. P.1, 1.2, D.4.

A module's ``privacy.py`` declares each column of its tables, and beyond them each field of what it
tells, queues, sends, puts on record, logs, counts and keeps in memory or in files: either
``personal(…)`` or ``nonpersonal(reason)``. The declarations are data: the notice, the record of
processing, export, retention and erasure are made from them. Tests look for what there really is,
and fail on whatever nobody declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from .purposes import Purposes, bits_of


class DataClass(StrEnum):
    """What kind of data it is, in the policy's terms."""

    ACCOUNT = "ACC"
    PROFILE = "PRO"
    CONTACT = "CON"
    WORK_ROLE = "ORG"
    IDENTITY = "IDN"
    MINOR = "MIN"
    MESSAGE = "MSG"
    FILE = "FIL"
    RECORDING = "REC"
    DEVICE = "DEV"
    NETWORK = "NET"
    OPERATION = "OPS"
    CONSENT = "CNS"
    AUDIT = "AUD"
    NONE = "-"  # nothing about a person


class Purpose(Purposes):
    """Why personal data may be touched: a closed list, without advertising or recommendation."""

    REGISTRATION = "registration"
    AUTHENTICATION = "authentication"
    CONVERSATION = "conversation"
    WAKE_UP = "wake_up"
    TEAMWORK = "teamwork"
    SECURITY = "security"
    ACCOUNTABILITY = "accountability"
    OPERATION = "operation"
    RIGHTS = "rights"
    MICROPHONE = "microphone"
    CAMERA = "camera"
    RECORDING = "recording"
    STATISTICS = "statistics"
    RESEARCH = "research"  # of conversations under EX11, and only to make them anonymous
    IMPROVEMENT = "improvement"  # of the service, by figures that are about nobody


EVERY_PURPOSE = bits_of(Purpose)

OPERATORS = frozenset({Purpose.OPERATION, Purpose.SECURITY})
"""Why an operator acts on its own account: to keep its installation running, and to protect it.

What a company controls is closed to both (D.6), but for the course of events, which is ids and
times and nothing that somebody wrote.
"""

PROTECTION = frozenset({Purpose.SECURITY, Purpose.AUTHENTICATION})
"""For what data is taken that protects people: what is taken for it serves nothing else (4.1.2)."""

Sensitivity = Literal["S1", "S2", "S3"]
Subject = Literal["member", "visitor", "invitee", "controller_contact", "requester"]
Controller = Literal["tenant", "operator"]
Source = Literal["subject", "authorised", "use"]
"""Where a value comes from: the person told it, somebody or something that was authorised did (a
company, its site, a guardian), or it arises from use. Clause 1.2.
"""

Export = Literal["include", "exclude"]
Erasure = Literal["shred", "delete", "pseudonymise", "retain"]
Basis = Literal["contract", "consent", "legitimate_interest", "legal_duty"]
Lies = Literal["disk", "memory", "browser"]
"""Where a value lies: on a disk of ours, in a running server, or in the person's own browser."""


@dataclass(frozen=True, slots=True)
class Retention:
    """A deletion class in ISO/IEC 27555 terms: when the period starts and how long it may last.

    ``days`` is the longest it may stay after ``start``; ``None``: until the start event itself.
    """

    name: str
    start: str
    days: int | None


ACCOUNT_LIFE = Retention("account_life", "account closed", None)
MEMBERSHIP_LIFE = Retention("membership_life", "membership ended", None)
WORKSPACE_LIFE = Retention("workspace_life", "workspace closed", None)
CONVERSATION = Retention("conversation", "conversation erased by the tenant", None)
SESSION = Retention("session", "session ended", 30)
SHORT = Retention("short", "value expired", 7)
LOG = Retention("log", "event", 183)
REQUEST = Retention("request", "request closed", 365)
ASSESSMENT = Retention("assessment", "assessment made", 1096)  # three years, PIPL article 56
CALL = Retention("call", "call ended", 0)
MEMORY = Retention("memory", "server restarted", None)
KEY = Retention("key", "what it opens erased", None)
BACKUP = Retention("backup", "backup replaced", None)


@dataclass(frozen=True, slots=True)
class ConsentNeed:
    """What one purpose asks of a person who agrees to it: which data, and for how long.

    ``outside``: some of it goes to a recipient beyond the controller, who is named in the consent.
    ``in_use``: a feature of this version asks for it; the others are closed and wait for theirs.
    ``sooner``: when some of it goes before that, in periods that are shorter.
    """

    data: frozenset[DataClass]
    retention: Retention
    outside: bool = False
    in_use: bool = False
    sooner: tuple[Retention, ...] = ()

    def names(self, column: Column) -> bool:
        """Whether who agrees is told of this. What lies in memory alone is kept for no period."""
        in_time = column.lies == "memory" or column.retention in (self.retention, *self.sooner)
        return column.data in self.data and in_time


CONSENT_NEEDS: Mapping[Purpose, ConsentNeed] = {
    Purpose.WAKE_UP: ConsentNeed(
        frozenset({DataClass.DEVICE}), SESSION, outside=True, in_use=True, sooner=(SHORT,)
    ),
    Purpose.MICROPHONE: ConsentNeed(frozenset({DataClass.RECORDING}), CALL),
    Purpose.CAMERA: ConsentNeed(frozenset({DataClass.RECORDING}), CALL),
    Purpose.RECORDING: ConsentNeed(frozenset({DataClass.RECORDING}), CONVERSATION),
    Purpose.STATISTICS: ConsentNeed(frozenset({DataClass.OPERATION}), LOG),
}
"""The purposes that rest on consent, a closed list: nothing else may be done because of one."""


@dataclass(frozen=True, slots=True)
class ByRow:
    """The row itself says where its values come from: in a column, and what its words mean."""

    column: str
    words: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Column:
    """What one column or field is. ``reason`` is set instead for what is not about a person.

    However it is made, by the functions below or as a changed copy of another, it raises ValueError
    when it leaves something open or says what cannot be. About a person that is: when no purpose is
    given, or that of improvement, when consent is the basis of a purpose, of data or of a period
    that no question names, when what is taken to protect people would serve something else, when
    the operator would act for itself on what a company controls, or when something that must be
    sealed is not: S2 and S3 never lie on disk in the clear. About nobody: when it does not say why,
    or has what only data about people has.
    """

    data: DataClass
    reason: str = ""
    subjects: tuple[Subject, ...] = ()
    source: Source | ByRow | None = None
    sensitivity: Sensitivity | None = None
    purposes: frozenset[Purpose] = frozenset()
    basis: Basis | None = None
    retention: Retention | None = None
    export: Export = "exclude"
    erasure: Erasure | None = None
    controller: Controller = "tenant"
    sealed: bool = False
    aggregate: bool = False
    lies: Lies = "disk"

    def __post_init__(self) -> None:
        faults = _faults_about_people(self) if self.personal else _faults_about_nobody(self)
        if found := "; ".join(faults):
            raise ValueError(found)

    @property
    def personal(self) -> bool:
        return bool(self.subjects)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where its values may come from."""
        if isinstance(self.source, ByRow):
            return tuple(dict.fromkeys(self.source.words.values()))
        return () if self.source is None else (self.source,)

    @property
    def bits(self) -> int:
        """The purposes that may touch it, as bits: all of them when it is about nobody."""
        return bits_of(self.purposes) if self.personal else EVERY_PURPOSE


def _faults_about_people(column: Column) -> Iterator[str]:
    if column.reason or column.aggregate or column.data is DataClass.NONE:
        yield "what is about a person is not about nobody"
    yield from (f"personal data needs a {word}" for word in _left_open(column))
    if Purpose.IMPROVEMENT in column.purposes:
        yield "what is to be improved is read from figures, and not from people"
    if column.basis == "consent":
        yield from _faults_of_consent(column)
    if _is_the_companys(column) and OPERATORS & column.purposes:
        yield "the company decides about this, and the operator has no purpose with it"
    if Purpose.SECURITY in column.purposes and not column.purposes <= PROTECTION:
        yield "what is taken to protect people serves nothing else"
    if column.lies == "disk" and column.sensitivity != "S1" and not column.sealed:
        yield f"{column.data} of {column.sensitivity} must be sealed"


def _faults_of_consent(column: Column) -> Iterator[str]:
    asked = column.purposes & CONSENT_NEEDS.keys()
    if asked != column.purposes:
        yield "nobody is asked for consent to this purpose"
    if not all(CONSENT_NEEDS[one].names(column) for one in asked):
        yield f"consent is asked for other data than {column.data}, or for another period"


def _left_open(column: Column) -> Iterator[str]:
    said = {
        "purpose": column.purposes,
        "basis": column.basis,
        "period": column.retention,
        "source": column.sources,
        "sensitivity": column.sensitivity,
        "way to erase it": column.erasure,
    }
    return (word for word, value in said.items() if not value)


def _is_the_companys(column: Column) -> bool:
    return column.controller == "tenant" and column.data is not DataClass.OPERATION


def _faults_about_nobody(column: Column) -> Iterator[str]:
    if not column.reason.strip():
        yield "say why it is not personal"
    only_of_people = (column.purposes, column.basis, column.retention, column.source)
    rest = (column.sensitivity, column.erasure, column.data is not DataClass.NONE)
    if any((*only_of_people, *rest)) or column.export == "include":
        yield "what is about nobody has nothing that only data about people has"


def personal(
    subjects: Subject | tuple[Subject, ...],
    data: DataClass,
    sensitivity: Sensitivity,
    *purposes: Purpose,
    source: Source | ByRow,
    basis: Basis,
    retention: Retention,
    erasure: Erasure,
    export: Export = "include",
    controller: Controller = "tenant",
    sealed: bool = False,
    lies: Lies = "disk",
) -> Column:
    """Declare a column or field that is about a person, or about several: both sides of a talk.

    Raises ValueError as ``Column`` does.
    """
    return Column(
        data=data,
        subjects=(subjects,) if isinstance(subjects, str) else subjects,
        source=source,
        sensitivity=sensitivity,
        purposes=frozenset(purposes),
        basis=basis,
        retention=retention,
        export=export,
        erasure=erasure,
        controller=controller,
        sealed=sealed,
        lies=lies,
    )


def passing(subjects: Subject | tuple[Subject, ...], *purposes: Purpose) -> Column:
    """Declare a field of what is told, queued or sent: ids, numbers and states, soon gone."""
    return personal(
        subjects,
        DataClass.OPERATION,
        "S1",
        *purposes,
        source="use",
        basis="contract",
        retention=SHORT,
        erasure="delete",
        export="exclude",
    )


def in_memory(
    subjects: Subject | tuple[Subject, ...],
    data: DataClass,
    *purposes: Purpose,
    basis: Basis = "contract",
    controller: Controller = "tenant",
    sensitivity: Sensitivity = "S1",
) -> Column:
    """Declare what a running server remembers of people: it lies on no disk, so in the clear."""
    return personal(
        subjects,
        data,
        sensitivity,
        *purposes,
        source="use",
        basis=basis,
        retention=MEMORY,
        erasure="delete",
        export="exclude",
        controller=controller,
        lies="memory",
    )


def on_record(*subjects: Subject) -> Column:
    """Declare what an entry of the audit trail says of people: ids, numbers and states."""
    return personal(
        subjects,
        DataClass.AUDIT,
        "S1",
        Purpose.ACCOUNTABILITY,
        source="use",
        basis="legal_duty",
        retention=LOG,
        erasure="retain",
    )


def who_answers(*purposes: Purpose) -> Column:
    """Declare what names whoever runs the server, and how they are reached."""
    return personal(
        "controller_contact",
        DataClass.CONTACT,
        "S1",
        *purposes,
        source="subject",
        basis="legal_duty",
        retention=WORKSPACE_LIFE,
        erasure="retain",
        controller="operator",
        sealed=True,
    )


def nonpersonal(reason: str) -> Column:
    """Declare what is about nobody, and say why. An id of a person is personal."""
    return Column(data=DataClass.NONE, reason=reason)


def secret(reason: str) -> Column:
    """Declare what is about nobody and lies under seal all the same, such as a key of ours."""
    return Column(data=DataClass.NONE, reason=reason, sealed=True)


def aggregate(reason: str) -> Column:
    """Declare a column of figures in which nobody can be found: what improvement may read. 1.2.2.

    Everything else of such a table has to be figures too.
    """
    return replace(nonpersonal(reason), aggregate=True)


Declarations = dict[str, dict[str, Column]]
"""Table name → column name → declaration; beyond the tables, a thing's name → its field's."""

Place = Literal[
    "event",
    "job",
    "frame",
    "audit",
    "document",
    "log",
    "metric",
    "bucket",
    "word",
    "memory",
    "browser",
    "keyring",
]
"""Where something is held beyond the tables. ``frame``: what goes over a socket and is stored in no
column; ``audit``: what an entry of the audit trail says, by its action, besides who, what and when;
``document``: the fields of what a column stores as JSON; ``bucket``: files of ours; ``word``: what
nodes say to each other on the bus; ``browser``: what stays in people's own browsers.
"""

Beyond = dict[Place, Declarations]
"""What a module holds beyond its tables."""

"""From the declarations to what a reader wants to know: one entry for each kind of data.

An entry says in words what is true of its details together, and then names each of them: a detail
that joins others of its kind would change no word otherwise, and nobody could read of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, NamedTuple, Protocol, TypeVar, get_args

import msgspec

from silkroad.kit.inventory import (
    MEMORY,
    Basis,
    Column,
    Controller,
    DataClass,
    Declarations,
    Erasure,
    Purpose,
    Retention,
    Source,
    Subject,
)
from silkroad.kit.languages import Language

Share = Literal["all", "part", "none"]
"""How much of an entry is so: lies sealed on the disk, or is sensitive."""

SUBJECTS: tuple[Subject, ...] = (
    "visitor",
    "requester",
    "invitee",
    "member",
    "controller_contact",
)
T = TypeVar("T")


class Answerable(Protocol):
    """Who answers for the installation, and how they are reached. Clause 9a."""

    @property
    def name(self) -> str: ...
    @property
    def contact_email(self) -> str: ...
    @property
    def contact_phone(self) -> str | None: ...
    @property
    def address(self) -> str | None: ...


class PolicyQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The language to read it in (without one, that of the browser), and who needs it in short."""

    language: Annotated[str, msgspec.Meta(max_length=35)] = ""
    reader: Literal["founder", "invitee"] = "founder"


class Line(msgspec.Struct, frozen=True):
    """A small heading of a short notice, and what is said below it."""

    name: str
    text: str


class PolicyVersion(msgspec.Struct, frozen=True):
    """The policy as it is now: its hash in this language, its address, and what it is in short."""

    hash: str
    language: Language
    url: str
    short: list[Line]


class Detail(NamedTuple):
    """One column, or one field beyond the tables, by its name in the record of processing."""

    name: str
    sealed: bool
    sensitive: bool


class Entry(NamedTuple):
    """One kind of data about one kind of person: everything that is true of some of it.

    ``sensitive``: how much of it is of class S3.
    """

    data: DataClass
    sources: tuple[Source, ...]
    purposes: tuple[Purpose, ...]
    bases: tuple[Basis, ...]
    retentions: tuple[Retention, ...]
    seal: Share
    sensitive: Share
    erasures: tuple[Erasure, ...]
    controllers: tuple[Controller, ...]
    details: tuple[Detail, ...]


About = Literal["question"]
"""What a kept text is, other than a version of the policy or of a chat's short notice."""


class Kept(NamedTuple):
    """A version as it was first shown. ``text`` is the inside of its page; times in ms.

    Of a short notice and of a question it is plain text, a paragraph in each line.
    """

    language: Language
    text: str
    effective_from: int
    about: About | None = None


class Shown(NamedTuple):
    """A text that somebody has before them; ``hash`` names it, and it is in plain words."""

    hash: str
    language: Language
    text: str


class Listed(NamedTuple):
    """That there was a version, and since when."""

    hash: str
    effective_from: int


Overview = dict[Subject, list[Entry]]


def overview(declarations: list[Declarations]) -> Overview:
    """Return all entries by the person whom they concern, those who come from outside first."""
    known = dict(_personal(declarations))
    found = {
        subject: list(_entries({name: c for name, c in known.items() if subject in c.subjects}))
        for subject in SUBJECTS
    }
    return {subject: entries for subject, entries in found.items() if entries}


def _personal(declarations: list[Declarations]) -> Iterator[tuple[str, Column]]:
    for things in declarations:
        for thing, known in things.items():
            yield from ((f"{thing}.{name}", c) for name, c in known.items() if c.personal)


def _entries(known: dict[str, Column]) -> Iterator[Entry]:
    for data in DataClass:
        if same := {name: column for name, column in known.items() if column.data == data}:
            yield _entry(data, same)


def _entry(data: DataClass, known: dict[str, Column]) -> Entry:
    """Return what is true of one kind; how long memory lasts is said where nothing is stored."""
    columns = list(known.values())
    details = tuple(Detail(n, c.sealed, c.sensitivity == "S3") for n, c in sorted(known.items()))
    kept = [column for column in columns if column.retention is not MEMORY] or columns
    return Entry(
        data=data,
        sources=_sources(columns),
        purposes=_once(purpose for c in columns for purpose in sorted(c.purposes)),
        bases=_once(c.basis for c in columns if c.basis),
        retentions=_once(c.retention for c in kept if c.retention),
        seal=_share(c.sealed for c in kept),
        sensitive=_share(detail.sensitive for detail in details),
        erasures=_once(c.erasure for c in columns if c.erasure),
        controllers=_once(c.controller for c in columns),
        details=details,
    )


def _sources(columns: list[Column]) -> tuple[Source, ...]:
    """Return where it comes from, what people tell themselves first."""
    found = {source for column in columns for source in column.sources}
    return tuple(source for source in get_args(Source) if source in found)


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _share(so: Iterable[bool]) -> Share:
    found = set(so)
    if found == {True, False}:
        return "part"
    return "all" if found == {True} else "none"

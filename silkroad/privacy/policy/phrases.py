"""The policy's authored words: one file for each language, a phrase for each key of the inventory.

Words only: what is stored, why and how long is never written here.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from silkroad.kit.inventory import Basis, Controller, DataClass, Erasure, Purpose, Source, Subject
from silkroad.kit.languages import LANGUAGES, Language

from .model import Share

HERE = Path(__file__).parent / "words"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A heading with what stands below it."""

    title: str
    paragraphs: list[str] = msgspec.field(default_factory=list)
    points: list[str] = msgspec.field(default_factory=list)


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of data: its short name, and what it is in plain words."""

    name: str
    what: str


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The names of an entry's lines, of the contact's, and of what is said about versions."""

    source: str
    why: str
    ground: str
    kept: str
    sensitive: str
    sealed: str
    erased: str
    decides: str
    details: str
    details_sealed: str
    details_clear: str
    detail_sensitive: str
    email: str
    phone: str
    address: str
    form: str
    write: str
    languages: str
    version: str
    since: str
    versions: str
    old: str
    newest: str
    machines: str
    scenario: str
    gets: str
    method: str
    place: str
    hosts: str
    policy: str
    reference: str
    valid_until: str


class Brief(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the short notices are put together of, besides the phrases of the page."""

    kept: str
    why: str
    how_long: str
    ends: str
    depends: str
    counted: str
    clock: str
    gets: str
    nobody: str
    asked: str
    through: str
    tenant: str
    operator: str
    runs: str
    row: str
    listed: str
    kept_at: str
    joined: str
    between: str
    data: dict[DataClass, str]
    purposes: dict[Purpose, str]
    retentions: dict[str, str]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that the page says in one language."""

    separator: str
    labels: Labels
    lead: Part
    short: Part
    who: Part
    stored: Part
    how_long: Part
    recipients: Part
    cookies: Part
    protection: Part
    certificates: Part
    rights: Part
    children: Part
    changes: Part
    brief: Brief
    subjects: dict[Subject, str]
    data: dict[DataClass, Kind]
    sources: dict[Source, str]
    purposes: dict[Purpose, str]
    bases: dict[Basis, str]
    retentions: dict[str, str]
    seals: dict[Share, str]
    sensitive: dict[Share, str]
    erasures: dict[Erasure, str]
    controllers: dict[Controller, str]


WORDS: dict[Language, Words] = {
    language: msgspec.json.decode((HERE / f"{language}.json").read_bytes(), type=Words)
    for language in LANGUAGES
}

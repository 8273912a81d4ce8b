"""HTTP operations of imports: the text to confirm, and the record of who confirmed it."""

from __future__ import annotations

import msgspec

from silkroad.http import Call, operation
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.permissions import Permission

from . import actions
from .model import AttestationText, Import
from .words import TEXTS


class ImportList(msgspec.Struct, frozen=True):
    """The newest imports."""

    items: list[Import]


class AttestationQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In which language."""

    language: Language = "en"


@operation(
    "imports.attestation",
    "GET",
    "/api/imports/attestation",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=False,
)
async def read_attestation(call: Call, query: AttestationQuery) -> AttestationText:
    """Return the text that whoever brings in other people's data has to confirm."""
    return TEXTS[query.language]


@operation(
    "imports.list",
    "GET",
    "/api/imports",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.AUDIT},
    audited=False,
)
async def list_imports(call: Call) -> ImportList:
    """Return who brought in other people's data, and on which ground."""
    return ImportList(await call.house.db.read(call.scope, actions.list_imports))


operations = [read_attestation, list_imports]

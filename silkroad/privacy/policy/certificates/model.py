"""What a certificate is, in the words of the wire."""

from __future__ import annotations

import msgspec

from silkroad.kit.fields import CompanyText, MomentNumber


class CertificateDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was certified, by whom, under which number, and until when (ms)."""

    name: CompanyText
    issuer: CompanyText
    reference: CompanyText
    valid_until: MomentNumber


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate in the operator's register."""

    id: str
    name: str
    issuer: str
    reference: str
    valid_until: int


class CertificateList(msgspec.Struct, frozen=True):
    """The register, what ends first at the top; also what has run out."""

    items: list[Certificate]

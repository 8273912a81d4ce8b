"""What a visitor is, and how a site vouches for its customers."""

from __future__ import annotations

import hashlib
import hmac
from typing import Annotated

import msgspec

from silkroad.kit.fields import END
from silkroad.kit.languages import Language
from silkroad.privacy.grants import Detail
from silkroad.privacy.guardians import BirthDateText

ShortText = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """A visitor as agents see them. ``verified``: the company's site vouched for these details."""

    id: str
    name: str | None
    email: str | None
    phone: str | None
    verified: bool
    language: Language
    created_at: int


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the company's site says of its signed-in customer, vouched for by ``hmac`` (hex)."""

    id: ShortText
    hmac: Annotated[str, msgspec.Meta(pattern=rf"^[0-9a-f]{{64}}{END}")]
    name: ShortText | None = None
    email: ShortText | None = None
    phone: ShortText | None = None


class VisitorStart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The visitor acts for the first time: which notice was shown, and in which language.

    ``birth_date``: where the company asks for it, and only there.
    """

    notice_hash: Annotated[str, msgspec.Meta(max_length=64)]
    language: Language
    identity: Identity | None = None
    birth_date: BirthDateText | None = None


def sent(identity: Identity) -> list[Detail]:
    """Return which details the site sends of its customer, beside its own id of them."""
    details: tuple[Detail, ...] = ("name", "email", "phone")
    return [detail for detail in details if getattr(identity, detail) is not None]


def vouched(secret: str, identity: Identity) -> bool:
    """Whether the site that holds ``secret`` vouches for every detail of the identity.

    The text under the HMAC-SHA-256 is ``id``, ``name``, ``email`` and ``phone`` joined by line
    feeds, an absent one empty, so that no detail can be changed on the way.
    """
    if any(
        "\n" in (text or "")
        for text in (identity.id, identity.name, identity.email, identity.phone)
    ):
        return False
    text = "\n".join((identity.id, identity.name or "", identity.email or "", identity.phone or ""))
    expected = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, identity.hmac)

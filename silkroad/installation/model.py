"""What an installation is: whose it is, where its companies' data may be at home, what it runs."""

from __future__ import annotations

from typing import Literal

import msgspec

from silkroad.engines.notify.sms import SmsState
from silkroad.kit.clock import DAY, MINUTE
from silkroad.kit.errors import invalid
from silkroad.kit.fields import AddressText, CompanyText, EmailText, PhoneText
from silkroad.kit.languages import Language
from silkroad.kit.regions import HOME, PINNED, REGIONS

LinkKind = Literal["setup", "operator"]
LIFE: dict[LinkKind, int] = {"setup": DAY, "operator": 15 * MINUTE}


class Controller(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who answers for this installation, and how they are reached. Clause 9a."""

    name: CompanyText
    contact_email: EmailText
    contact_phone: PhoneText | None
    address: AddressText | None


class SetupState(msgspec.Struct, frozen=True, kw_only=True):
    """Whether this installation still has to be set up, and what may be chosen."""

    needed: bool
    demo: bool
    sms: SmsState
    regions: list[str]
    languages: list[Language]


def offered_regions(here: str) -> list[str]:
    """Return what may be chosen; an installation that says where it stands takes no other.

    One that does not say it takes no company of a pinned region: nothing would hold its database,
    its files and its neighbours there.
    """
    return [HOME, here] if here else [region for region in REGIONS if region not in PINNED]


def checked_region(region: str, here: str = "") -> str:
    """Return the region. Raises Refusal ``invalid`` for one that cannot be chosen."""
    if region in PINNED and not here:
        raise invalid(
            "$.region",
            "Nothing says that this installation stands there. Its operator sets "
            f"SILKROAD_REGION={region} first.",
        )
    if region not in offered_regions(here):
        raise invalid("$.region", "This is not one of the regions that can be chosen.")
    return region

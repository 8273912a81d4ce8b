"""What a purpose is: one of a closed list, and never one of those that the policy rules out.

Clauses 4.0 (only listed purposes) and 4.1.5 (no personalised recommendation, no advertising).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Self

PARTS = (
    # English; where a word is written in two ways, what they share
    *("advert", "behavior", "behaviour", "campaign", "crosssell", "lookalike", "market", "monetis"),
    *("monetiz", "newsletter", "outreach", "personalis", "personaliz", "profil", "promo", "resale"),
    *("recommend", "resell", "retarget", "scoring", "segment", "sponsor", "suggest", "tailor"),
    *("targeting", "targeted", "tracking", "upsell"),
    *("adserv", "adnetwork", "commercial", "databroker", "datasale", "selldata", "sellingdata"),
    # Albanian, without its marks, which not everybody types
    *("gjurmim", "komercial", "ofert", "publicitet", "reklam", "rekomand", "rishit", "shitje"),
    *("sponzor", "sugjer"),
    # Chinese, in both scripts
    *("广告", "廣告", "营销", "營銷", "行銷", "推荐", "推薦", "推销", "推銷", "推广", "推廣"),
    *("促销", "促銷", "画像", "畫像", "个性化", "個性化", "追踪", "追蹤", "跟踪", "跟蹤", "定向"),
    *("精准", "精準", "出售", "转售", "轉售", "贩卖", "販賣", "变现", "變現"),
    *("猜你喜欢", "猜你喜歡", "优惠", "優惠", "个性推", "個性推", "兴趣推", "興趣推"),
    *("千人千面", "商业信息", "商業信息", "带货", "帶貨"),
)
"""Parts of names under which nothing may ever be done with personal data, in our languages."""

WORDS = frozenset(
    {"ad", "ads", "adtech", "deals", "lead", "leads", "offer", "offers", "sale", "sales", "sell"}
    | {"selling", "target", "track", "tracker", "shes"}
)
"""The same, of what is short enough to stand within an innocent word."""


class ForbiddenPurpose(Exception):
    """Somebody tried to add a purpose that the policy rules out."""


class OutsidePurpose(Exception):
    """Something asked for data that its purpose has nothing to do with: a defect of the product."""


class Purposes(StrEnum):
    """The kind of list that purposes stand in; each has a ``bit`` of its own, for quick checks.

    Making a list with a forbidden purpose, by its name or by its value, raises ForbiddenPurpose:
    the program does not start.
    """

    bit: int

    def __new__(cls, name: str) -> Self:
        purpose = str.__new__(cls, name)
        purpose._value_ = name
        purpose.bit = 1 << len(cls.__members__)
        return purpose

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name, purpose in cls.__members__.items():  # with its other names
            if ruled_out(name) or ruled_out(purpose.value):
                raise ForbiddenPurpose(f"{name}: the policy rules this out (clause 4.1.5)")


def ruled_out(name: str) -> bool:
    """Whether the policy rules out a purpose of this name, however it is written."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKD", name))
    plain = "".join(sign for sign in spaced.casefold() if not unicodedata.combining(sign))
    words = re.findall(r"[^\W\d_]+", plain)
    return bool(WORDS & set(words)) or any(part in "".join(words) for part in PARTS)


def bits_of(purposes: Iterable[Purposes]) -> int:
    """Return the bits of several purposes."""
    bits = 0
    for purpose in purposes:
        bits |= purpose.bit
    return bits

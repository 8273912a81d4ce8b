"""What was said in the demo before you came. The people and the shop are invented."""

from __future__ import annotations

from typing import Literal, NamedTuple

from silkroad.kit.clock import DAY, HOUR, MINUTE
from silkroad.kit.languages import Language

Who = Literal["visitor", "arta", "wei", "note"]


class Line(NamedTuple):
    """One thing that was said, so many milliseconds after the one before."""

    who: Who
    text: str
    after: int = 2 * MINUTE


class Talk(NamedTuple):
    """One conversation: with whom, in which language, how long ago it began, how it ended."""

    name: str | None
    language: Language
    ago: int
    lines: list[Line]
    end: Literal["open", "closed"] = "open"


TALKS: list[Talk] = [
    Talk(
        "Clara Winter",
        "en",
        3 * DAY,
        [
            Line("visitor", "Hi! Do you ship mountain tea to Norway?"),
            Line("arta", "Hello Clara! Yes, in four to six working days."),
            Line("visitor", "Lovely. And is the paper bag compostable?"),
            Line("arta", "It is, the label too. Just take the little tin tie off first."),
            Line("visitor", "Perfect, thank you 🍃", 5 * MINUTE),
        ],
        "closed",
    ),
    Talk(
        None,
        "zh-CN",
        26 * HOUR,
        [
            Line("visitor", "你好，请问明前绿茶还有货吗？"),
            Line("wei", "您好！还有，每位顾客最多可以买三罐。"),
            Line("visitor", "太好了，我想要两罐。可以送礼盒吗？"),
            Line("note", "礼盒只剩最后几个了，发货前请先确认。"),
            Line("wei", "可以的，礼盒免费，我帮您备注。"),
            Line("visitor", "谢谢！另外，怎么泡比较好？水温多少？", 20 * MINUTE),
        ],
    ),
    Talk(
        "Besnik Gashi",
        "sq",
        5 * HOUR,
        [
            Line("visitor", "Mirëdita, porosia ime ende nuk ka ardhur. A mund ta shihni ku është?"),
            Line("arta", "Mirëdita Besnik! Po e shoh menjëherë."),
            Line("note", "At the depot since Tuesday; the courier had no phone number."),
            Line("arta", "Pakoja është në depo. Nesër para mesditës do të jetë te ju."),
            Line("visitor", "Shumë mirë, faleminderit shumë!", 3 * MINUTE),
        ],
    ),
    Talk(
        "Amelia Featherstonehaugh-Cholmondeley",
        "en",
        40 * MINUTE,
        [
            Line(
                "visitor",
                "Is the linden blossom caffeine-free? I ask for a friend who is a cat.",
            ),
            Line("visitor", "(A person with the nickname Cat.)", MINUTE),
        ],
    ),
    Talk(
        None,
        "sq",
        9 * MINUTE,
        [Line("visitor", "A e keni çajin e malit edhe në qese të mëdha, një kilogram?")],
    ),
]

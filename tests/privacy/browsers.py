"""What stays in browsers and whom they ask, read from scripts, pages and our own code. P.1, 4.1.5.

A script is read without its comments. What is kept is named where it is kept, ``localStorage.``
and a call, so that it can be declared; under any other name it is a finding by itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from tests.architecture.tree import ROOT, sources
from tests.privacy.declared import BYTES, Schema

BUILT = ROOT / "silkroad" / "web"
READABLE = (".ts", ".tsx", ".js", ".html", ".css", ".svg", ".webmanifest")
NOT_SHIPPED = {"tests", "brand"}

_COMMENT = re.compile(
    r"^\s*//[^\n]*$|^\s*/\*.*?\*/|(?<=[;,{}()>])[ ]+//[ ][^\n]*$", re.MULTILINE | re.DOTALL
)
_KEPT = re.compile(
    r"\b(localStorage|sessionStorage|indexedDB|caches|cookieStore|openDatabase|document\.cookie"
    r"|navigator\.storage)\b"
)
_CALLED = re.compile(r"\.[a-zA-Z]+\(|\[")
_COMPUTED = re.compile(r"\b(?:window|globalThis|self|document|navigator)\s*(?:\?\.)?\[")
_TAKEN_OUT = re.compile(r"\{[^{}]*\b(?:cookie|storage)\b[^{}]*\}\s*=\s*(?:document|navigator)\b")

_ADDRESS = re.compile(
    r"(?:https?|wss?)://[^\s\"'`)<>\\]*|(?<=[\"'`(=])//[\w$][^\s\"'`)<>\\]*", re.IGNORECASE
)
_FILLED_IN = re.compile(r"\$\{[^}]*\}?")
_ASKING = re.compile(
    r"\b(RTCPeerConnection|webkitRTCPeerConnection|WebTransport|WebSocket|EventSource|sendBeacon"
    r"|XMLHttpRequest|importScripts|fetchLater|(?<![\"'])fetch(?![\"']))\b"
)


def scripts() -> list[tuple[str, str]]:
    """Return what runs in browsers or is shown there, each file by its place below ``web``."""
    return [
        (str(path.relative_to(ROOT / "web")), path.read_text())
        for path in sources(*READABLE, below="web")
        if not NOT_SHIPPED & set(path.parts) and not path.name.endswith(".config.ts")
    ]


def built() -> list[tuple[str, str]]:
    """Return what was made of them and is served, where it has been made."""
    return [(path.name, path.read_text()) for path in BUILT.rglob("*") if path.suffix in READABLE]


def browsers(scripts: Iterable[tuple[str, str]], read: Iterable[tuple[str, ast.Module]]) -> Schema:
    """Return what stays in browsers: by the script that puts it there, and cookies by name."""
    found = {name: set(_kept(_COMMENT.sub("", text))) for name, text in scripts}
    found["cookie"] = {cookie for module, tree in read for cookie in _cookies(module, tree)}
    return {
        thing: dict.fromkeys(kinds, BYTES)
        for thing, kinds in found.items()
        if kinds or thing == "cookie"
    }


def _kept(text: str) -> Iterator[str]:
    for mention in _KEPT.finditer(text):
        kind = mention[1]
        plain = _CALLED.match(text, mention.end()) or kind == "document.cookie"
        yield kind if plain else f"{kind} by another name"
    for hidden in (*_COMPUTED.findall(text), *_TAKEN_OUT.findall(text)):
        yield f"{' '.join(hidden.split())} hides what it is"


def _cookies(module: str, tree: ast.Module) -> Iterator[str]:
    """Yield the cookies that code sets, and every other way in which it could set one."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Cookie"), args=[name, *_]):
                yield ast.unparse(name).partition("(")[0]
            case ast.Call(func=ast.Attribute(attr="set_cookie" | "delete_cookie"), args=args):
                if not any(_is_a_cookie(arg) for arg in args):
                    yield f"{module}: {ast.unparse(node)}"
            case ast.Constant(value=str() | bytes() as value) if module != "http.dispatch":
                if value.lower() in {"set-cookie", b"set-cookie"} or _sets(value):
                    yield f"{module}: {value!r}"
            case ast.Import() | ast.ImportFrom() if "http.cookies" in ast.unparse(node).split():
                yield f"{module}: {ast.unparse(node)}"
            case _:
                pass


def _is_a_cookie(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "Cookie"


def _sets(value: str | bytes) -> bool:
    """Whether a text is a page's or a script's own cookie."""
    text = value.decode(errors="replace") if isinstance(value, bytes) else value
    return "document.cookie" in text or 'http-equiv="set-cookie' in text.lower()


def asked(scripts: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return what a browser might ask of a server: addresses in full, and the verbs of asking."""
    found = {}
    for name, text in scripts:
        plain = _COMMENT.sub("", text)
        addresses = {_FILLED_IN.sub("${…}", address) for address in _ADDRESS.findall(plain)}
        if said := addresses | set(_ASKING.findall(plain)):
            found[name] = said
    return found

"""No other file of the product can speak to another machine."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.tree import ROOT, name, parsed, sources

HOME = ROOT / "silkroad" / "engines" / "outbound"
CLIENTS = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpcore2",
    "httpx",
    "httpx2",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "urllib.request",
    "urllib3",
    "websockets.asyncio.client",
    "websockets.client",
    "websockets.sync.client",
    "xmlrpc.client",
}
DIALLING = {"create_connection", "create_datagram_endpoint", "open_connection", "sock_connect"}


def test_no_other_file_imports_a_client() -> None:
    importing = {
        name(path): sorted(found)
        for path in sources(".py", below="silkroad")
        if HOME not in path.parents
        if (found := imports(path) & CLIENTS)
    }
    assert importing == {}


def test_no_file_at_all_dials_by_itself() -> None:
    dialling = {
        name(path): sorted(found)
        for path in sources(".py", below="silkroad")
        if (found := attributes(path) & DIALLING)
    }
    assert dialling == {}


def test_the_way_out_itself_would_be_found() -> None:
    assert imports(HOME / "client.py") & CLIENTS == {"httpcore2"}


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names | {name.split(".")[0] for name in names}


def attributes(path: Path) -> set[str]:
    nodes = ast.walk(parsed(path))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}

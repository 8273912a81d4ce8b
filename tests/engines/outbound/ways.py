"""What could speak to another machine, and which files may: read from code, whatever it calls it.

A library from outside is known to keep quiet, or has its files in this list; nothing is taken in
without a line here.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

from tests.architecture.tree import ROOT, name

OUTBOUND = "silkroad.engines.outbound"
_CLIENT = "silkroad/engines/outbound/client.py"
_NETWORK = "silkroad/engines/outbound/network.py"
_POSTGRES = "silkroad/engines/database/postgres"
_WHO_SENDS = {"silkroad/app.py", "silkroad/engines/keyring/roots.py"}

QUIET = {
    *("PIL", "alembic", "apsw", "argon2", "cryptography", "msgspec", "phonenumbers"),
    *("prometheus_client", "pyotp", "silkroad", "sqlalchemy", "starlette", "structlog"),
    *("uvloop", "webauthn"),
}
"""Libraries that reach nobody by themselves."""

MODULES: dict[str, AbstractSet[str]] = {
    **dict.fromkeys(
        (
            *("_posixsubprocess", "_socket", "_ssl", "asyncore", "code", "ctypes", "ensurepip"),
            *("ftplib", "http.client", "http.server", "imaplib", "importlib", "logging.config"),
            *("logging.handlers", "multiprocessing", "nntplib", "pip", "poplib", "pty", "runpy"),
            *("concurrent.futures.process", "pkgutil", "smtplib", "socketserver", "subprocess"),
            *("syslog", "telnetlib", "urllib.request", "webbrowser", "wsgiref", "xml", "xmlrpc"),
            *("prometheus_client.bridge", "prometheus_client.exposition", "starlette.testclient"),
        ),
        frozenset(),
    ),
    f"{OUTBOUND}.client": _WHO_SENDS,
    f"{OUTBOUND}.network": {_CLIENT},
    "asyncio.subprocess": {"silkroad/engines/pictures/__init__.py"},
    "httpcore2": {_CLIENT, _NETWORK},
    "nats": {"silkroad/engines/bus/nats.py"},
    "obstore": {"silkroad/engines/blobs/s3.py"},
    "psycopg": {
        *(
            f"{_POSTGRES}/{file}.py"
            for file in ("opening", "owner", "pipeline", "values", "wrongs")
        ),
        "silkroad/engines/keyring/postgres.py",
        "silkroad/engines/keyring/postgres_copying.py",
    },
    "socket": {"silkroad/serving.py", _NETWORK},
    "ssl": {_CLIENT},
    "uvicorn": {"silkroad/serving.py"},
}
"""A module, with all below it → the files that may import it."""

WORDS: dict[str, AbstractSet[str]] = {
    **dict.fromkeys(
        (
            *("connect_unix_socket", "create_connection", "create_datagram_endpoint"),
            *("create_unix_connection", "open_connection", "open_unix_connection", "sock_connect"),
            *("sock_sendto", "start_tls", "connect_write_pipe"),
            *("create_subprocess_exec", "create_subprocess_shell", "subprocess_shell", "Popen"),
            *("ProcessPoolExecutor", "posix_spawn", "posix_spawnp", "forkpty", "fork", "popen"),
            *("create_engine", "create_async_engine", "engine_from_config"),
            *("push_to_gateway", "pushadd_to_gateway", "start_http_server"),
            *("HTTPHandler", "SocketHandler", "DatagramHandler", "SMTPHandler", "SysLogHandler"),
            *("__import__", "import_module", "eval", "exec"),
        ),
        frozenset(),
    ),
    "AnyIOBackend": {_CLIENT},
    "HttpOutbound": {_CLIENT, *_WHO_SENDS},
    "PinnedNetwork": {_CLIENT, _NETWORK},
    "Recipient()": {"silkroad/engines/keyring/transit.py", "silkroad/privacy/processors/model.py"},
    "hosts=": {
        "silkroad/engines/keyring/transit.py",
        "silkroad/privacy/processors/model.py",
        "silkroad/privacy/processors/registry.py",
    },
    "connect_tcp": {_NETWORK},
    "subprocess_exec": {"silkroad/engines/pictures/__init__.py"},
}
"""What a name or a string may say, and what may be made → the files that may do it."""

_OF_THE_SYSTEM = ("os.system", "os.exec", "os.spawn", "os.startfile", "posix")


def ways_out(path: Path, tree: ast.Module) -> list[str]:
    """Return what a file says that could speak to another machine, and is not its to say."""
    allowed = {known for known, files in (*MODULES.items(), *WORDS.items()) if name(path) in files}
    return sorted(spoken(path, tree) - allowed)


def spoken(path: Path, tree: ast.Module) -> set[str]:
    """Return everything in a file that could speak to another machine."""
    imported = dict(_imported(path, tree))
    modules = {*imported.values(), *_attributes(tree, imported)}
    words = {module.rpartition(".")[2] for module in modules} | set(_words(tree, imported))
    found = {known for known in MODULES if any(f"{m}.".startswith(f"{known}.") for m in modules)}
    found |= {module for module in modules if module.startswith(_OF_THE_SYSTEM)}
    return found | (words & WORDS.keys()) | {one for one in _libraries(tree) if not _known(one)}


def _known(library: str) -> bool:
    return library in sys.stdlib_module_names or library in QUIET or library in MODULES


def _libraries(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def _attributes(tree: ast.Module, imported: dict[str, str]) -> Iterator[str]:
    """Yield the attributes of what was imported, in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            first, _, rest = ast.unparse(node).partition(".")
            if first in imported:
                yield f"{imported[first]}.{rest}"


def _words(tree: ast.Module, imported: dict[str, str]) -> Iterator[str]:
    """Yield every name, attribute, call and keyword, and every string: it may be an attribute's."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.Constant(value=str(word)):
                yield word
            case ast.Call(func=ast.Name(id=word) | ast.Attribute(attr=word)):
                yield f"{imported.get(word, word).rpartition('.')[2]}()"
            case ast.keyword(arg=str(word)):
                yield f"{word}="
            case ast.FunctionDef(name=word) | ast.AsyncFunctionDef(name=word):
                yield word
            case ast.ClassDef(name=word):
                yield word
            case _:
                pass


def _imported(path: Path, tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield what an import brings in: by which word, and its name in full."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.asname or alias.name, alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, node.module) if node.module else above)
            yield from (
                (alias.asname or alias.name, f"{module}.{alias.name}") for alias in node.names
            )

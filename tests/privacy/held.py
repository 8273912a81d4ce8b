"""What is held beyond the tables, found by looking: in classes, in code, in files, in databases."""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeGuard, get_args

import psycopg
from prometheus_client import CollectorRegistry

from silkroad.archive import records
from silkroad.conversations.relay import Typing
from silkroad.diagnostics.metrics import registry_of
from silkroad.engines.blobs import MARK
from silkroad.engines.bus import Topic
from silkroad.engines.database import Fact, Job
from silkroad.live import elsewhere, feeds
from silkroad.live.frames import ClientFrame, ServerFrame
from tests.architecture.tree import ROOT, parsed, sources
from tests.privacy.declared import BYTES, Schema

WORDS: dict[Topic, Any] = {
    "feed": feeds.Hint,
    "typing": Typing,
    "presence": elsewhere.Word,
}
CONTAINERS = {
    *("dict", "list", "set", "bytearray", "defaultdict", "deque", "OrderedDict", "Counter"),
    *("Queue", "LifoQueue", "PriorityQueue", "SimpleQueue"),
    *("WeakSet", "WeakKeyDictionary", "WeakValueDictionary", "ContextVar"),
}
WRITING = {
    *("put", "_target.put", "blobs.put", "os.open", "os.fdopen", "write_text", "write_bytes"),
    *("NamedTemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "TemporaryFile"),
    *("mkdtemp", "mkstemp", "apsw.Connection", "sqlite3.connect"),
    *("shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.copytree", "shutil.move"),
    *("shutil.make_archive", "hardlink_to", "symlink_to", "os.link", "os.mkfifo", "os.symlink"),
    *("ZipFile", "TarFile", "GzipFile", "FileHandler", "RotatingFileHandler"),
}
"""What a call is named that writes, by its last words."""

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
STARTED = {"__main__", "child"}
"""Files that are programs, and start when they are imported."""
CACHES = {"cache", "lru_cache", "cached_property"}
LITERALS = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)


for _path in sources(".py", below="silkroad"):
    if _path.stem not in STARTED and "versions" not in _path.parts:
        import_module(".".join(_path.relative_to(ROOT).with_suffix("").parts))
"""Whether anything else imports it or not, a class is held if a file has it."""


def fields(things: dict[str, Iterable[str]]) -> Schema:
    return {thing: dict.fromkeys(known, BYTES) for thing, known in things.items()}


def kinds_of(base: type[Any]) -> Iterator[type[Any]]:
    """Yield the product's kinds of a base, those that have no kinds of their own."""
    for kind in base.__subclasses__():
        if kind.__subclasses__():
            yield from kinds_of(kind)
        elif kind.__module__.startswith("silkroad."):
            yield kind


def events(base: type[Any] = Fact) -> Schema:
    """Return every fact, whether somebody hears of it or nobody."""
    return fields({fact.__name__: fact.__struct_fields__ for fact in kinds_of(base)})


def jobs() -> Schema:
    return fields({job.__name__: job.__struct_fields__ for job in kinds_of(Job)})


def frames() -> Schema:
    found = [*kinds_of(ClientFrame), *kinds_of(ServerFrame)]
    return fields({frame.__name__: frame.__struct_fields__ for frame in found})


def words() -> Schema:
    """Return what nodes say to each other, by its topic."""
    return fields(
        {
            topic: getattr(WORDS[topic], "_fields", None) or WORDS[topic].__struct_fields__
            for topic in get_args(Topic)
        }
    )


def log_keys(code: Iterable[tuple[str, ast.Module]]) -> set[str]:
    """Return the keys that the code logs by their names."""
    found: set[str] = set()
    for _, tree in code:
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and _logs(call.func):
                found |= {one.arg or "**" for one in call.keywords}
    return found


def _logs(called: ast.expr) -> bool:
    levels = {"debug", "info", "warning", "error", "exception", "critical"}
    if not isinstance(called, ast.Attribute) or called.attr not in levels:
        return False
    return ast.unparse(called.value).endswith(("log", "get_logger()"))


def metrics(registry: CollectorRegistry | None = None) -> Schema:
    """Return every metric with its labels; the empty one is its number."""
    idle = SimpleNamespace(
        db=SimpleNamespace(counts=SimpleNamespace(actions=0, commits=0, refusals=0), waiting=0),
        hub=(),
    )
    measured = registry or registry_of(idle)  # type: ignore[arg-type]  # no house is running
    found: dict[str, set[str]] = {}
    for family in measured.collect():
        labels = {label for sample in family.samples for label in sample.labels}
        found[family.name] = {"", *labels, *_labels(family)}
    for collector in list(measured._collector_to_names):
        if name := getattr(collector, "_name", ""):
            found.setdefault(name, {""}).update(_labels(collector))
    return fields(dict(found))


def _labels(measure: object) -> tuple[str, ...]:
    """Return the labels that a metric may have, though nothing was measured yet."""
    return tuple(getattr(measure, "_labelnames", ()))


def backup() -> Schema:
    """Return the kinds of records of a backup."""
    tags = {str(kind.__struct_config__.tag) for kind in get_args(records.Record)}
    return fields({"backup": tags})


def files(folder: Path) -> Schema:
    """Return what lies in a folder of data: by its place, and blobs by the kind of their ids.

    A mark is the name of an empty blob, so its folder says what it is.
    """
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            place, *inner = path.relative_to(folder).parts
            name = inner[-1] if inner else ""
            kind = _of_blob(inner) if place == "blobs" else _without_log(name)
            found.setdefault(_without_log(place), set()).add(kind)
    return fields(dict(found))


def _of_blob(inner: list[str]) -> str:
    return MARK if inner[0] == MARK else inner[-1].partition("_")[0]


def _without_log(name: str) -> str:
    """Return a file's name; a database's log and index belong to the database."""
    return name.removesuffix("-wal").removesuffix("-shm")


def writers(read: Iterable[tuple[str, ast.Module]]) -> set[str]:
    """Return which functions open a file to write into it, or hand bytes to the store of blobs."""
    return {place for module, tree in read for place in calling(module, tree, _writes)}


def calling(place: str, node: ast.AST, what: Callable[[ast.Call], bool]) -> Iterator[str]:
    """Yield the functions that make such a call, by their dotted names."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.Call) and what(inner):
            yield place
        within = place
        if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            within = f"{place}.{inner.name}"
        yield from calling(within, inner, what)


def _writes(call: ast.Call) -> bool:
    called = ast.unparse(call.func)
    if called in WRITING or called.endswith(tuple(f".{words}" for words in WRITING - {"put"})):
        return True
    if called.endswith(".touch"):  # a store touches a row, in a transaction
        return not any(ast.unparse(argument) == "tx" for argument in call.args)
    if called.rpartition(".")[2] == "open":  # with a mode that writes
        said = {w.value for w in [*call.args, *(k.value for k in call.keywords)] if _is_text(w)}
        return any(
            set(str(mode)) & set("wax+") and set(str(mode)) <= set("wax+bt") for mode in said
        )
    return False


def _is_text(node: ast.expr) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def keys_in_a_file(path: Path) -> Schema:
    """Read the keyring's tables from the file itself."""
    with closing(sqlite3.connect(path)) as file:
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return fields(
            {t: [c[1] for c in file.execute(f'PRAGMA table_xinfo("{t}")')] for (t,) in tables}
        )


def keys_in_postgres(url: str) -> Schema:
    """Read the keyring's tables from its database's catalogue."""
    asked = (
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public'"
    )
    found: dict[str, list[str]] = {}
    with psycopg.connect(url) as connection:
        for table, column in connection.execute(asked):
            found.setdefault(table, []).append(column)
    return fields(dict(found))


def code() -> list[tuple[str, ast.Module]]:
    """Return the product's own code, each file by its dotted name."""
    return [
        (name, parsed(path))
        for path in sources(".py", below="silkroad")
        if not (name := _dotted(path)).startswith("migrations.versions")
    ]


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT / "silkroad").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def memory(read: Iterable[tuple[str, ast.Module]]) -> Schema:
    """Return what code remembers beyond one call.

    That is a class's attribute that is a container; what starts empty in a module, or in a function
    whose inner ones go on with it; and whatever keeps the answers of a function.
    """
    found: dict[str, set[str]] = {}
    for module, tree in read:
        for place, name in _remembered(module, tree):
            found.setdefault(place, set()).add(name)
    return fields(dict(found))


def _remembered(module: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    for statement in tree.body:
        for target, value, _ in _assigned(statement):
            if isinstance(target, ast.Name) and _starts_empty(value):
                yield module, target.id
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from ((f"{module}.{node.name}", name) for name in _of_class(node))
        if isinstance(node, FUNCTIONS):
            yield from ((module, f"{node.name}.{name}") for name in _gone_on_with(node))
    inside = {id(f) for n in ast.walk(tree) if isinstance(n, ast.ClassDef) for f in n.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and id(node) not in inside and _is_kept(node):
            yield module, node.name


def _of_class(node: ast.ClassDef) -> Iterator[str]:
    yield from (f.name for f in node.body if isinstance(f, ast.FunctionDef) and _is_kept(f))
    record = any(ast.unparse(base).endswith("Struct") for base in node.bases)  # it never changes
    for statement in node.body:
        for target, value, _ in _assigned(statement):
            own = isinstance(target, ast.Name) and not record
            if own and (_made_for_each(value) or _starts_empty(value)):
                yield ast.unparse(target)
    for inner in ast.walk(node):
        for target, value, kind in _assigned(inner):
            own = isinstance(target, ast.Attribute) and ast.unparse(target.value) == "self"
            if own and (_is_container(value) or _is_container(kind)):
                yield ast.unparse(target).removeprefix("self.")


def _gone_on_with(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Return what a function begins empty, and hands to the functions that it makes."""
    begun = {
        target.id
        for inner in ast.walk(function)
        for target, value, _ in _assigned(inner)
        if isinstance(target, ast.Name) and _starts_empty(value)
    }
    made = (f for f in ast.walk(function) if f is not function)
    inside = (f for f in made if isinstance(f, (*FUNCTIONS, ast.Lambda)))
    return {n.id for f in inside for n in ast.walk(f) if isinstance(n, ast.Name)} & begun


def _assigned(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr | None, ast.expr | None]]:
    if isinstance(node, ast.Assign):
        yield from ((target, node.value, None) for target in node.targets)
    elif isinstance(node, ast.AnnAssign):
        yield node.target, node.value, node.annotation


def _is_container(node: ast.expr | None) -> bool:
    """Whether a value or an annotation is a container's."""
    if isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
        return _is_container(node)
    word = _word(node)
    return isinstance(node, LITERALS) or word in CONTAINERS or word.endswith("Cache")


def _word(node: ast.expr | None) -> str:
    return (
        ast.unparse(node).rpartition(".")[2] if isinstance(node, ast.Name | ast.Attribute) else ""
    )


def _starts_empty(value: ast.expr | None) -> bool:
    """Whether a module's own is empty until the program runs; a table of constants is not."""
    if isinstance(value, ast.Call):
        return _is_container(value) and (_word(value.func) == "defaultdict" or not value.args)
    return ast.unparse(value) in {"{}", "[]"} if value else False


def _made_for_each(value: ast.expr | None) -> bool:
    """Whether a dataclass makes a container for each of its objects."""
    return (
        isinstance(value, ast.Call)
        and ast.unparse(value.func) == "field"
        and any(one.arg == "default_factory" and _is_container(one.value) for one in value.keywords)
    )


def _is_kept(function: ast.FunctionDef) -> bool:
    """Whether a function's answers are kept."""
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if _word(called) in CACHES:
            return True
    return False

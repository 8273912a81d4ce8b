"""The two import rules of our own, beside import-linter's stock ones.

A *module* is any package with an ``actions.py``. It shows its neighbours a face (the package
itself) and its facts (``events``); the rest is its own affair, whoever sits above or below it.
Inside, its files build on each other in one direction only.

import-linter finds both classes through ``pyproject.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

SURFACE, VERBS, ROWS, VALUES = 3, 2, 1, 0

# A file with another name counts as values: it may lean on nothing but its like.
RANKS = {
    "routes": SURFACE,
    "sockets": SURFACE,
    "relay": SURFACE,
    "jobs": SURFACE,
    "privacy": SURFACE,
    "actions": VERBS,
    "queries": VERBS,
    "views": VERBS,
    "store": ROWS,
    "tables": ROWS,
}


class Crossing(NamedTuple):
    """One import that goes where it may not."""

    importer: str
    imported: str
    why: str


class ModuleContract(Contract):
    """What both rules share: walk the imports of all modules and show the wrong ones."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 - import-linter's signature
        crossings = sorted(self.crossings(graph))
        return ContractCheck(
            kept=not crossings, metadata={"crossings": crossings, "lines": lines(graph, crossings)}
        )

    def crossings(self, graph: ImportGraph) -> Iterator[Crossing]:
        raise NotImplementedError

    def render_broken_contract(self, check: ContractCheck) -> None:
        found = zip(check.metadata["crossings"], check.metadata["lines"], strict=True)
        for (importer, imported, why), line in found:
            output.print_error(f"- {importer} -> {imported} (l.{line}): {why}", bold=False)
        output.new_line()


class FacesContract(ModuleContract):
    """Strangers meet a module at its face or its facts; those who assemble may also see more."""

    assembly: Any = fields.SetField(subfield=fields.StringField())
    shown_to_assembly: Any = fields.SetField(subfield=fields.StringField())

    def crossings(self, graph: ImportGraph) -> Iterator[Crossing]:
        for module, inner in inner_files(graph):
            part = inner.removeprefix(f"{module}.").split(".")[0]
            for importer in graph.find_modules_that_directly_import(inner):
                if not (inside(importer, module) or self.may_see(importer, module, part)):
                    yield Crossing(importer, inner, f"only the face of {module} is open")

    def may_see(self, importer: str, module: str, part: str) -> bool:
        if any(inside(importer, name) for name in self.assembly):
            return part in {"events", *self.shown_to_assembly}
        return part == "events" or (part == "model" and is_family(importer, module))


class FileOrderContract(ModuleContract):
    """Inside a module: routes, jobs, privacy above actions above store above events and model."""

    def crossings(self, graph: ImportGraph) -> Iterator[Crossing]:
        for module, inner in inner_files(graph):
            for imported in graph.find_modules_directly_imported_by(inner):
                if imported == module:
                    yield Crossing(inner, imported, "a file may not lean on its own face")
                elif inside(imported, module) and rank(imported, module) > rank(inner, module):
                    yield Crossing(inner, imported, "imports inside a module go down only")


def inner_files(graph: ImportGraph) -> Iterator[tuple[str, str]]:
    """Yield every file of every module, beside the module's name."""
    for actions in sorted(name for name in graph.modules if name.endswith(".actions")):
        module = actions.removesuffix(".actions")
        for inner in sorted(graph.find_descendants(module)):
            yield module, inner


def rank(name: str, module: str) -> int:
    """How high a file stands in its module; `routes_widget` stands where `routes` does."""
    word = name.removeprefix(f"{module}.").split(".")[0].split("_")[0]
    return RANKS.get(word, VALUES)


def is_family(importer: str, module: str) -> bool:
    """Whether the importer belongs to the module that this one is a part of."""
    parent = module.rpartition(".")[0]
    return "." in parent and inside(importer, parent)


def inside(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def lines(graph: ImportGraph, crossings: list[Crossing]) -> list[Any]:
    """Say on which line each wrong import stands."""
    return [
        graph.get_import_details(importer=wrong.importer, imported=wrong.imported)[0]["line_number"]
        for wrong in crossings
    ]

"""The map as pages in ``docs/policy/``: what is asked, what is claimed, and what that rests on.

A page cannot run tests, so it says what is claimed and makes no promise.
"""

from __future__ import annotations

from collections.abc import Iterator

from .map import SECTIONS, Section
from .model import Clause

INTRODUCTION = """\
# The policy, clause by clause

The privacy policy that Silkroad is built for has numbered clauses. This is the map of them: what
each asks for in our words, when it counts as kept, the code that keeps it, the tests that show it,
and what is missing. It is made from the data in `silkroad/privacy/clauses/map/__init__.py` and the
files beside it, by `silkroad clauses --pages docs/policy`; a test holds both together, and another
resolves every name.

| claim | means |
| --- | --- |
| kept | what has to pass, as it is written here, is tested |
| partial | some of it works and is tested; what is missing stands beside it |
| open | nothing that would count |

**A claim is not a proof, and these pages promise nothing.** `make clauses` runs the tests that the
map names and writes `build/clauses.json`; `silkroad clauses --results build/tests.json` shows the
same as a table. There a clause is kept only if all of its code and all of its tests are where the
map says and every one of those tests passed, on these very files. One that is red, skipped, renamed
or missing takes the promise away. The reasons are in
[decision 029](../decisions/029-the-clause-map.md).
"""


def pages() -> dict[str, str]:
    """Return every page by its file's name."""
    sections = {_file(name): _page(name, section) for name, section in SECTIONS.items()}
    return {"README.md": _index(), **sections}


def _index() -> str:
    return "\n".join([INTRODUCTION, "| clause | claim | asks |", "| --- | --- | --- |", *_rows()])


def _rows() -> Iterator[str]:
    for name, section in SECTIONS.items():
        for clause in section.clause:
            asks = clause.promise.replace("|", "\\|")
            yield f"| [{clause.id}]({_file(name)}) | {clause.claim} | {asks} |"
    yield ""


def _page(name: str, section: Section) -> str:
    head = f"# {name.upper()} · {section.title}\n\nThe whole map: [README.md](README.md)\n"
    return "\n".join([head, *(_entry(clause) for clause in section.clause)])


def _entry(clause: Clause) -> str:
    claim = "open" if clause.claim == "open" else f"claimed {clause.claim}"
    return f"## {clause.id} · {claim}\n\n" + "".join(
        f"- **{label}**:{text}\n" for label, text in _lines(clause) if text.strip()
    )


def _lines(clause: Clause) -> Iterator[tuple[str, str]]:
    yield "Asks", f" {clause.promise}"
    yield "Kept when", f" {clause.accepted}"
    yield "Works", f" {clause.works}"
    yield "Missing", f" {clause.missing}"
    yield "Code", _places(clause.code)
    yield "Tests", _places(clause.tests)


def _places(places: tuple[str, ...]) -> str:
    return "".join(f"\n  - `{place}`" for place in places)


def _file(name: str) -> str:
    return f"section-{name}.md"

"""Making a copy piece by piece: a page of rows is read, written, sent, and then the next one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple

import msgspec
import structlog

from silkroad.engines.database import Transaction
from silkroad.http import Flow, House
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.permissions import Permission
from silkroad.kit.scope import Scope
from silkroad.privacy import holdings
from silkroad.privacy.holdings import Holding, Page

from . import page
from .archive import Archive, file_name
from .phrases import WORDS

EVERYTHING = set(DataClass) - {DataClass.NONE}
"""What a copy may hold."""

_encode = msgspec.json.Encoder(order="deterministic").encode

log = structlog.get_logger()


class Order(NamedTuple):
    """Whose copy is made: in whose scope, of which kinds of data (None for all), for which page.

    ``who`` is the company that answers; ``left_out`` are people of whom there is no copy, by ids.
    ``permission`` is what the caller has to keep until its last byte; None for who has a link.
    ``still`` raises a Refusal once that is over on which the copy stands. ``letters`` returns a
    person's next letter to the privacy contact behind an id, where those belong in the copy.
    """

    scope: Scope
    people: list[str]
    classes: frozenset[DataClass] | None
    language: Language
    who: str
    made_at: int
    left_out: list[str]
    permission: Permission | None
    still: Callable[[Transaction], None] | None = None
    letters: Callable[[Transaction, str, str], dict[str, Any] | None] | None = None


def copy_of(house: House, order: Order, name: str) -> Flow:
    """Return a ZIP that is made while it is sent, under such a name."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return Flow(b"", "application/zip", headers, pieces(house, order))


async def pieces(house: House, order: Order) -> AsyncIterator[bytes]:
    """Yield a ZIP: for each person one JSONL per table, their files, and a page to read.

    Whoever is erased meanwhile ends it in the middle. So does the end of the caller's permission,
    and of the entry that a copy stands on, which are looked at before each piece: what was sent is
    then no whole file.
    """
    try:
        async for piece in _made(house, order):
            if piece:
                await _check(house, order)
                yield piece
    except Exception as broken:
        code = broken.code if isinstance(broken, Refusal) else type(broken).__name__
        log.warning("copy_broken", error=code)
        raise


async def _check(house: House, order: Order) -> None:
    """Raise Refusal if the caller may not have it any more, or its entry has ended."""
    if order.permission:
        caller = order.scope.doing(Purpose.AUTHENTICATION)
        here = await house.db.read(caller, house.still_here)
        if here is None or not here.may(order.permission):
            raise refuse("revoked")
    if order.still:
        await house.db.read(order.scope, order.still)


async def _made(house: House, order: Order) -> AsyncIterator[bytes]:
    archive = Archive()
    counted: dict[str, dict[str, int]] = {}
    for person_id in order.people:
        at = f"{person_id}/" if len(order.people) > 1 else ""
        making = _Person(house, order, person_id, archive, at)
        async for piece in making.pieces():
            yield piece
        counted[person_id] = making.counted
    with archive.entry("about.json") as entry:
        entry.write(_about(order, counted))
    yield archive.end()


class _Person:
    """The part of a copy that is one person's."""

    def __init__(
        self, house: House, order: Order, person_id: str, archive: Archive, at: str
    ) -> None:
        self._house = house
        self._order = order
        self._person_id = person_id
        self._archive = archive
        self._at = at
        self._revealed: dict[str, list[dict[str, Any]]] = {}
        self._names: dict[str, str] = {}
        self._contents: dict[str, str] = {}
        self.counted: dict[str, int] = {}

    async def pieces(self) -> AsyncIterator[bytes]:
        held = [h for h in holdings.learned().copied if h.of(self._order.classes)]
        self.counted = {holding.name: 0 for holding in held}
        for holding in held:
            with self._archive.entry(f"{self._at}data/{holding.name}.jsonl") as entry:
                async for rows in self._rows(holding):
                    self._note(holding, rows)
                    entry.write(b"".join(_encode(row) + b"\n" for row in rows))
                    yield self._archive.taken()
        async for piece in self._written():
            yield piece
        for row_id, table in self._contents.items():
            async for piece in self._content(table, row_id):
                yield piece
        async for piece in self._page(held):
            yield piece

    async def _written(self) -> AsyncIterator[bytes]:
        """Yield what they wrote to the privacy contact, a line for each letter."""
        if self._order.letters is None:
            return
        self.counted[page.LETTERS] = 0
        with self._archive.entry(f"{self._at}data/{page.LETTERS}.jsonl") as entry:
            async for letter in self._letters():
                self.counted[page.LETTERS] += 1
                entry.write(_encode(letter) + b"\n")
                yield self._archive.taken()

    async def _letters(self) -> AsyncIterator[dict[str, Any]]:
        scope, next_letter, after = self._order.scope, self._order.letters, ""
        while next_letter:
            letter = await self._house.db.read(scope, next_letter, self._person_id, after)
            if letter is None:
                return
            yield letter
            after = letter["id"]

    async def _rows(self, holding: Holding) -> AsyncIterator[list[dict[str, Any]]]:
        """Yield the rows of a table; what is sensitive is revealed once, in a transaction."""
        if holding.name in self._revealed:
            yield self._revealed[holding.name]
            return
        classes, scope, db = self._order.classes, self._order.scope, self._house.db
        sensitive = holding.sensitive_in(classes)
        after: tuple[Any, ...] | None = None
        while True:
            ask = db.write if sensitive else db.read
            found: Page = await ask(scope, holding.page, self._person_id, classes, after)
            if sensitive:
                self._revealed.setdefault(holding.name, []).extend(found.rows)
            if found.rows:
                yield found.rows
            if found.after is None:
                return
            after = found.after

    def _note(self, holding: Holding, rows: list[dict[str, Any]]) -> None:
        self.counted[holding.name] += len(rows)
        if holding.has_contents:
            for row in rows:
                self._names[row["id"]] = file_name(row["id"], str(row.get("name", "")))
                self._contents[row["id"]] = holding.name

    async def _content(self, table: str, row_id: str) -> AsyncIterator[bytes]:
        """Yield a file; one that never arrived has a row and no content."""
        try:
            data = await holdings.opened_content(
                self._house, self._order.scope.workspace_id, table, row_id
            )
        except Refusal as refusal:
            if refusal.code != "not_found":
                raise
            return
        with self._archive.entry(f"{self._at}files/{self._names[row_id]}", packed=False) as entry:
            await asyncio.to_thread(entry.write, data)
        yield self._archive.taken()

    async def _page(self, held: list[Holding]) -> AsyncIterator[bytes]:
        """Yield the page to read, from the same rows once more."""
        around = page.Around(WORDS[self._order.language], self._order, self._names)
        order = list(around.words.tables)
        shown = [h for h in held if self.counted[h.name] and h.name in order]
        with self._archive.entry(f"{self._at}index.html") as entry:
            entry.write(page.head(around).encode())
            for holding in sorted(shown, key=lambda holding: order.index(holding.name)):
                entry.write(page.title(around, holding.name).encode())
                async for rows in self._rows(holding):
                    entry.write(page.rows(around, holding.name, rows).encode())
                    yield self._archive.taken()
                entry.write(page.END.encode())
            if self.counted.get(page.LETTERS):
                entry.write(page.title(around, page.LETTERS).encode())
                async for letter in self._letters():
                    entry.write(page.letter(around, letter).encode())
                    yield self._archive.taken()
                entry.write(page.END.encode())
            entry.write(page.foot(around).encode())
        yield self._archive.taken()


def _about(order: Order, counted: dict[str, dict[str, int]]) -> bytes:
    about = {
        "made_at": holdings.told("made_at", order.made_at),
        "by": order.who,
        "inventory": holdings.inventory_hash(),
        "kinds_of_data": sorted(order.classes) if order.classes is not None else "all",
        "people": counted,
        "left_out": order.left_out,
    }
    return msgspec.json.format(_encode(about), indent=1) + b"\n"

"""All that an action can touch: one transaction, in one scope.

An action is a synchronous function ``(tx, …) -> result``. Through ``tx`` it runs its store's
statements, tells facts, queues jobs, writes the audit trail, and seals and opens what is private.
It has no network, no files, and cannot wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Column, Table

from silkroad.engines.keyring import (
    KeyName,
    KeyNotLoaded,
    Keyring,
    NewKey,
    SealKey,
    sealing_context,
)
from silkroad.engines.keyring.seal import NONCE
from silkroad.kit.clock import Clock
from silkroad.kit.ids import new_id, new_token
from silkroad.kit.inventory import Purpose
from silkroad.kit.randomness import Randomness
from silkroad.kit.scope import Scope

from .driver import EVERYWHERE, Connection, Row
from .foresight import Answered
from .ledger import AUDIT, FACT, JOB, Ledger, Page
from .news import Fresh, News
from .purposes import OutsidePurpose, is_sensitive, of_column
from .seals import admit_blind, admit_sealed
from .sources import Unsourced
from .statement import WORKSPACE, Statement
from .trail import admit

N = TypeVar("N", bound=int)


class Fact(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Something that happened in a workspace: ids only. Subclasses are each module's closed set."""


class Job(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Something to do later in a workspace: ids only.

    Each has a purpose. One that ``sweeps`` deletes by age: it waits while the clock cannot be
    believed. One that is ``owed`` is tried until it is done, however often it has failed.
    """

    purpose: ClassVar[Purpose]
    sweeps: ClassVar[bool] = False
    owed: ClassVar[bool] = False

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if not isinstance(getattr(cls, "purpose", None), Purpose):
            raise TypeError(f"{cls.__name__} has no purpose")


class Committed(NamedTuple):
    """A fact after its commit. ``carried`` is what its teller had at hand, in memory only."""

    workspace_id: str
    number: int
    fact: Fact
    carried: object
    at: int


class World(NamedTuple):
    """What the transaction gets from outside."""

    clock: Clock
    randomness: Randomness
    keyring: Keyring
    news: News = News()  # nothing is new


_encode = msgspec.json.Encoder().encode


class Transaction:
    """One action's view of the database.

    ``now`` is the time of the whole transaction, in ms; ``home`` the workspace that it came from.
    While it is ``asking`` what somebody was told, that is not asked about the question itself.
    """

    __slots__ = (
        "_dialect",
        "_execute",
        "_key",
        "_known",
        "_ledger",
        "_told",
        "_world",
        "asking",
        "home",
        "new_keys",
        "now",
        "page",
        "scope",
    )

    def __init__(
        self,
        connection: Connection,
        world: World,
        scope: Scope,
        key: Callable[[KeyName], SealKey],
        ledger: Ledger,
        known: Answered | None = None,
    ) -> None:
        self._dialect = connection.dialect
        self._execute = connection.execute
        self._world = world
        self._key = key
        self.scope = scope
        self.home = scope.workspace_id
        self.now = world.clock.now()
        self._told: list[list[Any]] = []
        self.new_keys: dict[KeyName, NewKey] = {}
        self.page = Page()
        self._ledger = ledger
        self._known = known
        self.asking = False

    @contextmanager
    def within(self, workspace_id: str) -> Iterator[None]:
        """Let the same actor work in another workspace for the body's length.

        For what is one act in two places: a sign-up makes an account of the installation and a
        member of a workspace. Nothing that a request says may name the workspace.
        """
        before, self.scope = self.scope, replace(self.scope, workspace_id=workspace_id)
        try:
            yield
        finally:
            self.scope = before

    # statements

    def all(self, statement: Statement, **values: Any) -> list[Row]:
        """Run a statement and return its rows. The workspace is always the scope's own.

        Raises OutsidePurpose for what the scope's purpose may not see or set, Unsourced for what
        would be written about a person without where it comes from, and Refusal ``changes_unread``
        for what somebody was not told of yet.
        """
        rows, unnamed = self._run(statement, values)
        if unnamed:
            self._world.news.hold_rows(self, unnamed, rows)
        return rows

    def all_told(self, statement: Statement, **values: Any) -> list[Row]:
        """As ``all``, without the rows about whoever was not told of a use that is new."""
        rows, unnamed = self._run(statement, values)
        return self._world.news.left(self, unnamed, rows) if unnamed else rows

    def may_take(self, column: Column[Any], *people: str) -> bool:
        """Whether a detail may be stored of people: all of them know that it is. Clause 1.8d.

        For what a store can do without where its table cannot.
        """
        news = self._world.news
        return not news.there or news.may_take(self, (column.table.name, column.name), *people)

    def one(self, statement: Statement, **values: Any) -> Row | None:
        """Run a statement and return its first row, if there is one."""
        rows = self.all(statement, **values)
        return rows[0] if rows else None

    def _run(
        self, statement: Statement, values: dict[str, Any]
    ) -> tuple[list[Row], list[Fresh] | None]:
        """Run a statement; return its rows, and which news they have to be held against."""
        self._serve(statement, values)
        news = self._world.news
        unnamed = news.hold(self, statement, values) if news.there and not self.asking else None
        workspace_id = values[WORKSPACE] = self.scope.workspace_id
        sql, parameters = statement.on(self._dialect).bound(values)
        known, self._known = self._known, None
        if known is not None and known.question == (sql, parameters, workspace_id):
            return known.rows, unnamed
        return self._execute(sql, parameters, workspace_id), unnamed

    def across(self, statement: Statement, **values: Any) -> list[Row]:
        """Run one of the few statements that see several workspaces: they name it themselves."""
        self._serve(statement, values)
        return self._execute(*statement.on(self._dialect).bound(values), EVERYWHERE)

    def _serve(self, statement: Statement, values: Mapping[str, Any]) -> None:
        if not statement.purposes & self.scope.purpose.bit:
            raise OutsidePurpose(f"{self.scope.purpose}: {statement}")
        for parameter, words in statement.marks:
            if values.get(parameter) not in words:
                raise Unsourced(f"{parameter} is none of {sorted(words)}: {statement}")

    @contextmanager
    def doing(self, purpose: Purpose) -> Iterator[None]:
        """Work on something else for the body's length, because the first thing brings it along.

        Raises OutsidePurpose, as ``Scope.doing``.
        """
        before, self.scope = self.scope, self.scope.doing(purpose)
        try:
            yield
        finally:
            self.scope = before

    # ids and tokens

    def new_id(self, prefix: str) -> str:
        return new_id(prefix, self._world.randomness)

    def new_token(self) -> str:
        return new_token(self._world.randomness)

    def random(self, count: int) -> bytes:
        return self._world.randomness.bytes(count)

    # what leaves after the commit

    def emit(self, fact: Fact) -> int:
        """Tell a fact: it gets the workspace's next feed number, which is returned."""
        workspace_id = self.scope.workspace_id
        number = self._ledger.number(self.page, workspace_id)
        kind = type(fact).__name__
        self._write_down(FACT, number=number, kind=kind, body=_encode(fact), at=self.now)
        self._told.append([workspace_id, number, fact, None, self.now])
        return number

    def carry(self, what: object) -> None:
        """Hand what is known of the last fact to its hearers on this node, in memory only."""
        self._told[-1][3] = what

    def told(self) -> list[Committed]:
        """Return the facts of this action, for after the commit."""
        return [Committed._make(fact) for fact in self._told]

    def enqueue(self, job: Job, *, delay: int = 0) -> None:
        """Queue a job for this workspace, to run ``delay`` ms from now at the earliest."""
        self._write_down(
            JOB,
            id=self.new_id("job"),
            kind=type(job).__name__,
            body=_encode(job),
            run_at=self.now + delay,
            attempts=0,
            created_at=self.now,
        )

    def audit(self, action: str, target_id: str, **detail: str | int | bool | None) -> None:
        """Write down who did what to what, in the same transaction. Details are ids and numbers.

        Raises Undeclared for a detail that its action does not declare. Clause P.1.
        """
        admit(action, detail)
        self._write_down(
            AUDIT,
            at=self.now,
            actor_kind=self.scope.actor_kind,
            actor_id=self.scope.actor_id,
            action=action,
            target_id=target_id,
            detail=_encode(detail),
        )

    def _write_down(self, statement: Statement, **values: Any) -> None:
        values[WORKSPACE] = self.scope.workspace_id
        self.page.rows.append((statement, values))

    # the seal

    def mint(self, key_id: str, parent_id: str | None) -> None:
        """Make the key that protects the new thing ``key_id``; durable before this commits."""
        name = KeyName(self.scope.workspace_id, key_id)
        self.new_keys[name] = NewKey(name, parent_id, SealKey(self.random(32)))

    def seal(self, key_id: str, column: Column[Any], row: str, plain: str | bytes) -> bytes:
        """Seal a value under a thing's key for its place: column, row and workspace.

        Raises Undeclared for a column that is not declared to be sealed.
        """
        admit_sealed(column)
        key = self.key(key_id)
        data = plain.encode() if isinstance(plain, str) else plain
        return key.seal(data, self._place(column, row, key.version), self.random(NONCE))

    def open(self, key_id: str, column: Column[Any], row: str, sealed: bytes) -> str:
        """Return a sealed text. Raises SealBroken, OutsidePurpose, Refusal ``erased``."""
        return self.open_bytes(key_id, column, row, sealed).decode()

    def open_bytes(self, key_id: str, column: Column[Any], row: str, sealed: bytes) -> bytes:
        """As ``open``. What is sensitive stays masked: it is revealed, or it is asked. D.5."""
        if is_sensitive(column):
            raise OutsidePurpose(f"{column} is sensitive")
        return self._opened(key_id, column, row, sealed)

    def reveal(self, key_id: str, column: Column[Any], row: str, sealed: bytes) -> str:
        """Return a sensitive text to somebody who wants to see it, and write down that they did.

        Raises as ``open``.
        """
        self.audit("sensitive.revealed", row, column=f"{column.table}.{column.name}")
        return self._opened(key_id, column, row, sealed).decode()

    def asked(
        self,
        key_id: str,
        column: Column[Any],
        row: str,
        sealed: bytes,
        question: Callable[[str], N],
    ) -> N:
        """Return a yes, a no or a number that follows from a sensitive text, which nobody sees.

        Raises as ``open``.
        """
        return question(self._opened(key_id, column, row, sealed).decode())

    def _opened(self, key_id: str, column: Column[Any], row: str, sealed: bytes) -> bytes:
        if not of_column(column) & self.scope.purpose.bit:
            raise OutsidePurpose(f"{self.scope.purpose}: {column}")
        key = self.key(key_id)
        return key.open(sealed, self._place(column, row, key.version))

    def blind(self, column: Column[Any], value: str) -> bytes:
        """Return what look-ups use instead of the value: keyed, per workspace and column.

        Raises Undeclared for a column that is not declared to be about a person.
        """
        admit_blind(column)
        return self.key(self.scope.workspace_id).blind(f"{column.table.name}.{column.name}", value)

    def key(self, key_id: str) -> SealKey:
        name = KeyName(self.scope.workspace_id, key_id)
        minted = self.new_keys.get(name)
        return minted.key if minted else self._key(name)

    def _place(self, column: Column[Any], row: str, version: int) -> bytes:
        table: Any = column.table
        return sealing_context(self.scope.workspace_id, table.name, row, column.name, version)


__all__ = [
    "Committed",
    "Fact",
    "Job",
    "KeyNotLoaded",
    "Row",
    "Table",
    "Transaction",
    "World",
]

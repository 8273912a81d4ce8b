"""What a disk holds after a power cut, opened as a start of the server opens it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from silkroad import conversations, migrations
from silkroad.engines.database import Row, Transaction, World, outbox
from silkroad.engines.database.committer import Committer, Order
from silkroad.engines.database.ledger import Ledger
from silkroad.engines.database.sqlite import SqliteConnection, SqliteStore
from silkroad.engines.keyring import KeyName, SealKey
from silkroad.engines.keyring.sqlite import SqliteKeyring
from silkroad.kit.clock import FrozenClock
from silkroad.kit.errors import Refusal
from silkroad.kit.inventory import Purpose
from silkroad.kit.randomness import SystemRandomness
from silkroad.kit.scope import Scope, system
from tests.faults.below import HALF_DONE
from tests.faults.history import History

from .scene import DATABASE, KEYRING, NOON, ROOT, Promise

KEYED = {
    "visitors": "SELECT workspace_id, id FROM visitors",
    "conversations": "SELECT workspace_id, id FROM conversations",
}
"""Tables whose every row has a key of its own, by its id."""


def faults(folder: Path, promises: Iterable[Promise], tried: set[str]) -> list[str]:
    """Return what is wrong with an installation that lost its power."""
    keyring = SqliteKeyring(folder / KEYRING, SealKey(ROOT), SystemRandomness())
    try:
        migrations.migrate(folder / DATABASE)
        connection = SqliteStore(folder / DATABASE).open(writes=True)
        try:
            world = World(FrozenClock(NOON), SystemRandomness(), keyring)
            return Judge(connection, world).faults(promises, tried)
        finally:
            connection.close()
    except Exception as broken:  # noqa: BLE001 - whatever it is, it does not open
        return [f"unreadable: {type(broken).__name__}: {broken}"]
    finally:
        keyring.close()


class Judge:
    """Looks through an open database."""

    def __init__(self, connection: SqliteConnection, world: World) -> None:
        self._connection = connection
        self._world = world

    def faults(self, promises: Iterable[Promise], tried: set[str]) -> list[str]:
        found = [f"integrity: {row[0]}" for row in self._ask("PRAGMA integrity_check")][:3]
        if found != ["integrity: ok"]:
            return found
        found = ["a row belongs to nothing"] * bool(self._ask("PRAGMA foreign_key_check"))
        found += [what for what, sql in HALF_DONE.items() if self._ask(sql)]
        found += self._without_a_key()
        return found + self._lost(promises, tried) + self._deaf()

    def _without_a_key(self) -> list[str]:
        found = []
        for table, rows in KEYED.items():
            for workspace_id, key_id in self._ask(rows):
                try:
                    self._world.keyring.load(KeyName(workspace_id, key_id))
                except Refusal:
                    found.append(f"no key: of a row in {table}")
        return found

    def _lost(self, promises: Iterable[Promise], tried: set[str]) -> list[str]:
        """Read every conversation and hold it against what was promised."""
        history = History()
        for promise in promises:
            history.acknowledge(promise.conversation_id, promise.client_id, promise.seq)
        talks = self._ask("SELECT workspace_id, id, visitor_id, inbox_id FROM conversations")
        there = {talk[1] for talk in talks}
        found = [f"lost: all of {talk}" for talk in history.acknowledged.keys() - there]
        for workspace_id, talk, visitor_id, inbox_id in talks:
            history.tried[talk] = tried
            here = frozenset({inbox_id})
            scope = Scope(
                workspace_id,
                "visitor",
                "visitor",
                visitor_id,
                inbox_ids=here,
                purpose=Purpose.CONVERSATION,
            )
            try:
                found += history.faults(talk, self._read(scope, talk))
            except Exception as broken:  # noqa: BLE001 - whatever it is, it cannot be read
                found.append(f"unreadable: {type(broken).__name__} in a conversation")
        return found

    def _read(self, scope: Scope, talk: str) -> list[dict[str, object]]:
        ledger = Ledger(self._connection)
        tx = Transaction(self._connection, self._world, scope, self._world.keyring.load, ledger)
        page = conversations.page_of_messages(tx, talk, 0, 0, 10_000)
        assert all(m.text.startswith(m.client_id or "?") for m in page.items)
        return [{"client_id": m.client_id, "seq": m.seq} for m in page.items]

    def _deaf(self) -> list[str]:
        """Whether it takes a write again."""
        order = Order(system(), outbox.prove_writing, (), {}, None)
        batch = Committer(self._connection, self._world).commit([order])
        return [f"deaf: {o.failure!r}" for o in batch.outcomes if o.failure]

    def _ask(self, sql: str) -> list[Row]:
        return self._connection.execute(sql)

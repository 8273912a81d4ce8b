"""The keyring in a PostgreSQL database of its own, for several nodes. Clause 3.2.

What one node destroys, the others let go of within five seconds: a row counts the destructions, and
each node looks at it every second. A node that cannot look lets go of everything, because it could
not hear of a destruction either.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg
import structlog
from psycopg.abc import PQGen
from psycopg.rows import TupleRow

from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.randomness import Randomness

from . import KeyName
from .seal import SealKey
from .wrapped import WrappedKey, WrappedKeyring

CONNECT_WITHIN = 2  # seconds
ANSWER_WITHIN = 2.0
LOOK_EVERY = 1.0

_SESSION = """
SET synchronous_commit = on;
SET statement_timeout = '1800ms';
SET idle_in_transaction_session_timeout = '4s'
"""
TABLES = """
CREATE TABLE IF NOT EXISTS keys (
    workspace_id text NOT NULL,
    key_id text NOT NULL,
    parent_id text,
    version integer NOT NULL,
    wrapped bytea NOT NULL,
    PRIMARY KEY (workspace_id, key_id)
);
CREATE TABLE IF NOT EXISTS destroyed (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    times bigint NOT NULL DEFAULT 0
);
INSERT INTO destroyed DEFAULT VALUES ON CONFLICT DO NOTHING
"""
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('silkroad keyring'))"
_EXISTS = "SELECT to_regclass('keys') IS NOT NULL"
_HOLDS_ANY = "SELECT EXISTS (SELECT FROM keys)"
_FIND = (
    "SELECT workspace_id, key_id, parent_id, version, wrapped FROM keys "
    "WHERE workspace_id = %s AND key_id = %s"
)
_STILL_THERE = """
SELECT workspace_id, key_id FROM keys
WHERE (workspace_id, key_id) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
ORDER BY workspace_id, key_id FOR KEY SHARE
"""
ADD = (
    "INSERT INTO keys (workspace_id, key_id, parent_id, version, wrapped) "
    "VALUES (%s, %s, %s, %s, %s)"
)
_DESTROY = "DELETE FROM keys WHERE workspace_id = %s AND key_id = %s"
_COUNT = "UPDATE destroyed SET times = times + 1"
_LOOK = "SELECT times FROM destroyed"

T = TypeVar("T")

log = structlog.get_logger()


class Connection(psycopg.Connection[TupleRow]):
    """A connection that waits for no answer for longer than ``ANSWER_WITHIN``."""

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        return super().wait(gen, interval, ANSWER_WITHIN if timeout is None else timeout)


class PostgresKeyring(WrappedKeyring):
    """Keys in a database, wrapped; the ones in use also in memory, unwrapped.

    While the database does not answer, everything is refused at once, until a look gets through.
    """

    def __init__(self, url: str, root: SealKey, randomness: Randomness) -> None:
        super().__init__(root, randomness)
        self._url = url
        self._connection: Connection | None = None
        self._away = threading.Event()
        self._closing = threading.Event()
        with self._told():
            self._make_tables()
            self._times = self._ask(times_destroyed)
            looking = connected(url)
        self._watch = threading.Thread(
            target=self._keep_looking, args=(looking,), name="keyring", daemon=True
        )
        self._watch.start()

    def close(self) -> None:
        self._closing.set()
        self._watch.join()
        with self._lock:
            self._forget()
            self._drop()

    def _find(self, name: KeyName) -> WrappedKey | None:
        with self._told():
            row = self._ask(lambda connection: connection.execute(_FIND, name).fetchone())
        return None if row is None else WrappedKey(*row)

    def _add(self, rows: list[WrappedKey]) -> None:
        """Store the rows while nobody can destroy their parents."""
        new = {KeyName(row.workspace_id, row.key_id) for row in rows}
        parents = {KeyName(row.workspace_id, row.parent_id) for row in rows if row.parent_id} - new
        with self._told(), self._transaction() as connection:
            if parents:
                there = connection.execute(_STILL_THERE, [*map(list, zip(*parents, strict=True))])
                if len(there.fetchall()) != len(parents):
                    raise refuse("erased")
            connection.cursor().executemany(ADD, rows)

    def _delete(self, names: list[KeyName]) -> None:
        with self._told(), self._transaction() as connection:
            connection.cursor().executemany(_DESTROY, sorted(names))
            connection.execute(_COUNT)

    def _make_tables(self) -> None:
        if not self._ask(has_tables):
            with self._transaction() as connection:
                connection.execute(ONE_AT_A_TIME)
                connection.execute(TABLES)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        connection = self._ask(begun)
        yield connection
        connection.execute("COMMIT")

    def _ask(self, work: Callable[[Connection], T]) -> T:
        """Do what can be done twice, on a new connection if the old one was lost."""
        if self._away.is_set():
            raise refuse("storage_failed")
        if self._connection is not None:
            try:
                return work(self._connection)
            except psycopg.OperationalError:
                if not self._connection.broken:
                    raise
                self._drop()
        self._connection = connected(self._url)
        return work(self._connection)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say it in the product's words, and leave no transaction open."""
        try:
            yield
        except psycopg.Error as error:
            self._drop()
            if error.sqlstate is None:  # the server has not said anything
                self._away.set()
            no = translated(error)
            if no.code != "already_exists":
                log.warning("keyring_failed", error=type(error).__name__)
            raise no from error
        except Refusal:
            self._drop()
            raise

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _keep_looking(self, connection: Connection | None) -> None:
        while not self._closing.wait(LOOK_EVERY):
            try:
                connection = connection or connected(self._url)
                try:
                    self._look(connection)
                except psycopg.OperationalError:
                    if not connection.broken:
                        raise
                    connection = connected(self._url)  # that one was cut; the database may be there
                    self._look(connection)
            except Exception as unseen:  # noqa: BLE001 - whatever it was, nothing was seen
                if not self._away.is_set():
                    log.warning("keyring_away", error=type(unseen).__name__)
                self._away.set()
                self._forget()
                if connection is not None:
                    connection.close()
                    connection = None
        if connection is not None:
            connection.close()

    def _look(self, connection: Connection) -> None:
        """Let go of every key if one was destroyed since the last time."""
        times = times_destroyed(connection)
        if times != self._times:
            self._times = times
            self._forget()
        self._away.clear()


def holds_keys(url: str) -> bool:
    """Whether somebody has stored a key here. Raises Refusal ``storage_failed``."""
    try:
        with connected(url) as connection:
            return has_tables(connection) and bool(only(connection, _HOLDS_ANY))
    except psycopg.Error as error:
        raise translated(error) from error


def translated(error: psycopg.Error) -> Refusal:
    """Return the product's word: ``already_exists``, ``storage_full`` or ``storage_failed``."""
    if isinstance(error, psycopg.errors.UniqueViolation):
        return refuse("already_exists")
    full = isinstance(error, psycopg.errors.DiskFull)
    return refuse("storage_full" if full else "storage_failed")


def connected(url: str) -> Connection:
    connection = Connection.connect(
        url,
        autocommit=True,
        connect_timeout=CONNECT_WITHIN,
        application_name="silkroad keyring",
        tcp_user_timeout=int(ANSWER_WITHIN * 1000),
        keepalives_idle=4,
    )
    connection.execute(_SESSION)
    return connection


def begun(connection: Connection) -> Connection:
    connection.execute("BEGIN")
    return connection


def has_tables(connection: psycopg.Connection[TupleRow]) -> bool:
    return bool(only(connection, _EXISTS))


def times_destroyed(connection: Connection) -> int:
    return int(only(connection, _LOOK))


def only(connection: psycopg.Connection[TupleRow], sql: str) -> int | str:
    """Return the one value of the one row."""
    row = connection.execute(sql).fetchone()
    assert row is not None  # noqa: S101 - these queries always have one
    value: int | str = row[0]
    return value
